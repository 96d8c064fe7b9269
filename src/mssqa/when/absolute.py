"""Nouns of time that say their days themselves, or come round with the years.

Dates, years and ranges of years, months, quarters, seasons, decades, centuries.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from mssqa.types import Interval, Span
from mssqa.when.dates import DateMention, find_dates
from mssqa.when.pattern import pattern
from mssqa.when.periods import months, years
from mssqa.when.term import (
    SEASONS,
    Days,
    EveryYear,
    Term,
    Word,
    english_months,
    foreign_months,
    season,
)

_YEAR = r"(?P<year>1\d{3}|20\d\d)"
_ALONE = r"(?:(?<![\w.,$€£#/:–’'-])|(?<=mid-)|(?<=mid–)|(?<=early-)|(?<=late-))"
_COUNTED = (
    r"people|persons?|officers?|officials|soldiers|troops|men|women|children|students|pupils|workers"
    r"|employees|members|staff|votes|seats|cases|deaths|dead|homes|houses|families|households|jobs"
    r"|schools|cities|towns|countries|villages|miles?|km|kilomet\w+|met(?:er|re)s?|feet|foot|m|ft"
    r"|acres?|hectares?|tons?|tonnes?|kg|pounds?|dollars?|euros?|shillings|gourdes?|barrels?|hours?"
    r"|days?|weeks?|months?|years?|minutes?|seconds?|percent|per cent|places|sites|hospitals"
    r"|companies|firms|stores|shops|locations|questions|words|pages|patients|migrants|refugees"
    r"|prisoners|inmates|species|respondents|participants|voters|delegates|volunteers|civilians"
    r"|protesters|residents|inhabitants|copies|units|vehicles|cars|flights|aircraft|calories|hp|rpm"
    r"|watts?|volts?|bc|bce|b\.c\.?|or (?:more|so)\b|hrs|gmt|million|billion|different|more|other"
)
_NOT_COUNTING = rf"(?![\w%/°]|[.,]\d|[-–](?!\s)| (?:{_COUNTED})(?!\w))"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
)
_CENTURY_WORDS = MappingProxyType(
    {
        word: number
        for number, word in enumerate(
            _ORDINALS.split(),
            start=1,
        )
    }
)
_DECADES = MappingProxyType(
    {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50}
    | {"sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
)


_PATTERN_YEARS = pattern(rf"{_ALONE}{_YEAR}\s?[-–—/]\s?(?P<last>\d\d(?:\d\d)?)(?![\w%/-]|[.,]\d)")
_PATTERN_YEAR = pattern(rf"{_ALONE}{_YEAR}(?:(?<!0)[\'’]s\b)?{_NOT_COUNTING}")
_PATTERN_DECADE = pattern(
    r"(?<![\w$€£.,])(?:(?P<century>1\d|20)|(?<=the\s)[\'’‘]?|(?<=early\s)[\'’‘]?"
    r"|(?<=late\s)[\'’‘]?|(?<=mid-)[\'’‘]?)(?P<decade>\d0)[\'’]?s\b(?! of (?:feet|miles))"
)
_PATTERN_DECADE_WORD = pattern(rf"(?<=the\s)(?P<word>{'|'.join(_DECADES)})\b")
_PATTERN_CENTURY = pattern(
    rf"\b(?:(?P<number>\d\d?)(?:st|nd|rd|th)|(?P<word>{'|'.join(_CENTURY_WORDS)}))[\s-]century\b"
    r"(?! (?:bc|bce|b\.c))"
)
_PATTERN_QUARTER = re.compile(rf"\bQ(?P<quarter>[1-4])(?:\s*(?:of\s|,\s?|/)?\s*{_YEAR})?(?![\w%])")
_PATTERN_TYPED_QUARTER = pattern(rf"\b(?:q(?P<quarter>[1-4])|h(?P<half>[12]))\s*(?:of )?{_YEAR}\b")
_PATTERN_SEASON = pattern(
    rf"(?<!\barab\s)(?<!\bprague\s)\b(?P<season>{'|'.join(SEASONS)})(?:[\'’]s)?"
    rf"(?:(?: of)? {_YEAR}(?P<dash>[-–/]\d\d(?:\d\d)?)?)?(?![\w-])(?! of\b)"
)
_PATTERN_MONTH = pattern(
    r"(?<![\w’'.-])(?P<name>[a-zçéûíãäúó]{3,10})\b(?:[\'’]s\b)?(?!-[a-z]{3,5}s\b)"
)


def absolute_terms(text: str) -> Iterator[Term]:
    """Every date, year, month and longer period of a text; they may overlap."""
    return chain(_dates(text), _years(text), _periods(text), _months(text))


def _dates(text: str) -> Iterator[Term]:
    for mention in find_dates(text):
        if _counts_things(mention, text):
            name = _FIRST_WORD.match(text, mention.span.start)
            if name is not None:
                yield from _months(text[: name.end()], start=name.start())
            continue
        if mention.day is not None and (last := _TO_DAY.match(text, mention.span.end)):
            yield from _up_to_day(mention, last)
            continue
        if mention.year is None and (year := _YEAR_GOES_ON.match(text, mention.span.end)):
            days = _dated(mention)(int(year["year"]))
            if days is not None:
                yield Term(span=Span(mention.span.start, year.end()), days=days)
            continue
        yield Term(span=mention.span, days=mention.interval or EveryYear(_dated(mention)))


def _up_to_day(mention: DateMention, last: re.Match[str]) -> Iterator[Term]:
    """Of "June 24 to 26, 2024"."""
    days = _dated(replace(mention, last_day=max(int(last["last"]), mention.day or 1)))
    span = Span(mention.span.start, last.end())
    year = mention.year or (last["year"] and int(last["year"]))
    fixed = days(year) if year else None
    yield Term(span=span, days=fixed or EveryYear(days))


def _dated(mention: DateMention) -> Callable[[int], Interval | None]:
    def of_year(year: int) -> Interval | None:
        start = mention.in_year(year)
        if start is None:
            return None
        last = min(mention.last_day or start.day, monthrange(start.year, start.month)[1])
        return Interval(start=start, end=start.replace(day=last))

    return of_year


def _counts_things(mention: DateMention, text: str) -> bool:
    """Whether the day counts what follows: "in May 12 people came"."""
    if mention.year is not None or not text[mention.span.end - 1].isdigit():
        return False
    return text[mention.span.start].isalpha() and bool(_COUNTED_NEXT.match(text, mention.span.end))


def _years(text: str) -> Iterator[Term]:
    for match in _PATTERN_YEARS.finditer(text):
        first = int(match["year"])
        last = int(match["year"][: 4 - len(match["last"])] + match["last"])
        if first < last:
            yield Term(span=Span(*match.span()), days=years(first, last))
    for match in _PATTERN_YEAR.finditer(text):
        yield Term(span=Span(*match.span()), days=years(int(match["year"])), word=Word.YEAR)


def _periods(text: str) -> Iterator[Term]:
    for phrase, days in _PERIODS:
        for match in phrase.finditer(text):
            yield Term(span=Span(*match.span()), days=days(match), word=_word(match))


def _word(match: re.Match[str]) -> Word:
    part = match.groupdict()
    if part.get("year"):
        return Word.SURE
    return Word.SEASON if part.get("season") else Word.QUARTER if part.get("quarter") else Word.SURE


def _decade(match: re.Match[str]) -> Interval:
    decade, century = int(match["decade"]), match["century"]
    first = int(century or "19") * 100 + decade
    is_century = first % 100 == 0 and first < 2000  # "the 1900s", but "the 2000s" are ten years
    return years(first, first + (99 if is_century else 9))


def _decade_word(match: re.Match[str]) -> Interval:
    first = 1900 + _DECADES[match["word"].lower()]
    return years(first, first + 9)


def _century(match: re.Match[str]) -> Interval:
    number = int(match["number"] or _CENTURY_WORDS[match["word"].lower()])
    first = max(1, (number - 1) * 100)
    return years(first, first // 100 * 100 + 99)


def _quarter(match: re.Match[str]) -> Days:
    number, year = int(match["quarter"]), match["year"]
    if year:
        return months(int(year), number * 3 - 2, 3)
    return EveryYear(lambda year: months(year, number * 3 - 2, 3))


def _typed_quarter(match: re.Match[str]) -> Days:
    if match["half"]:
        return months(int(match["year"]), int(match["half"]) * 6 - 5, 6)
    return _quarter(match)


def _season(match: re.Match[str]) -> Days:
    name = match["season"].lower()
    if match["year"]:
        return season(name, int(match["year"]))
    return EveryYear(lambda year: season(name, year))


def _months(text: str, *, start: int = 0) -> Iterator[Term]:
    for match in _PATTERN_MONTH.finditer(text, start):
        name = match["name"].lower()
        month = english_months().get(name) or foreign_months().get(name)
        if month is not None:
            yield Term(span=Span(*match.span()), days=_every(month), word=Word.MONTH)


def _every(month: int) -> EveryYear:
    return EveryYear(lambda year: months(year, month))


_FIRST_WORD = re.compile(r"[^\W\d_]+")
_YEAR_GOES_ON = pattern(rf"(?:st|nd|rd|th)?,\s?{_YEAR}\b")  # "15th,2015"
_TO_DAY = pattern(
    r" (?:to|through|until|till) (?:the )?(?P<last>[0-3]?\d)(?:st|nd|rd|th)?(?![\w%]|[.:,]\d)"
    r"(?! (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
    rf"(?! (?:{_COUNTED})(?!\w))(?:,? {_YEAR})?"
)
_COUNTED_NEXT = pattern(rf" (?:{_COUNTED})(?!\w)")
_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Days]], ...] = (
    (_PATTERN_DECADE, _decade),
    (_PATTERN_DECADE_WORD, _decade_word),
    (_PATTERN_CENTURY, _century),
    (_PATTERN_TYPED_QUARTER, _typed_quarter),
    (_PATTERN_QUARTER, _quarter),
    (_PATTERN_SEASON, _season),
)
