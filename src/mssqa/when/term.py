"""What a noun of time is: where it stands and how its days are known.

A term says how its days are known: fixed (`Interval`), coming round with the years
(`EveryYear`: "24 June", "in January") or seen from a day (`Seen`: "last week").
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import TypeAlias

from mssqa.types import Interval, Span
from mssqa.when.dates import month_names
from mssqa.when.periods import Toward, in_some_year, months

_SEASON_MONTHS: Mapping[str, tuple[int, int]] = MappingProxyType(  # (first month, how many)
    {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "fall": (9, 3), "winter": (1, 14)}
)
SEASONS = tuple(_SEASON_MONTHS)
"""Season names, of the northern half of the earth."""


class Word(Enum):
    """What sort of word a term is: all but the first may be another word than one of time."""

    SURE = "says the time by itself"
    YEAR = "four digits"
    MONTH = "a month's name"
    SEASON = "a season's name"
    QUARTER = "Q1 to Q4"
    WEEKDAY = "a weekday's name"
    UNIT = "the year, the month"


@dataclass(frozen=True, slots=True)
class EveryYear:
    """Days that come round: those of a given year, or None where it has none."""

    of: Callable[[int], Interval | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """Days that depend on the day on which they are spoken of."""

    by: Callable[[date, Toward], Interval | None]


Days: TypeAlias = Interval | EveryYear | Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A noun of time and its days."""

    span: Span
    days: Days
    word: Word = Word.SURE
    is_loose: bool = False  # the days hold an event whose own day is not told

    def seen(self, today: date | None, toward: Toward) -> Interval | None:
        """Its days, seen from a day; None if that is unknown or beyond the calendar."""
        if isinstance(self.days, Interval):
            return self.days
        if today is None:
            return None
        try:
            if isinstance(self.days, EveryYear):
                return in_some_year(self.days.of, today, toward)
            return self.days.by(today, toward)
        except (ValueError, OverflowError):
            return None

    def changed(self, change: Callable[[Interval], Interval], span: Span) -> "Term":
        """The term with a wider span and each of its intervals changed."""
        return Term(
            span=span, days=_changed(self.days, change), word=self.word, is_loose=self.is_loose
        )


def _changed(days: Days, change: Callable[[Interval], Interval]) -> Days:
    match days:
        case Interval():
            return change(days)
        case EveryYear(of):
            return EveryYear(lambda year: (whole := of(year)) and change(whole))
        case Seen(by):
            return Seen(lambda today, toward: (whole := by(today, toward)) and change(whole))


def season(name: str, year: int) -> Interval:
    """A season by the calendar months of the north; a winter is either of the two of a year.

    >>> str(season("summer", 2024).start), str(season("winter", 2024).end)
    ('2024-06-01', '2025-02-28')
    """
    first, count = _SEASON_MONTHS[name]
    return months(year, first, count)


@cache
def english_months() -> Mapping[str, int]:
    """Lower-case English month names that may stand alone, short ones included."""
    return MappingProxyType(
        {
            name: month
            for name, (month, languages) in month_names().items()
            if "en" in languages and name != "mar"
        }
    )


@cache
def foreign_months() -> Mapping[str, int]:
    """Lower-case names of months in the other languages."""
    return MappingProxyType(
        {
            name: month
            for name, (month, _) in month_names().items()
            if len(name) > 3 and name not in english_months()
        }
    )
