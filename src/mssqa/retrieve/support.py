"""How likely a sentence is to answer a question: a logistic regression over what can be compared.

The weights are fitted by `training/sentence_support.py`, which uses these very functions.
"""

import math
import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass

from mssqa.index.lexical import stems

_ASKS_FOR = re.compile(
    r"(?P<number>\bhow (?:many|much|long|old|far|big|large|tall|high|often)\b"
    r"|\b(?:what|which) (?:number|percentage|percent|share|amount|price|age|sum|figure)\b)"
    r"|(?P<date>\bwhen\b|\b(?:what|which) (?:date|day|month|year|time)\b)"
    r"|(?P<name>\bwho(?:m|se)?\b|\bwhere\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?"
    r"|thousands?|million|billion|half)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:1\d|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?\b"
)
_NAME = re.compile(r"\b[^\W\d_a-z]\w+")
_SHOWS = {"number": _NUMBER, "date": _DATE, "name": _NAME}


BIAS = -7.443
WEIGHTS = (4.817, 0.973, 2.367, 1.691, -0.112, 1.112, 0.332, -0.926)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a question is looked for in a sentence."""

    words: frozenset[str]  # stems of its content words
    names: frozenset[str]  # those written with a capital or a digit, the opening word aside
    sort: str  # "number", "date", "name" or ""


def asked(question: str) -> Asked:
    """What a question looks for.

    >>> asked("How many ships did Norway send?").sort
    'number'
    """
    sort = _ASKS_FOR.search(question)
    capitals = re.findall(r"(?<=\s)\w*[^\W_a-z]\w*", question)
    return Asked(
        words=frozenset(stems(question)),
        names=frozenset(stems(" ".join(capitals))),
        sort=(sort.lastgroup or "") if sort else "",
    )


def features(
    asked: Asked, *, surroundings: str, sentences: Sequence[str], similarities: Sequence[float]
) -> tuple[tuple[float, ...], ...]:
    """What is compared, for each sentence of a passage: as many values as there are `WEIGHTS`.

    `surroundings` are the title and the passage; `similarities` the cosines of the question and
    each sentence. Each value lies between 0 and 1, a cosine between -1 and 1.
    """
    own = [frozenset(stems(sentence)) for sentence in sentences]
    passage = frozenset(stems(surroundings))
    near = [
        frozenset().union(*own[max(place - 1, 0) : place + 2]) for place in range(len(sentences))
    ]
    whole = (_share(asked.words, passage), _share(asked.names, passage))
    return tuple(
        (
            similarities[place],
            max(similarities),
            _share(asked.words, own[place]),
            _share(asked.words, near[place]),
            *whole,
            *_shown(asked, sentence),
        )
        for place, sentence in enumerate(sentences)
    )


def support(values: Sequence[float]) -> float:
    """The probability, 0 to 1, that a sentence with these features answers the question."""
    return 1 / (1 + math.exp(-BIAS - sum(map(operator.mul, WEIGHTS, values))))


def _share(wanted: frozenset[str], given: frozenset[str]) -> float:
    return len(wanted & given) / len(wanted) if wanted else 1.0


def _shown(asked: Asked, sentence: str) -> tuple[float, float]:
    """Whether a thing of the sort asked for is there, and whether it is missing."""
    if not asked.sort:
        return 0.0, 0.0
    shown = any(
        asked.words.isdisjoint(stems(match.group()))
        for match in _SHOWS[asked.sort].finditer(sentence)
    )
    return float(shown), float(not shown)
