"""What a quote's "he" or "its" stands for: the sentence before it, cited beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mssqa.grammar import Parse
from mssqa.ports import Parser, Store
from mssqa.types import Claim, Draft, Evidence, Span

_POINTS_BACK = frozenset({"he", "she", "it", "they", "his", "her", "its", "their"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "poss"})


def with_antecedents(draft: Draft, store: Store, parser: Parser) -> Draft:
    """The draft with the sentence before each quote that opens by pointing back.

    That sentence becomes evidence, numbered after the rest, and the claim cites it too.
    """
    pieces = {piece.number: piece for piece in draft.evidence}
    cited = dict.fromkeys(number for claim in draft.claims for number in claim.cites)
    parses = parser.parse([pieces[number].quote for number in cited])
    leaning = [number for number, parse in zip(cited, parses, strict=True) if points_back(parse)]
    numbers: dict[int, int] = {}  # of a quote → of the sentence before it
    for number in leaning:
        before = _before(pieces[number], store)
        if before is not None:
            known = next((n for n, one in pieces.items() if _same(one, pieces[number], before)), 0)
            numbers[number] = known or max(pieces) + 1
            pieces.setdefault(numbers[number], _antecedent(numbers[number], pieces[number], before))
    claims = tuple(_citing(claim, numbers) for claim in draft.claims)
    return replace(draft, claims=claims, evidence=tuple(pieces.values()))


def points_back(parse: Parse) -> bool:
    """Whether the first that a sentence tells of is "he", "its" or their like."""
    for n, token in enumerate(parse.tokens):
        if token.role in _SUBJECTS and parse.word(n).lower() in _POINTS_BACK:
            return True
        if token.tag == "PROPN" or (token.tag == "NOUN" and token.role in _SUBJECTS):
            return False
    return False


def _before(piece: Evidence, store: Store) -> Span | None:
    """The sentence of the passage that stands before the quoted one."""
    earlier = [one for one in store.sentences(piece.passage) if one.end <= piece.sentence.start]
    return max(earlier, default=None)


def _same(piece: Evidence, quoted: Evidence, sentence: Span) -> bool:
    return piece.passage.article == quoted.passage.article and piece.sentence == sentence


def _antecedent(number: int, quoted: Evidence, sentence: Span) -> Evidence:
    return Evidence(
        number=number, passage=quoted.passage, sentence=sentence, support=quoted.support
    )


def _citing(claim: Claim, numbers: dict[int, int]) -> Claim:
    return replace(claim, cites=tuple(_with(claim.cites, numbers)))


def _with(cites: Iterable[int], numbers: dict[int, int]) -> Iterator[int]:
    """Each number once, that of the sentence before a quote after those of the quotes."""
    own = list(cites)
    yield from own
    yield from dict.fromkeys(numbers[n] for n in own if n in numbers and numbers[n] not in own)
