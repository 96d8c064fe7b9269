"""The limits of a query, in the form that both searches apply them."""

from datetime import date
from typing import NamedTuple

from mssqa.text import fold
from mssqa.types import Query


class Days(NamedTuple):
    """Days as ordinals (`date.toordinal`), both included; none if `first` comes after `last`."""

    first: int
    last: int


def days(query: Query) -> Days:
    """The days on which an article may have been published: within the window, up to `as_of`.

    >>> from datetime import date
    >>> days(Query(question="?", text="?", as_of=date(1, 1, 31)))
    Days(first=1, last=31)
    """
    start = query.window.start if query.window else None
    end = query.window.end if query.window else None
    lasts = [day for day in (end, query.as_of) if day is not None]
    return Days((start or date.min).toordinal(), min(lasts, default=date.max).toordinal())


def publisher_key(name: str) -> str:
    """A publisher's name as it is compared: case, accents and blanks folded.

    >>> publisher_key(" Le  Nouvelliste (Haïti)")
    'le nouvelliste (haiti)'
    """
    return " ".join(fold(name).split())


def publisher_keys(query: Query) -> tuple[str, ...]:
    """The publishers of a query as they are compared, each once, sorted; empty means all."""
    return tuple(sorted({publisher_key(name) for name in query.publishers}))
