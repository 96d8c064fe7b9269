"""Which articles the tab lists, in which order, and how many there are of each month."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from mssqa.text import fold, words
from mssqa.types import Article

MOST_PERIODS = 18  # months, or else quarters; more are counted by year
LEAST_MONTHS = 12  # before the newest article, so that there is something to compare it with


class Order(StrEnum):
    """What the list is sorted by."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    PUBLISHER = "publisher"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a visitor wants to see of the articles."""

    words: str = ""
    publisher: str = ""  # empty: of all
    order: Order = Order.NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many articles of one publisher are of one month, or of one year."""

    period: str  # as in 2025-03, 2025 Q1 or 2025
    publisher: str | None  # None: unknown
    articles: int


class Shelf:
    """The articles of one generation, ready to be searched."""

    def __init__(self, generation: str, articles: Sequence[Article]) -> None:
        self.generation = generation
        self.articles = tuple(articles)

    @cached_property
    def publishers(self) -> tuple[str, ...]:
        """The publishers of the articles, by name."""
        return tuple(sorted({each.publisher for each in self.articles if each.publisher}, key=fold))

    @cached_property
    def newest(self) -> date | None:
        """The day of the newest article."""
        return max((each.published for each in self.articles if each.published), default=None)

    def find(self, wanted: Wanted) -> tuple[Article, ...]:
        """The articles that hold every word, or the beginning of one, in the order wanted.

        >>> port = Article(path="a.md", title="Ports reopen", text="Ships dock.")
        >>> [each.title for each in Shelf("g1", [port]).find(Wanted(words="SHIP port"))]
        ['Ports reopen']
        """
        sought = [re.compile(rf"\b{re.escape(word)}") for word in words(wanted.words)]
        found = [
            article
            for at, article in enumerate(self.articles)
            if wanted.publisher in {"", article.publisher}
            and all(word.search(self._texts[at]) for word in sought)
        ]
        return tuple(_in_order(found, wanted.order))

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        """Each article and what it says of itself, folded."""
        return tuple(
            fold("\n".join(filter(None, (e.title, e.publisher, e.path, e.url, e.text))))
            for e in self.articles
        )


def _in_order(articles: Sequence[Article], order: Order) -> Sequence[Article]:
    """The articles, given newest first and undated last, in another order."""
    match order:
        case Order.NEWEST:
            return articles
        case Order.OLDEST:
            return sorted(articles, key=lambda each: each.published or date.max)
        case Order.TITLE:
            return sorted(articles, key=lambda each: fold(each.title))
        case Order.PUBLISHER:
            return sorted(articles, key=lambda e: (e.publisher is None, fold(e.publisher or "")))


def count(articles: Sequence[Article]) -> tuple[Count, ...]:
    """How many dated articles there are of each publisher and month.

    Where there are many months it is each quarter, or each year. A period without any is counted
    with nought of some publisher, at least through a whole year.

    >>> count([Article(path="a.md", title="A", text="A.", published=date(2025, 3, 3))])[-1]
    Count(period='2025-03', publisher=None, articles=1)
    """
    dated = [(each.published, each.publisher) for each in articles if each.published]
    if not dated:
        return ()
    days = [day for day, _ in dated]
    months = tuple(_months(min(days), max(days)))
    periods, name = next(
        (told, name)
        for name in (_month, _quarter, _year)
        if len(told := tuple(dict.fromkeys(map(name, months)))) <= MOST_PERIODS or name is _year
    )
    counted = Counter((name(day), publisher) for day, publisher in dated)
    return tuple(
        Count(period=period, publisher=publisher, articles=counted[period, publisher])
        for period in periods
        for publisher in _named(counted, period)
    )


def _months(first: date, last: date) -> Iterator[date]:
    """The first day of each."""
    end = last.year * 12 + last.month
    for month in range(min(first.year * 12 + first.month - 1, end - LEAST_MONTHS), end):
        yield date(month // 12, month % 12 + 1, 1)


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _quarter(day: date) -> str:
    return f"{day.year:04} Q{(day.month + 2) // 3}"


def _year(day: date) -> str:
    return f"{day.year:04}"


def _named(counted: Counter[tuple[str, str | None]], period: str) -> Sequence[str | None]:
    """The publishers of a period by name, the unknown one last; of an empty period, any one."""
    own = {publisher for of, publisher in counted if of == period}
    named = sorted((each for each in own if each is not None), key=fold)
    any_one = min(counted, key=lambda both: (both[1] is None, both[1] or ""))[1]
    return [*named, *([None] if None in own else [])] or [any_one]
