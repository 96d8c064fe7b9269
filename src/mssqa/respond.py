"""From a query to the events of its answer: search, read, claim, word, check."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mssqa.ask.parts import parts
from mssqa.clock import Clock
from mssqa.compose.antecedents import with_antecedents
from mssqa.compose.claims import draft, short_of
from mssqa.compose.decline import missing
from mssqa.compose.join import joined
from mssqa.compose.verify import check
from mssqa.compose.word import worded
from mssqa.compose.write import sentence, write
from mssqa.config import Config
from mssqa.ports import Models, Store
from mssqa.retrieve.copies import allowed
from mssqa.retrieve.read import read
from mssqa.retrieve.search import search
from mssqa.types import (
    Answer,
    Checked,
    Claim,
    Draft,
    Event,
    Evidence,
    Found,
    Query,
    Status,
    Wrote,
)

NEAREST = 3  # sentences that are shown for a part that is not answered


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One of the things that a question asks, and what came of it."""

    query: Query
    found: tuple[Evidence, ...]
    claims: tuple[Claim, ...]


def respond(
    query: Query, store: Store, models: Models, config: Config, clock: Clock
) -> Iterator[Event]:
    """The evidence, each sentence of the answer once it is checked, then the whole `Answer`."""
    with clock("understand"):
        asked = parts(query, models.parser)
    found = [_found(part, store, models, config, clock) for part in asked]
    with clock("compose"):
        drafts = _drafts(asked, found, store, models, enough=config.reader.min_support)
    yield Found(evidence=drafts[0].evidence)
    told: list[_Part] = []
    for unchecked, evidence in zip(drafts, found, strict=True):
        claims: list[Claim] = []
        for claim in clock.each("write", _written(unchecked, models, config, clock)):
            claims.append(claim)
            yield Wrote(sentence=sentence(claim), checked=True)
        told.append(_Part(query=unchecked.query, found=evidence, claims=tuple(claims)))
    with clock("compose"):
        whole = _whole(query, told, drafts[0].evidence, store, models)
    yield Checked(answer=replace(whole, timings_ms=clock.stopped()))


def _found(
    query: Query, store: Store, models: Models, config: Config, clock: Clock
) -> tuple[Evidence, ...]:
    with clock("search"):
        hits = search(query, store, models.embedder, config.retrieval)
    with clock("read"):
        return read(query, hits, store, models, config.reader)


def _drafts(
    asked: Sequence[Query],
    found: Sequence[tuple[Evidence, ...]],
    store: Store,
    models: Models,
    *,
    enough: float,
) -> tuple[Draft, ...]:
    """A draft for each part, without claims where the best evidence has not support enough."""
    parser = models.parser
    drafts = []
    for part, evidence in zip(asked, found, strict=True):
        answers = evidence if evidence and evidence[0].support >= enough else ()
        drafts.append(with_antecedents(draft(part, answers, parser), store, parser))
    return joined(drafts)


def _written(unchecked: Draft, models: Models, config: Config, clock: Clock) -> Iterator[Claim]:
    evidence = {piece.number: piece for piece in unchecked.evidence}

    def checked(claim: Claim) -> Claim | None:
        with clock("verify"):
            return check(claim, evidence, models.parser)

    return worded(
        unchecked,
        checked,
        kind=config.generator.kind,
        generator=models.generator,
        parser=models.parser,
    )


def _whole(
    query: Query,
    told: Sequence[_Part],
    evidence: tuple[Evidence, ...],
    store: Store,
    models: Models,
) -> Answer:
    """Supported if nothing lacks, declined if no claim holds, partial between them."""
    claims = tuple(claim for part in told for claim in part.claims)
    lacking = [line for part in told if (line := _lacking(part, store, models))]
    status = Status.PARTIAL if lacking else Status.SUPPORTED
    return Answer(
        query=query,
        status=status if claims else Status.DECLINED,
        text=write(claims, query, lacking=lacking, undated=_undated(query, store)),
        claims=claims,
        evidence=evidence if claims else (),
        nearest=() if claims else _nearest(told),
        generation=store.generation,
    )


def _nearest(told: Sequence[_Part]) -> tuple[Evidence, ...]:
    """What was found for any of the parts, each sentence once, numbered as one."""
    found = [piece for part in told for piece in part.found[:NEAREST]]
    each = {(piece.passage.article.id, piece.sentence): piece for piece in found}
    return tuple(replace(piece, number=number) for number, piece in enumerate(each.values(), 1))


def _lacking(part: _Part, store: Store, models: Models) -> str | None:
    """What is left unsaid of a part, in a sentence."""
    if part.claims:
        return short_of(part.query, part.claims, models.parser)
    return missing(part.query, part.found, store, models.parser)


def _undated(query: Query, store: Store) -> int:
    """How many articles a limit on dates leaves out because their date is unknown."""
    if not query.limits_dates:
        return 0
    anytime = replace(query, window=None, as_of=None)
    return sum(article.published is None for article in allowed(store.articles(), anytime))
