"""Which of a quiz's options some evidence bears out. Nothing here knows which one is right.

An option is borne by a text as far as the words and numbers that tell it from the other options
stand there. Evidence is a text and a weight: how near it is to what the product answers.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mssqa.compose.numbers import Number, find_numbers
from mssqa.text import FUNCTION_WORDS, words

BORNE = 0.5  # share of its words from which an option counts as borne
SURNAME = 0.75  # what the last word of a name alone bears
STEM = 6  # letters that two forms of a word share
LONG = 4  # words from which an option is a statement rather than a name

ALL = "all of the above"
NONE = "none of the above"

_ASKS_FOR_THE_ODD_ONE = re.compile(
    r"\bof (these|those|the following)\b[^.?!]*(\bnot\b|n['’]t\b|\bfalse\b)"
    r"|\bexcept\b|\bis (false|untrue|incorrect|not true)\b",
    re.IGNORECASE,
)


class Piece(NamedTuple):
    """A piece of evidence."""

    text: str
    weight: float  # 0 to 1


class Terms(NamedTuple):
    """What tells an option from the others."""

    words: tuple[str, ...]
    numbers: tuple[Number, ...]
    is_name: bool


def scores(question: str, options: Sequence[str], evidence: Iterable[Piece]) -> tuple[float, ...]:
    """How well each option is borne out, 0 to 1: by its best piece, weighted.

    >>> scores("Who?", ["Ann Ray", "Bo Lee"], [Piece("Ray won.", 0.8), Piece("Lee lost.", 0.4)])
    (0.6000000000000001, 0.30000000000000004)
    """
    pieces = list(evidence)
    return tuple(
        max((one.weight * bearing(terms, one.text) for one in pieces), default=0.0)
        for terms in distinct(question, options)
    )


def asks_for_the_odd_one(question: str) -> bool:
    """Whether the option sought is the one that the evidence does not bear out.

    >>> asks_for_the_odd_one("Which of these is not one of her songs?")
    True
    >>> asks_for_the_odd_one("Which country has said it will not pay?")
    False
    """
    return _ASKS_FOR_THE_ODD_ONE.search(question) is not None


def distinct(question: str, options: Sequence[str]) -> tuple[Terms, ...]:
    """For each option, its words that neither all options nor the question have.

    An option of which nothing would be left keeps all its words.

    >>> [terms.words for terms in distinct("Which park?", ["Zion Park", "Yosemite Park"])]
    [('zion',), ('yosemite',)]
    """
    held = [_content(option) for option in options]
    shared = set(held[0]).intersection(*held[1:]) if len(held) > 1 else set()
    known = shared | set(_content(question))
    return tuple(
        Terms(
            words=tuple(word for word in own if word not in known) or _but(own, shared),
            numbers=find_numbers(option),
            is_name=_is_name(option),
        )
        for option, own in zip(options, held, strict=True)
    )


def bearing(terms: Terms, text: str) -> float:
    """The share of the terms that stand in a text, 0 to 1; of a name, its last word is enough."""
    there, numbers = _content(text), find_numbers(text)
    stand = [any(_alike(word, other) for other in there) for word in terms.words]
    counted = [number.is_borne_by(numbers) for number in terms.numbers]
    if not stand and not counted:
        return 0.0
    part = (sum(stand) + sum(counted)) / (len(stand) + len(counted))
    return max(part, SURNAME) if terms.is_name and stand and stand[-1] else part


def is_long(option: str) -> bool:
    """Whether an option is a statement, which evidence seldom repeats in one short span."""
    return len(_content(option)) >= LONG


def _content(text: str) -> tuple[str, ...]:
    """The words that are neither function words nor numbers, without a possessive."""
    plain = (word.removesuffix("'s").removesuffix("’s") for word in words(text))
    return tuple(word for word in plain if word not in FUNCTION_WORDS and word.isalpha())


def _but(own: Sequence[str], shared: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in own if word not in set(shared)) or tuple(own)


def _alike(word: str, other: str) -> bool:
    """Whether two words are forms of one.

    >>> _alike("ukraine", "ukrainian"), _alike("sail", "sails"), _alike("oman", "roman")
    (True, True, False)
    """
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    if len(short) >= STEM:
        return short[:STEM] == long[:STEM]
    return len(short) > 3 and long.startswith(short) and len(long) - len(short) <= 3


def _is_name(option: str) -> bool:
    letters = [word for word in option.split() if word[:1].isalpha()]
    return 1 < len(letters) < 2 * LONG and all(
        word[0].isupper() or word.lower() in FUNCTION_WORDS for word in letters
    )
