"""How likely a sentence is to answer a question: a logistic regression over what can be compared.

The weights were fitted by `training/sentence_support.py --questions 400`, which uses these very
functions; docs/decisions/retrieval.md says how well it works.
"""

import math
import operator
import re
from collections import Counter
from collections.abc import Mapping, Sequence
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


BIAS = -6.015
WEIGHTS = (7.321, -2.287, 2.453, 1.374, -0.661, 1.06, 0.153, -0.631)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a question is looked for in a sentence."""

    words: Mapping[str, float]  # stem of each content word → how rare it is in what is read
    names: frozenset[str]  # those written with a capital or a digit, the opening word aside
    sort: str  # "number", "date", "name" or ""


def under_title(title: str, sentence: str) -> str:
    """What the embedder is given of a sentence, which alone may not name what it is about."""
    return f"{title}\n{sentence}"


def asked(question: str, sentences: Sequence[str]) -> Asked:
    """What a question looks for in these sentences; what many of them say counts for little.

    >>> asked("How many ships did Norway send?", ["Norway sent ships."]).sort
    'number'
    """
    sort = _ASKS_FOR.search(question)
    capitals = re.findall(r"(?<=\s)\w*[^\W_a-z]\w*", question)
    found = Counter(stem for sentence in sentences for stem in set(stems(sentence)))
    return Asked(
        words={stem: math.log(1 + len(sentences) / (1 + found[stem])) for stem in stems(question)},
        names=frozenset(stems(" ".join(capitals))),
        sort=(sort.lastgroup or "") if sort else "",
    )


def features(
    asked: Asked, *, surroundings: str, sentences: Sequence[str], similarities: Sequence[float]
) -> tuple[tuple[float, ...], ...]:
    """What is compared, for each sentence of a passage: as many values as there are `WEIGHTS`.

    `surroundings` are the title and the passage; `similarities` the cosines of the question and
    each sentence under the title. Each value lies between 0 and 1, a cosine between -1 and 1.
    """
    own = [frozenset(stems(sentence)) for sentence in sentences]
    passage = frozenset(stems(surroundings))
    near = [
        frozenset().union(*own[max(place - 1, 0) : place + 2]) for place in range(len(sentences))
    ]
    names = len(asked.names & passage) / len(asked.names) if asked.names else 1.0
    return tuple(
        (
            similarities[place],
            max(similarities),
            _share(asked.words, own[place]),
            _share(asked.words, near[place]),
            _share(asked.words, passage),
            names,
            *_shown(asked, sentence),
        )
        for place, sentence in enumerate(sentences)
    )


def support(values: Sequence[float]) -> float:
    """The probability, 0 to 1, that a sentence with these features answers the question."""
    return 1 / (1 + math.exp(-BIAS - sum(map(operator.mul, WEIGHTS, values))))


def _share(wanted: Mapping[str, float], given: frozenset[str]) -> float:
    """How much of what is wanted is given; all of it, if nothing is wanted."""
    whole = sum(wanted.values())
    return sum(rare for word, rare in wanted.items() if word in given) / whole if whole else 1.0


def _shown(asked: Asked, sentence: str) -> tuple[float, float]:
    """Whether a thing of the sort asked for is there, and whether it is missing."""
    if not asked.sort:
        return 0.0, 0.0
    shown = any(
        asked.words.keys().isdisjoint(stems(match.group()))
        for match in _SHOWS[asked.sort].finditer(sentence)
    )
    return float(shown), float(not shown)
