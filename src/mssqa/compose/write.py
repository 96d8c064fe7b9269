"""From claims to the text of an answer: each sentence with its markers after it, as in "[1]"."""

import re
from collections.abc import Iterable

from mssqa.types import Claim, Query

DECLINED = "The articles do not say."

_MARKER_LIKE = re.compile(r"\[(\s*\d[\d\s,;–-]*)\]")


def sentence(claim: Claim) -> str:
    """The claim and its markers. What looks like a marker in its own words gets round brackets.

    >>> sentence(Claim(text="Rice rose by 4% [7].", cites=(1, 2), support=0.9))
    'Rice rose by 4% (7). [1][2]'
    """
    text = _MARKER_LIKE.sub(r"(\1)", claim.text)
    return f"{text} {''.join(f'[{number}]' for number in claim.cites)}"


def write(claims: Iterable[Claim], query: Query, *, undated: int) -> str:
    """The sentences of an answer, or that the articles do not say.

    `undated` counts the articles that were left out because their date is unknown; it is told
    when the query limits the dates.
    """
    sentences = [sentence(claim) for claim in claims] or [DECLINED]
    if query.limits_dates and undated:
        sentences.append(_left_out(undated))
    return " ".join(sentences)


def _left_out(undated: int) -> str:
    were = "article of unknown date was" if undated == 1 else "articles of unknown date were"
    return f"{undated:,} {were} left out."
