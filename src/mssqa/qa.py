"""From a question to an answer: the right half of the picture."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from threading import Lock
from typing import Self

from mssqa.ask.parts import parts
from mssqa.ask.understand import understand
from mssqa.clock import Clock
from mssqa.compose.antecedents import with_antecedents
from mssqa.compose.cited import cited, held
from mssqa.compose.claims import draft, short_of
from mssqa.compose.decline import missing
from mssqa.compose.join import joined
from mssqa.compose.phrase import phrased
from mssqa.compose.rewrite import rewrite
from mssqa.compose.verify import check
from mssqa.compose.write import sentence, write
from mssqa.config import Config, load_config
from mssqa.index.store import Index, current_generation, open_index
from mssqa.models import load_models
from mssqa.ports import Models, Store
from mssqa.retrieve.copies import allowed
from mssqa.retrieve.read import read
from mssqa.retrieve.search import search
from mssqa.types import (
    Answer,
    Article,
    Checked,
    Claim,
    Draft,
    Event,
    Evidence,
    Found,
    Hit,
    Interval,
    Query,
    Status,
    Turn,
    Wrote,
)

_OPENING = Lock()


class QA:
    """An open index with its models loaded. Threads may share it; a newer index is picked up."""

    def __init__(self, config: Config, models: Models) -> None:
        self._config = config
        self._models = models
        self._index = open_index(config, embedder=models.embedder.fingerprint)
        self._reopening = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the index go."""
        self._index.close()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        publishers: Sequence[str] = (),
        window: Interval | None = None,
    ) -> Answer:
        """What the articles say to a question, every sentence checked; or that they do not say.

        Args:
            question: 1 to 2,000 characters, in any language.
            history: earlier turns, oldest first.
            as_of: nothing published later is used, nor anything of unknown date.
            publishers: only these are used; empty means all.
            window: only what was published within it is used, and nothing of unknown date.

        Raises:
            QuestionError: the question is empty, too long or not text.
            IndexingError: the index has been replaced by one that cannot be used.
        """
        *_, last = self.stream(
            question, history=history, as_of=as_of, publishers=publishers, window=window
        )
        assert isinstance(last, Checked)
        return last.answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        publishers: Sequence[str] = (),
        window: Interval | None = None,
    ) -> Iterator[Event]:
        """The evidence, each sentence of the answer, then the whole `Answer`; see `ask`."""
        clock = Clock()
        with clock("understand"):
            query = self._understood(question, history, as_of, publishers, window)
        return self._events(query, self._newest(), clock)

    def search(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        publishers: Sequence[str] = (),
        window: Interval | None = None,
    ) -> tuple[Hit, ...]:
        """The passages that the answer to a question would be read from, best first; see `ask`."""
        query = self._understood(question, history, as_of, publishers, window)
        return search(query, self._newest(), self._models.embedder, self._config.retrieval)

    def articles(self) -> tuple[Article, ...]:
        """All articles, newest first, those of unknown date last."""
        return self._newest().articles()

    def article(self, article_id: str) -> Article:
        """The article of that id.

        Raises:
            ArticleError: there is none.
        """
        return self._newest().article(article_id)

    def _newest(self) -> Index:
        """The current generation; one that is replaced closes when its last question is done."""
        with self._reopening:
            if self._index.generation != current_generation(self._config.index.path):
                self._index = open_index(self._config, embedder=self._models.embedder.fingerprint)
            return self._index

    def _understood(
        self,
        question: str,
        history: Sequence[Turn],
        as_of: date | None,
        publishers: Sequence[str],
        window: Interval | None,
    ) -> Query:
        return understand(
            question,
            history=history,
            as_of=as_of,
            publishers=publishers,
            window=window,
            today=datetime.now(tz=UTC).date(),
            parser=self._models.parser,
            rewrite=self._rewritten if self._chats else None,
        )

    @property
    def _chats(self) -> bool:
        """Whether a chat model writes, which may also rewrite what is asked."""
        return self._config.generator.kind in {"transformers", "openai"}

    def _rewritten(self, question: str, history: Sequence[Turn]) -> str | None:
        generator = self._models.generator
        return rewrite(question, history, generator) if generator else None

    def _events(self, query: Query, store: Store, clock: Clock) -> Iterator[Event]:
        parser = self._models.parser
        with clock("understand"):
            asked = parts(query, parser)
        found = [self._found(part, store, clock) for part in asked]
        enough = [evidence if self._is_enough(evidence) else () for evidence in found]
        with clock("compose"):
            drafts = joined(
                [
                    with_antecedents(draft(part, evidence, parser), store, parser)
                    for part, evidence in zip(asked, enough, strict=True)
                ]
            )
        yield Found(evidence=drafts[0].evidence)
        written: list[list[Claim]] = [[] for _ in drafts]
        for one, claims in zip(drafts, written, strict=True):
            for claim in clock.each("write", self._written(one, clock)):
                claims.append(claim)
                yield Wrote(sentence=sentence(claim), checked=True)
        with clock("compose"):
            nearest = tuple(
                piece
                for evidence, claims in zip(found, written, strict=True)
                if not claims
                for piece in evidence
            )
            lacking = [
                line
                for one, claims, evidence in zip(drafts, written, found, strict=True)
                if (line := self._lacking(one.query, claims, evidence, store))
            ]
        yield Checked(
            answer=_answer(
                query,
                tuple(claim for claims in written for claim in claims),
                drafts[0].evidence,
                nearest=nearest,
                lacking=lacking,
                undated=_undated(query, store),
                generation=store.generation,
                timings_ms=clock.stopped(),
            )
        )

    def _found(self, query: Query, store: Store, clock: Clock) -> tuple[Evidence, ...]:
        with clock("search"):
            hits = search(query, store, self._models.embedder, self._config.retrieval)
        with clock("read"):
            reader, parser = self._models.reader, self._models.parser
            return read(query, hits, store, reader, parser, self._config.reader)

    def _is_enough(self, evidence: Sequence[Evidence]) -> bool:
        return bool(evidence) and evidence[0].support >= self._config.reader.min_support

    def _written(self, unchecked: Draft, clock: Clock) -> Iterator[Claim]:
        """The claims that hold, worded as the settings say; each comes once it is checked."""
        evidence = {piece.number: piece for piece in unchecked.evidence}
        parser, generator = self._models.parser, self._models.generator

        def held_claim(claim: Claim) -> Claim | None:
            with clock("verify"):
                return check(claim, evidence, parser)

        if generator is None:
            yield from filter(None, map(held_claim, unchecked.claims))
        elif self._config.generator.kind == "phrase":
            for claim in unchecked.claims:
                shorter = phrased(
                    unchecked.query, claim, evidence, generator=generator, parser=parser
                )
                yield from filter(None, [(shorter and held_claim(shorter)) or held_claim(claim)])
        elif unchecked.claims:
            told = cited(unchecked.query, unchecked.evidence, generator)
            yield from held(told, unchecked.claims, check=held_claim)

    def _lacking(
        self, query: Query, claims: Sequence[Claim], found: Sequence[Evidence], store: Store
    ) -> str | None:
        """What the claims leave unsaid of what was asked."""
        parser = self._models.parser
        if claims:
            return short_of(query, claims, parser)
        return missing(query, found, store, parser)


