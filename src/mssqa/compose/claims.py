"""From evidence to claims: what the articles say, each sentence once."""

from collections.abc import Sequence

from mssqa.text import words
from mssqa.types import Claim, Draft, Evidence, Query, Relation


def draft(query: Query, evidence: Sequence[Evidence]) -> Draft:
    """One claim for each sentence, in the order of the evidence.

    Distinct articles that carry the same sentence agree: they make one claim that cites each.
    """
    alike: dict[tuple[str, ...], list[Evidence]] = {}
    for piece in evidence:
        alike.setdefault(words(piece.quote), []).append(piece)
    claims = tuple(_claim(pieces) for pieces in alike.values())
    return Draft(query=query, claims=claims, evidence=tuple(evidence))


def _claim(pieces: Sequence[Evidence]) -> Claim:
    """The claim of sentences that say the same; its date is the newest that is known."""
    dates = [piece.passage.article.published for piece in pieces]
    return Claim(
        text=pieces[0].quote,
        cites=tuple(piece.number for piece in pieces),
        support=max(piece.support for piece in pieces),
        value=pieces[0].value,
        as_of=max((day for day in dates if day is not None), default=None),
        relation=Relation.AGREES if len(pieces) > 1 else Relation.SINGLE,
        independent_articles=len(pieces),
    )
