"""Phrases of time that are seen from a day: "yesterday", "last month", "two weeks ago".

Anaphoric ones ("the next day", "two years later", "the previous month") count from another
day of the text and are not read.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TypeAlias

from mssqa.types import Interval, Span
from mssqa.when.dates import weekday_names
from mssqa.when.pattern import pattern
from mssqa.when.periods import Toward, around, holding, in_some_year, months, nearest, shifted
from mssqa.when.term import SEASONS, EveryYear, Seen, Term, Word, english_months, season

_WEEK = 7

NUMBERS: Mapping[str, tuple[int, int]] = MappingProxyType(  # (at least, at most)
    {
        word: (number, number)
        for number, word in enumerate(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1
        )
    }
    | {"a": (1, 1), "an": (1, 1), "couple of": (2, 2), "a couple of": (2, 2), "dozen": (12, 12)}
    | {"eleven": (11, 11), "twelve": (12, 12)}
    | {"few": (2, 6), "a few": (2, 6), "several": (3, 9), "fifteen": (15, 15)}
    | {"twenty": (20, 20), "thirty": (30, 30), "forty": (40, 40), "fifty": (50, 50)}
)
_OWNED = pattern(r"\b(?:the|their|his|her|its|our|my|your) $")
_COUNT = (
    r"(?P<count>\d{1,4}|"
    + "|".join(sorted((word for word in NUMBERS), key=len, reverse=True))
    + ")"
)
_UNIT = r"(?P<unit>day|week|fortnight|month|quarter|year|decade|hour|minute)"
_LONG_UNIT = r"(?P<unit>day|week|fortnight|month|quarter|year|decade)"
_CALENDAR = r"(?P<unit>weekend|week|fortnight|month|quarter|year|decade|century)"
_WEEKDAY = r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_MONTH = r"(?P<month>[a-z]{3,9})\b\.?"  # any word: whether it is a month is looked up
_SEASON = r"(?P<season>" + "|".join(SEASONS) + ")"
_WHICH = r"(?P<which>last|this|next)"
_POSSESSIVE = r"(?:[\'’]s)?"

_Reader: TypeAlias = Callable[[re.Match[str]], Seen | EveryYear | None]


def relative_terms(text: str) -> Iterator[Term]:
    """Every phrase that counts from the day it is said on; they may overlap."""
    for phrase, read in _PATTERNS:
        for match in phrase.finditer(text):
            days = None if _is_named(match, text) else read(match)
            if days is not None:
                yield Term(span=Span(*match.span()), days=days, word=_word(match))


def _is_named(match: re.Match[str], text: str) -> bool:
    """Whether it is a capitalised "Today" within a sentence: a newspaper, a show."""
    if "weekday" in match.groupdict() or not match.group()[0].isupper() or text.isupper():
        return False
    return text[: match.start()].rstrip(" \"“'")[-1:].isalnum()


def _word(match: re.Match[str]) -> Word:
    part = match.groupdict()
    if part.get("the"):
        return Word.UNIT
    return Word.WEEKDAY if part.get("weekday") and not part.get("which") else Word.SURE


def _day(offset: int) -> _Reader:
    def read(_: re.Match[str]) -> Seen:
        return Seen(lambda today, _: holding("day", today + timedelta(days=offset)))

    return read


def _calendar_unit(match: re.Match[str]) -> Seen:
    """The last, this or next week, month or year of the calendar."""
    unit = match["unit"].lower()
    step = {"last": -1, "previous": -1, "this": 0, "current": 0, "the current": 0}.get(
        " ".join(match["which"].lower().split()), 1
    )
    return Seen(lambda today, _: holding(unit, shifted(today, unit, step)))


def _this_unit(match: re.Match[str]) -> Seen:
    unit = match["unit"].lower()
    return Seen(lambda today, _: holding(unit, today))


def _so_far_or_still_to_come(match: re.Match[str]) -> Seen:
    """What is over, or is left, of this week, month or year."""
    unit, is_past = match["unit"].lower(), match["which"].lower() == "earlier"

    def days(today: date, _: Toward) -> Interval:
        whole = holding(unit, today)
        if is_past:
            return Interval(start=whole.start, end=today)
        return Interval(start=today, end=whole.end)

    return Seen(days)


def _rolling(match: re.Match[str]) -> Seen | None:
    """So many units that end, or begin, today."""
    counted = match.groupdict().get("count")
    _, most = _count(counted) if counted else (1, 1)
    unit, most = _in_days(match["unit"].lower(), most)
    ahead = match["which"].lower() in {"next", "coming"}

    def days(today: date, _: Toward) -> Interval:
        if ahead:
            return Interval(start=today, end=shifted(today, unit, most))
        return Interval(start=shifted(today, unit, -most), end=today)

    return Seen(days)


def _ago(match: re.Match[str]) -> Seen:
    least, most = _count(match["count"])
    unit, is_hours = match["unit"].lower(), match["unit"].lower() in {"hour", "minute"}

    def days(today: date, _: Toward) -> Interval:
        if is_hours:
            return Interval(start=today - timedelta(days=_in_days("hour", most)[1]), end=today)
        first, last = shifted(today, unit, -most), shifted(today, unit, -least)
        end = around(unit, last).end
        return Interval(start=around(unit, first).start, end=min(end or today, today))

    return Seen(days)


def _from_now(match: re.Match[str]) -> Seen:
    """Of "in two weeks": a day ahead if the sentence looks ahead, else a duration."""
    least, most = _count(match["count"])
    unit, is_sure = match["unit"].lower(), match.groupdict().get("sure") is not None

    def days(today: date, toward: Toward) -> Interval | None:
        if unit in {"hour", "minute"} or not (is_sure or toward is Toward.AHEAD):
            return None
        first, last = shifted(today, unit, least), shifted(today, unit, most)
        return Interval(start=around(unit, first).start, end=around(unit, last).end)

    return Seen(days)


def _weekday(match: re.Match[str]) -> Seen | None:
    number, which = weekday_names()[match["weekday"].lower()], (match["which"] or "").lower()
    week = (match.groupdict().get("week") or "").lower()

    def days(today: date, toward: Toward) -> Interval | None:
        monday = today - timedelta(days=today.weekday())
        if week or which == "this":
            step = {"last": -1, "next": 1}.get(week, 0)
            return holding("day", monday + timedelta(days=number + _WEEK * step))
        if which == "last":
            return holding(
                "day", today - timedelta(days=(today.weekday() - number - 1) % _WEEK + 1)
            )
        if which == "next":
            return holding(
                "day", today + timedelta(days=(number - today.weekday() - 1) % _WEEK + 1)
            )
        back = holding("day", today - timedelta(days=(today.weekday() - number) % _WEEK))
        ahead = holding("day", today + timedelta(days=(number - today.weekday()) % _WEEK))
        choice = {
            Toward.BACK: back,
            Toward.AHEAD: ahead,
            Toward.NEAR: nearest([back, ahead], today),
        }
        return choice[toward]

    return Seen(days)


def _named(match: re.Match[str]) -> Seen | None:
    """Of the sort "last November", "this summer", "next June"."""
    name = (match.groupdict().get("month") or match["season"]).lower()
    if name not in {*SEASONS, *english_months()}:
        return None
    if name in {"may", "march"} and not _is_surely_a_month(match):
        return None
    of_year = _of_year(name)
    which = match["which"].lower()

    def days(today: date, _: Toward) -> Interval | None:
        if which == "this":
            return of_year(today.year)
        if which == "next":
            return in_some_year(of_year, _after(of_year(today.year), today), Toward.AHEAD)
        begun = in_some_year(of_year, today, Toward.BACK)
        if begun is not None and begun.start and today in begun:
            return of_year(begun.start.year - 1)
        return begun

    return Seen(days)


def _of_year(name: str) -> Callable[[int], Interval]:
    if name in SEASONS:
        return lambda year: season(name, year)
    return lambda year: months(year, english_months()[name])


def _after(named: Interval, today: date) -> date:
    """Today, or the day after what has begun but not ended."""
    return named.end + timedelta(days=1) if named.end and today in named else today


def _is_surely_a_month(match: re.Match[str]) -> bool:
    """Whether it is no verb ("this may be") and no walk ("their last march")."""
    if match["month"][0].isupper():
        return True
    before = match.string[max(0, match.start() - 10) : match.start()]
    return match["which"].lower() != "this" and not _OWNED.search(before)


def _count(word: str) -> tuple[int, int]:
    known = NUMBERS.get(" ".join(word.lower().split()))
    return known or (int(word), int(word))


def _in_days(unit: str, count: int) -> tuple[str, int]:
    if unit in {"hour", "minute"}:
        return "day", max(1, -(-count // (24 if unit == "hour" else 1440)))
    return unit, count


def _compiled(words: str) -> re.Pattern[str]:
    return pattern(rf"(?<![\w’'-])(?:{words})(?![\w-])")


_NOT_OF = r"(?! (?:of|in office)\b)"
_PATTERNS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (
        _compiled(rf"(?P<the>the) {_CALENDAR}(?! (?:of|when|that|before|after|in|ended)\b| \d)"),
        _this_unit,
    ),
    (_compiled(r"(?:the )?day before yesterday"), _day(-2)),
    (_compiled(r"(?:the )?day after tomorrow"), _day(2)),
    (_compiled(rf"(?:yesterday|last (?:night|evening)){_POSSESSIVE}"), _day(-1)),
    (_compiled(rf"tomorrow{_POSSESSIVE}"), _day(1)),
    (
        _compiled(
            r"today(?![\'’]s (?:world|society|young|generation|standards?|prices|dollars|money"
            rf"|terms|(?-i:[A-Z]))){_POSSESSIVE}|tonight{_POSSESSIVE}"
            rf"|this (?:morning|afternoon|evening){_POSSESSIVE}"
        ),
        _day(0),
    ),
    (
        _compiled(
            r"(?<!the\s)(?P<which>last|this|next|the current|current|previous)"
            rf" {_CALENDAR}{_POSSESSIVE}{_NOT_OF}"
        ),
        _calendar_unit,
    ),
    (_compiled(rf"(?P<which>earlier|later) this {_CALENDAR}"), _so_far_or_still_to_come),
    (
        _compiled(rf"(?:the|this) (?P<which>last|past|coming) {_LONG_UNIT}{_POSSESSIVE}{_NOT_OF}"),
        _rolling,
    ),
    (
        _compiled(rf"(?:over|within|during|in) the (?P<which>next) {_LONG_UNIT}{_NOT_OF}"),
        _rolling,
    ),
    (
        _compiled(rf"(?:the )?(?P<which>last|past|next|coming) {_COUNT} {_UNIT}s?{_NOT_OF}"),
        _rolling,
    ),
    (_compiled(rf"{_COUNT} {_UNIT}s? ago"), _ago),
    (_compiled(rf"in {_COUNT} {_UNIT}s?(?P<sure>[\'’]s? time)?"), _from_now),
    (_compiled(rf"{_COUNT} {_UNIT}s? (?P<sure>from now|hence)"), _from_now),
    (
        _compiled(
            rf"(?:{_WHICH} )?{_WEEKDAY}(?: (?:of )?(?P<week>last|this|next) week)?"
            rf"{_POSSESSIVE}"
        ),
        _weekday,
    ),
    (_compiled(rf"{_WHICH} {_MONTH}{_POSSESSIVE}(?! \d)"), _named),
    (_compiled(rf"{_WHICH} {_SEASON}{_POSSESSIVE}"), _named),
)