def open_qa(config: Config) -> QA:
    """Load the configured models and open the configured index. Slow: open once, ask often.

    Raises:
        IndexingError: the index is missing, damaged, or was made with other settings.
        ModelError: the weights are missing or will not load.
    """
    current_generation(config.index.path)  # if there is none, say so before the slow part
    return QA(config, load_models(config))


def answer(
    question: str,
    *,
    history: Sequence[Turn] = (),
    as_of: date | None = None,
    publishers: Sequence[str] = (),
    window: Interval | None = None,
) -> Answer:
    """`QA.ask` over the index of the configuration in force when it was first called."""
    with _OPENING:
        qa = _configured()
    return qa.ask(question, history=history, as_of=as_of, publishers=publishers, window=window)


@cache
def _configured() -> QA:
    return open_qa(load_config())


def _answer(
    query: Query,
    claims: tuple[Claim, ...],
    evidence: tuple[Evidence, ...],
    *,
    nearest: tuple[Evidence, ...],
    lacking: Sequence[str],
    undated: int,
    generation: str,
    timings_ms: Mapping[str, float],
) -> Answer:
    """The whole: supported if nothing lacks, declined if no claim holds, partial between them."""
    return Answer(
        query=query,
        status=_status(claims, lacking),
        text=write(claims, query, lacking=lacking, undated=undated),
        claims=claims,
        evidence=evidence if claims else (),
        nearest=() if claims else nearest,
        generation=generation,
        timings_ms=timings_ms,
    )


def _status(claims: Sequence[Claim], lacking: Sequence[str]) -> Status:
    if not claims:
        return Status.DECLINED
    return Status.PARTIAL if lacking else Status.SUPPORTED


def _undated(query: Query, store: Store) -> int:
    """How many articles a limit on dates leaves out because their date is unknown."""
    if not query.limits_dates:
        return 0
    anytime = replace(query, window=None, as_of=None)
    return sum(article.published is None for article in allowed(store.articles(), anytime))
