"""The days that a sentence of an article tells of, and how they stand to those asked about."""

from datetime import date, timedelta
from enum import StrEnum

from mssqa.types import Interval
from mssqa.when.links import Link, Told, told

_MAX_CHARACTERS = 2_000  # of a sentence that are read: a longer one is a table or an attack
_LONG = timedelta(days=7)  # what lasts longer and is still going on is ordered by the article's day


class Fit(StrEnum):
    """How the days that a sentence tells of stand to the days that a question asks about."""

    INSIDE = "inside"  # some of its days are asked about
    OUTSIDE = "outside"  # all of its days are others
    SILENT = "silent"  # it names no day


def days_of(text: str, *, published: date | None) -> tuple[Interval, ...]:
    """The days that a sentence tells of, in its order.

    Dates without a year, weekdays and "last month" are seen from the day of publication: the
    last such day up to it, or the first from it on where the verb is of the future. If that day
    is unknown, only what fixes its year is given. An end is open where the sentence leaves it so.

    >>> [str(day.start) for day in days_of("They arrived on Tuesday.", published=date(2024, 6, 27))]
    ['2024-06-25']
    >>> days_of("They arrived on Tuesday.", published=None)
    ()
    """
    phrases = told(text[:_MAX_CHARACTERS], today=published, near_bounds=True)
    return tuple(_up_to(phrase, published) for phrase in phrases)


def fit(about: Interval, days: tuple[Interval, ...]) -> Fit:
    """How the days that a sentence tells of stand to those that a question asks about.

    >>> in_2023 = Interval(start=date(2023, 1, 1), end=date(2023, 12, 31))
    >>> fit(in_2023, days_of("It fell in May 2024.", published=None)).value
    'outside'
    """
    if not days:
        return Fit.SILENT
    return Fit.INSIDE if any(_overlap(about, each) for each in days) else Fit.OUTSIDE


def when_told(text: str, *, published: date | None) -> date | None:
    """The day by which a sentence is ordered among dated ones, or None if nothing tells it.

    It is the first day of the shortest stretch that the sentence names, or the last of one that
    only ends; the day of publication if it names none, or one that goes on for longer than a
    week around that day ("this year").

    >>> when_told("In 2019 they met on 3 May.", published=date(2020, 1, 1))
    datetime.date(2019, 5, 3)
    """
    days = min(days_of(text, published=published), key=_length, default=None)
    if days is None:
        return published
    is_long = days.start is not None and _length(days) > _LONG
    if published is not None and is_long and published in days:
        return published
    return days.start or days.end


def _up_to(phrase: Told, published: date | None) -> Interval:
    """Of "since March" and "after 2020": up to publication, unless they begin later."""
    start = phrase.days.start
    if phrase.link not in {Link.SINCE, Link.AFTER} or published is None or start is None:
        return phrase.days
    if phrase.days.end is not None or start > published:
        return phrase.days
    return Interval(start=start, end=published)


def _length(days: Interval) -> timedelta:
    if days.start is None or days.end is None:
        return timedelta.max
    return days.end - days.start


def _overlap(one: Interval, other: Interval) -> bool:
    return (one.start is None or other.end is None or one.start <= other.end) and (
        one.end is None or other.start is None or other.start <= one.end
    )
