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
from datetime import MAXYEAR, MINYEAR, date
from functools import cache

from mssqa.types import Interval, Span

LANGUAGES = ("en", "fr", "es", "pt", "sw", "de")
"""The languages whose month names are known, English first."""

_LEAP_YEAR = 2000  # has every day that any year has
_MONTH_FIRST = frozenset({"en", "es", "sw"})  # languages that also write the month first
_SPOKEN_WORDS = frozenset({"may", "march", "mar"})  # lower-case words that are no month alone

_GAP = r"[ \t\u00a0]{0,3}\n?[ \t\u00a0]{0,3}"
_COMMA = rf",?{_GAP}"
_OF = r"(?:of\s|de\s|del\s)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?![\d%]|[.,]\d)"
_GLUED_YEAR = r",(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)"  # "June 25,2024"
_DAY = (
    r"(?<![\d:/-])(?<!\d[.,])(?P<day>[0-3]?\d)(?![\d%])(?:st|nd|rd|th|er|º|ª|\.)?"
    rf"(?![.:]?\d)(?:(?!,\d)|(?={_GLUED_YEAR}))"
)
_RANGE = r"(?:[-–](?P<last>[0-3]?\d)(?!\d)(?:st|nd|rd|th)?)?"
_NAME = r"(?<![^\W\d])(?P<name>[^\W\d_]{3,10})(?![^\W\d])\.?"  # any word: months are looked up
_NO_FIGURE = r"(?<![\d./-])"
_END = r"(?![\d/-])"
_DAY_ONLY, _MONTH = r"(?P<day>1[3-9]|2\d|3[01])", r"(?P<month>0?\d|1[0-2])"
_CENTURIES = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = re.compile(rf"\b(?P<weekday>[^\W\d_-]{{3,9}}(?:-feira)?)\.?,?{_GAP}(?:the\s)?$")
_WEEKDAY_CHARACTERS = 30

_MONTH_BEFORE_DAY = re.compile(rf"{_NAME}{_GAP}{_DAY}{_RANGE}(?:{_COMMA}{_YEAR})?")
_PATTERNS = (
    re.compile(rf"{_DAY}{_RANGE}(?:{_GAP}|[-/]){_OF}{_NAME}(?:(?:{_COMMA}|[-/]){_OF}{_YEAR})?"),
    _MONTH_BEFORE_DAY,
    re.compile(rf"{_NAME}{_COMMA}{_OF}{_YEAR}"),
    re.compile(
        rf"{_NO_FIGURE}(?P<year>\d{{4}})(?P<mark>[-/])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?){_END}"
    ),
    re.compile(rf"{_NO_FIGURE}{_DAY_ONLY}(?P<mark>[/.-]){_MONTH}(?P=mark){_CENTURIES}{_END}"),
    re.compile(rf"{_NO_FIGURE}{_MONTH}(?P<mark>[/-]){_DAY_ONLY}(?P=mark){_CENTURIES}{_END}"),
)


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
        for pattern in _PATTERNS
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
    year, day, last = (int(part[key]) if part.get(key) else None for key in ("year", "day", "last"))
    month = _month(match, day=day, year=year)
    if month is None or (last is not None and last <= (day or 0)):
        return None
    if not all(_exists(year or _LEAP_YEAR, month, d) for d in (day, last) if d is not None):
        return None
    weekday, start = _weekday_before(match) if day is not None else (None, match.start())
    return DateMention(
        span=Span(start, match.end()),
        year=year,
        month=month,
        day=day,
        last_day=last,
        weekday=weekday,
    )


def _month(match: re.Match[str], *, day: int | None, year: int | None) -> int | None:
    part = match.groupdict()
    if "month" in part:
        return int(part["month"])
    name = part["name"]
    if _is_another_word(name, day=day, year=year):
        return None
    month, languages = month_names().get(name.lower(), (None, frozenset()))
    if match.re is _MONTH_BEFORE_DAY and not languages & _MONTH_FIRST:
        return None
    return month


def _weekday_before(match: re.Match[str]) -> tuple[int | None, int]:
    """The weekday in front of a date, and where the date begins with it."""
    start = match.start()
    before = _WEEKDAY.search(match.string, max(0, start - _WEEKDAY_CHARACTERS), start)
    weekday = weekday_names().get(before["weekday"].lower()) if before else None
    return (weekday, before.start()) if before and weekday is not None else (None, start)


def _is_another_word(name: str, *, day: int | None, year: int | None) -> bool:
    """Whether it is the verb "may", a march or the planet Mars rather than a month."""
    if name == "Mars":
        return day is None
    return name in _SPOKEN_WORDS and (day is None or year is None)


def _exists(year: int, month: int, day: int) -> bool:
    return (
        MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    )


@cache
def month_names() -> dict[str, tuple[int, frozenset[str]]]:
    """Lower-case month name → 1 to 12, and the languages that call it so.

    Short names in English and French only: elsewhere they are common words ("ago", "set").
    """
    from babel.dates import get_month_names

    named = [("sept", 9, "en")] + [
        (name.lower().rstrip("."), month, language)
        for language in LANGUAGES
        for width in (("wide", "abbreviated") if language in {"en", "fr"} else ("wide",))
        for month, name in get_month_names(width, locale=language).items()
    ]
    return {
        name: (month, frozenset(language for other, _, language in named if other == name))
        for name, month, _ in named
    }


@cache
def weekday_names() -> dict[str, int]:
    """Lower-case weekday name → 0 (Monday) to 6. Short forms in English only."""
    from babel.dates import get_day_names

    names = {
        name.lower(): weekday
        for language in LANGUAGES
        for width in (("wide", "abbreviated") if language == "en" else ("wide",))
        for weekday, name in get_day_names(width, locale=language).items()
    }
    return names | {"tues": 1, "thur": 3, "thurs": 3}
