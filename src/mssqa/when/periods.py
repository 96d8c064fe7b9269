"""Stretches of the calendar: whole days, weeks, months, years, their parts and neighbours.

Pure arithmetic. Whatever would leave the calendar (year 1 to 9999) raises ValueError or
OverflowError, as `datetime` does.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import Enum
from types import MappingProxyType

from mssqa.types import Interval

_YEARS_ROUND = 9  # back and ahead: 29 February comes every 4 or 8 years


class Toward(Enum):
    """Which of several fitting days is meant, seen from one of them."""

    BACK = "the last that has begun"
    AHEAD = "the first that has not ended"
    NEAR = "the nearest"


class Part(Enum):
    """A part of a period as (begin, end) fractions; neighbours overlap, as speech is vague."""

    EARLY = (0.0, 0.4)
    MIDDLE = (0.3, 0.7)
    LATE = (0.6, 1.0)
    START = (0.0, 0.25)
    END = (0.75, 1.0)  # of a year, the fourth quarter
    WHOLE = (0.0, 1.0)
    FIRST_HALF = (0.0, 0.5)
    SECOND_HALF = (0.5, 1.0)
    FIRST_QUARTER = (0.0, 0.2499)
    SECOND_QUARTER = (0.25, 0.4999)
    THIRD_QUARTER = (0.5, 0.7499)


_SIZES: Mapping[str, tuple[int, int]] = MappingProxyType(  # (months, days)
    {
        "day": (0, 1),
        "night": (0, 1),
        "weekend": (0, 7),
        "week": (0, 7),
        "fortnight": (0, 14),
        "month": (1, 0),
        "quarter": (3, 0),
        "year": (12, 0),
        "decade": (120, 0),
        "century": (1200, 0),
    }
)
_WITHIN_WEEKS: Mapping[str, tuple[int, int]] = MappingProxyType(  # days from Monday
    {"week": (0, 6), "fortnight": (-7, 6), "weekend": (5, 6)}
)


def years(first: int, last: int | None = None) -> Interval:
    """Whole years, both included.

    >>> str(years(1990, 1999).end)
    '1999-12-31'
    """
    return Interval(start=date(first, 1, 1), end=date(last or first, 12, 31))


def months(year: int, month: int, count: int = 1) -> Interval:
    """So many whole months from one on; month 13 is the January after.

    >>> str(months(2023, 12, 3).end)
    '2024-02-29'
    """
    first = divmod(year * 12 + month - 1, 12)
    last = divmod(year * 12 + month - 2 + count, 12)
    end = monthrange(last[0], last[1] + 1)[1]
    return Interval(start=date(first[0], first[1] + 1, 1), end=date(last[0], last[1] + 1, end))


def shifted(day: date, unit: str, count: int) -> date:
    """The day so many units later; of a shorter month, its last day.

    >>> str(shifted(date(2024, 3, 31), "month", -1))
    '2024-02-29'
    """
    by_months, by_days = _SIZES[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + by_months * count, 12)
    last = monthrange(year, month + 1)[1] if by_months else day.day
    return date(year, month + 1, min(day.day, last)) + timedelta(days=by_days * count)


def holding(unit: str, day: date) -> Interval:
    """The calendar unit that a day lies in; weeks begin on Monday.

    >>> str(holding("week", date(2024, 6, 26)).start)
    '2024-06-24'
    """
    if unit in _WITHIN_WEEKS:
        first, last = _WITHIN_WEEKS[unit]
        monday = day - timedelta(days=day.weekday())
        return Interval(start=monday + timedelta(days=first), end=monday + timedelta(days=last))
    size, _ = _SIZES[unit]
    if size == 0:
        return Interval(start=day, end=day)
    if size < 12:
        return months(day.year, (day.month - 1) // size * size + 1, size)
    first_year = max(1, day.year // (size // 12) * (size // 12))
    return years(first_year, day.year // (size // 12) * (size // 12) + size // 12 - 1)


def around(unit: str, day: date) -> Interval:
    """A day give or take half a unit: what "two weeks ago" commits to.

    >>> [str(end) for end in (around("week", date(2024, 6, 10)).start, around("day", date.max).end)]
    ['2024-06-07', '9999-12-31']
    """
    by_months, by_days = _SIZES[unit]
    slack = timedelta(days=(by_months * 30 + by_days) // 2)
    return Interval(start=day - slack, end=day + slack)


def part_of(whole: Interval, part: Part) -> Interval:
    """A part of a closed interval: in whole months from a quarter on, in days below.

    >>> str(part_of(years(2024), Part.MIDDLE).start), str(part_of(years(2024), Part.END).start)
    ('2024-04-01', '2024-10-01')
    """
    start, end = whole.start, whole.end
    if start is None or end is None:
        return whole
    begin, stop = part.value
    size = (end.year - start.year) * 12 + end.month - start.month + 1
    is_months = start.day == 1 and (end + timedelta(days=1)).day == 1
    if size >= 3 and is_months:
        first = int(size * begin)
        return months(start.year, start.month + first, max(1, _ceiling(size * stop) - first))
    days = (end - start).days + 1
    last = max(int(days * begin), _ceiling(days * stop) - 1)
    return Interval(
        start=start + timedelta(days=int(days * begin)), end=start + timedelta(days=last)
    )


def in_some_year(
    of_year: Callable[[int], Interval | None], today: date, toward: Toward
) -> Interval | None:
    """Of what comes round with the years, the one that is meant seen from a day.

    >>> str(in_some_year(lambda year: months(year, 11), date(2025, 3, 1), Toward.BACK).start)
    '2024-11-01'
    """
    if toward is Toward.NEAR:
        ends = [in_some_year(of_year, today, each) for each in (Toward.BACK, Toward.AHEAD)]
        return nearest([days for days in ends if days], today)
    step = -1 if toward is Toward.BACK else 1
    for year in range(today.year - step, today.year + step * _YEARS_ROUND, step):
        days = of_year(year) if 1 < year < 9999 else None
        if days and _is_reached(days, today, toward):
            return days
    return None


def nearest(found: list[Interval], day: date) -> Interval | None:
    """Of closed intervals the one nearest to a day, of two as near the first."""
    return min(found, key=lambda days: distance(days, day), default=None)


def _is_reached(days: Interval, today: date, toward: Toward) -> bool:
    if toward is Toward.BACK:
        return days.start is not None and days.start <= today
    return days.end is not None and days.end >= today


def distance(days: Interval, day: date) -> int:
    """How many days an interval is away from a day; 0 inside.

    >>> distance(years(2024), date(2025, 1, 2))
    2
    """
    if day in days:
        return 0
    return min(abs((end - day).days) for end in (days.start, days.end) if end is not None)


def _ceiling(number: float) -> int:
    return -int(-number // 1)
