"""From claims to the text of an answer: each sentence with its markers after it, as in "[1]".

What is added to a claim's own words here was never an article's: how many articles say it, of
which day it is, and how it stands to the claims around it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from mssqa.types import Claim, Query, Relation

DECLINED = "The articles do not say."

_OPENS, _CLOSES = r"\[\uff3b\u3010", r"\]\uff3d\u3011"  # also as wide letters
_BETWEEN = rf"[^\w{_OPENS}{_CLOSES}]"  # also what cannot be seen
_MARKER_LIKE = re.compile(rf"[{_OPENS}]({_BETWEEN}*\d(?:{_BETWEEN}|\d)*)[{_CLOSES}]")
_NAMES = "No One Two Three Four Five Six Seven Eight Nine Ten"
_COUNTS = _NAMES.split()


def sentence(claim: Claim) -> str:
    """The claim, its markers and its day.

    What looks like a marker in its own words gets round brackets.

    >>> sentence(Claim(text="Rice rose by 4% [7].", cites=(1, 2), support=0.9))
    'Rice rose by 4% (7). [1][2]'
    >>> sentence(Claim(text="Rice rose.", cites=(1,), support=0.9, as_of=date(2025, 8, 24)))
    'Rice rose. [1] (24 August 2025)'
    """
    return f"{_marked(claim)} ({_day(claim.as_of)})" if claim.as_of else _marked(claim)


def write(
    claims: Sequence[Claim], query: Query, *, lacking: Sequence[str] = (), undated: int
) -> str:
    """The text of an answer, or that the articles do not say.

    `lacking` are sentences on what is left unsaid. `undated` counts the articles that were left
    out because their date is unknown; it is told when the query limits the dates.
    """
    sentences = [*_joined(claims), *lacking] or [DECLINED]
    if query.limits_dates and undated:
        sentences.append(_left_out(undated))
    return " ".join(sentences)


def _joined(claims: Sequence[Claim]) -> Iterator[str]:
    """Each claim with the words that join it to the others."""
    for relation, run in groupby(claims, key=lambda claim: claim.relation):
        told = [_counted(claim) for claim in run]
        if relation is Relation.DISAGREES and len(told) > 1:
            told[0] = f"Accounts differ: {told[0]}"
        yield from told


def _counted(claim: Claim) -> str:
    """The claim as it stands in the text, with how many articles say so if several do."""
    text = _earlier(claim) if claim.relation is Relation.SUPERSEDED else sentence(claim)
    if claim.independent_articles == 1:
        return text
    return f"{text} {_spelled(claim.independent_articles)} articles say so."


def _earlier(claim: Claim) -> str:
    when = f", as of {_day(claim.as_of)}" if claim.as_of else ""
    return f"Earlier{when}: {_marked(claim)}"


def _marked(claim: Claim) -> str:
    text = _MARKER_LIKE.sub(r"(\1)", claim.text)
    return f"{text} {''.join(f'[{number}]' for number in claim.cites)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _spelled(number: int) -> str:
    return _COUNTS[number] if number < len(_COUNTS) else f"{number:,}"


def _left_out(undated: int) -> str:
    were = "article of unknown date was" if undated == 1 else "articles of unknown date were"
    return f"{undated:,} {were} left out."
