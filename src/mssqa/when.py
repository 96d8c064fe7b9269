"""Dates in prose: where they stand and what they say, whole or in part.

Month and weekday names come from the Unicode CLDR through Babel. A date is found when it is
written out ("25 June 2024", "Jun. 25th", "25 juin 2024", "June 2024"), in ISO order
("2024-06-25"), or in figures of which only one can be the month ("25/06/2024").
Not found: "03/04/2024" (two readings), years and weekdays on their own, "yesterday".
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from mssqa.types import Interval, Span

LANGUAGES = ("en", "fr", "es", "pt", "sw", "de")
"""The languages whose month names are known, English first."""

_LEAP_YEAR = 2000  # has every day that any year has
_MONTH_FIRST = ("en", "es", "sw")  # languages that also write the month before the day
_SPOKEN_WORDS = frozenset({"may", "march", "mar", "sat", "sun", "wed", "mon"})
_GAP = r"[ \t\u00a0]*\n?[ \t\u00a0]*"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?![\d%]|[.,]\d)"
_DAY = r"(?<![\d.,:/-])(?P<day>[0-3]?\d)(?![\d%])(?:st|nd|rd|th|er|º|ª|\.)?(?![.,:]?\d)"
_RANGE = r"(?:\s?[-–]\s?(?P<last>[0-3]?\d)(?!\d)(?:st|nd|rd|th)?)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date as a text writes it; what the text leaves out is None. The day exists.

    >>> mention, = find_dates("They met on Wednesday, February 21, in Brazil.")
    >>> mention.month, mention.day, mention.weekday, mention.exact
    (2, 21, 2, None)
    """

    span: Span
    year: int | None = None
    month: int
    day: int | None = None
    last_day: int | None = None  # of a range within the month, as in "June 24-26"
    weekday: int | None = None  # 0 is Monday

    @property
    def exact(self) -> date | None:
        """The day, if the text names its year, month and day."""
        if self.year is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    @property
    def interval(self) -> Interval | None:
        """The days it may mean, if the text names the year."""
        if self.year is None:
            return None
        last = self.last_day or self.day or monthrange(self.year, self.month)[1]
        return Interval(
            start=date(self.year, self.month, self.day or 1),
            end=date(self.year, self.month, last),
        )

    def in_year(self, year: int) -> date | None:
        """The day it would be in a year; None without a day, or if the weekday is another.

        >>> mention, = find_dates("Wednesday, February 21")
        >>> mention.in_year(2024), mention.in_year(2023)
        (datetime.date(2024, 2, 21), None)
        """
        if self.day is None or not _exists(year, self.month, self.day):
            return None
        day = date(year, self.month, self.day)
        return day if self.weekday in {None, day.weekday()} else None


def find_dates(text: str) -> tuple[DateMention, ...]:
    """The dates that a text writes, in order; they never overlap.

    >>> [mention.exact for mention in find_dates("From 24 June 2024 to 2024-07-16.")]
    [datetime.date(2024, 6, 24), datetime.date(2024, 7, 16)]
    """
    found = [
        mention
        for pattern in _patterns()
        for match in pattern.finditer(text)
        if (mention := _mention(match)) is not None
    ]
    return tuple(_longest(found))


def _longest(mentions: list[DateMention]) -> Iterator[DateMention]:
    """Of mentions that overlap, the one that begins first; of those, the longest."""
    end = 0
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        if mention.span.start >= end:
            end = mention.span.end
            yield mention


def _mention(match: re.Match[str]) -> DateMention | None:
    part = match.groupdict()
    name = part.get("name")
    year = int(part["year"]) if part.get("year") else None
    month = _months()[name.lower()] if name else int(part["month"])
    day = int(part["day"]) if part.get("day") else None
    last = int(part["last"]) if part.get("last") else None
    if name is not None and _is_another_word(name, day=day, year=year):
        return None
    if last is not None and last <= (day or 0):
        return None
    if not all(_exists(year or _LEAP_YEAR, month, d) for d in (day, last) if d is not None):
        return None
    return DateMention(
        span=Span(*match.span()),
        year=year,
        month=month,
        day=day,
        last_day=last,
        weekday=_weekdays()[part["weekday"].lower()] if part.get("weekday") else None,
    )


def _is_another_word(name: str, *, day: int | None, year: int | None) -> bool:
    """Whether it is the verb "may", a march or the planet Mars rather than a month."""
    if name == "Mars":
        return day is None
    return name in _SPOKEN_WORDS and (day is None or year is None)


def _exists(year: int, month: int, day: int) -> bool:
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    weekday = rf"(?:\b(?P<weekday>{_either(_weekdays())})\b\.?,?{_GAP}(?:the\s)?)?"
    anywhere = rf"\b(?P<name>{_either(_months())})\b\.?"
    before_day = rf"\b(?P<name>{_either(_months(_MONTH_FIRST))})\b\.?"
    comma, of = rf",?{_GAP}", rf"(?:{_GAP}|[-/])(?:of\s|de\s|del\s)?"
    written = (
        rf"{weekday}{_DAY}{_RANGE}{of}{anywhere}(?:(?:{comma}|[-/])(?:de\s|del\s)?{_YEAR})?",
        rf"{weekday}{before_day}{_GAP}{_DAY}{_RANGE}(?:{comma}{_YEAR})?",
        rf"{anywhere}{comma}(?:of\s|de\s|del\s)?{_YEAR}",
    )
    year, figure = r"(?P<year>(?:19|20)\d\d)(?![\d/-])", r"(?<![\d./-])"
    month, day = r"(?P<month>0?\d|1[0-2])", r"(?P<day>1[3-9]|2\d|3[01])"  # never taken for one
    figures = (
        rf"{figure}(?P<year>\d{{4}})(?P<mark>[-/])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?![\d/-])",
        rf"{figure}{day}(?P<mark>[/.-]){month}(?P=mark){year}",
        rf"{figure}{month}(?P<mark>[/-]){day}(?P=mark){year}",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in (*written, *figures))


def _either(names: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))


@cache
def _months(languages: tuple[str, ...] = LANGUAGES) -> dict[str, int]:
    """Lower-case month name → 1 to 12. Short forms in English and French only.

    Elsewhere they are common words of other languages: "ago", "set", "out".
    """
    from babel.dates import get_month_names

    names = {
        name.lower().rstrip("."): month
        for language in languages
        for width in (("wide", "abbreviated") if language in {"en", "fr"} else ("wide",))
        for month, name in get_month_names(width, locale=language).items()
    }
    return names | {"sept": 9}


@cache
def _weekdays() -> dict[str, int]:
    """Lower-case weekday name → 0 (Monday) to 6. Short forms in English only."""
    from babel.dates import get_day_names

    names = {
        name.lower(): weekday
        for language in LANGUAGES
        for width in (("wide", "abbreviated") if language == "en" else ("wide",))
        for weekday, name in get_day_names(width, locale=language).items()
    }
    return names | {"tues": 1, "thur": 3, "thurs": 3}
