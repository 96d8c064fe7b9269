"""What sort of thing a common noun names, and how many: a leader is a person, villages are places.

The words stand in nouns.txt, drawn from WordNet. Nouns that are not there are things.
"""

from enum import StrEnum
from functools import cache
from importlib.resources import files

from mssqa.grammar import Parse

NOUNS = frozenset({"NOUN", "PROPN"})
_ALWAYS_PLURAL = frozenset({"people", "police", "children", "men", "women", "troops", "deputies"})


def each_of(listed: str) -> frozenset[str]:
    """The words of a list.

    >>> sorted(each_of("one two"))
    ['one', 'two']
    """
    return frozenset(listed.split())


class Sort(StrEnum):
    """What a noun or a name stands for, as far as pronouns tell it apart."""

    PERSON = "person"
    GROUP = "group"
    PLACE = "place"
    TIME = "time"
    THING = "thing"


def sort_of(lemma: str) -> Sort:
    """The sort of thing that a noun names in most of its uses.

    >>> [str(sort_of(noun)) for noun in ("leader", "ministry", "village", "month", "treaty")]
    ['person', 'group', 'place', 'time', 'thing']
    """
    return _sorts().get(lemma, Sort.THING)


def is_plural(parse: Parse, index: int) -> bool:
    """Whether a common noun of a text names several; of a name, its look does not tell.

    >>> from mssqa.grammar import Token
    >>> is_plural(Parse(text="ships", tokens=(Token(0, 5, "ship", "NOUN", "ROOT", 0),)), 0)
    True
    """
    word, token = parse.word(index).lower(), parse.tokens[index]
    return word in _ALWAYS_PLURAL or (token.tag == "NOUN" and word[-1:] == "s" != token.lemma[-1:])


@cache
def _sorts() -> dict[str, Sort]:
    sorts, sort = {}, Sort.THING
    for line in files(__package__).joinpath("nouns.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            sort = Sort(line.strip("[]"))
        elif not line.startswith("#"):
            sorts.update(dict.fromkeys(line.split(), sort))
    return sorts
