"""Whether a text has a word of a question, in this form or another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from mssqa.index.lexical import stems

_CAPITALS = re.compile(r"[A-Z][\w’'-]*(?:\s(?:(?:of|for|and)\s(?:the\s)?)?[A-Z][\w’'-]*)+")
_LONGEST_NAME = 8  # words whose initials are taken together
_SHORTEST_STEM = 4  # letters that a country and its people share
_ENDING = 3  # letters by which they may differ at most: Brazil, Brazilian

# What the beginnings of the words do not tell: stems of a country, its people, its government.
_ALIKE = (
    "us usa america american washington",
    "uk britain british london",
    "franc french pari",
    "germani german berlin",
    "spain spanish madrid",
    "netherland dutch hagu",
    "denmark danish",
    "switzerland swiss",
    "greec greek",
    "turkey turkish ankara",
    "russia russian moscow kremlin",
    "china chines beij",
    "japan japanes tokyo",
    "iraq iraqi baghdad",
    "iran iranian tehran",
    "israel isra",
    "ukrain ukrainian kyiv kiev",
    "kenya kenyan nairobi",
    "wale welsh",
    "scotland scottish scot",
    "ireland irish dublin",
    "poland polish warsaw",
    "philippin filipino manila",
    "thailand thai",
    "mexico mexican",
    "argentina argentin",
)
_FAMILIES = {word: frozenset(family.split()) for family in _ALIKE for word in family.split()}
_SPELT_OUT = {"us": ("unit", "state"), "uk": ("unit", "kingdom"), "un": ("unit", "nation")}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text as the index knows them, and the initials of its names."""

    stems: frozenset[str]
    initials: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Self:
        """Those of a text.

        >>> sorted(Words.of("We saw the Organization of American States.").initials)
        ['as', 'oa', 'oas']
        """
        return cls(frozenset(stems(text)), frozenset(_initials(text)))

    def name(self, stem: str) -> bool:
        """Whether they have a word of a name, its initials, or a word for the same country.

        >>> [Words.of("Washington told Brazilians.").name(stem) for stem in ("us", "brazil", "un")]
        [True, True, False]
        """
        family = _FAMILIES.get(stem, frozenset({stem}))
        if family & self.stems or stem in self.initials:
            return True
        spelt_out = [_SPELT_OUT[one] for one in family if one in _SPELT_OUT]
        return any(self.stems.issuperset(parts) for parts in spelt_out) or any(
            _same_beginning(stem, other) for other in self.stems
        )


@lru_cache(maxsize=512)  # the passages of a search are compared with each of its candidates
def words_of(text: str) -> Words:
    """`Words.of`, remembered."""
    return Words.of(text)


def _same_beginning(one: str, other: str) -> bool:
    """Whether two stems may be a country and its people.

    >>> [_same_beginning("haiti", other) for other in ("haitian", "haircut")]
    [True, False]
    """
    shared = max(_SHORTEST_STEM, max(len(one), len(other)) - _ENDING)
    return len(one) >= _SHORTEST_STEM and one[:shared] == other[:shared]


def _initials(text: str) -> Iterator[str]:
    for name in _CAPITALS.finditer(text):
        letters = [word[0].lower() for word in name.group().split() if word[0].isupper()]
        for first in range(len(letters)):
            for last in range(first + 2, min(len(letters), first + _LONGEST_NAME) + 1):
                yield "".join(letters[first:last])
