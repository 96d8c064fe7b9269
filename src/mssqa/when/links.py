"""Terms of time with the words that bound them: "since March", "from June to August 2024"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from mssqa.types import Interval, Span
from mssqa.when.pattern import pattern
from mssqa.when.periods import Toward
from mssqa.when.tense import looks_ahead
from mssqa.when.term import EveryYear, Term, Word
from mssqa.when.terms import find_terms

_LOOK_BACK = 90  # characters in front of a term in which its preposition stands


class Link(Enum):
    """How a phrase bounds what it dates."""

    WITHIN = "in"
    SINCE = "since"
    AFTER = "after"
    BEFORE = "before"
    UNTIL = "until"
    AS_OF = "as of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A phrase of time as a text uses it, and the days that it leaves."""

    span: Span
    days: Interval
    link: Link
    is_fixed: bool  # whether the text names the year


_DET = r"(?: (?P<the>the))?"
_VAGUE = r"(?: (?:about|around|roughly|at least|as early as|as late as|sometime in))?"


def _linked(*words: str) -> re.Pattern[str]:
    return pattern(rf"\b(?:{'|'.join(words)}){_VAGUE}{_DET} $")


_LINKS: tuple[tuple[re.Pattern[str], Link], ...] = (
    (
        _linked("as (?:it|things|they|matters) stood(?: in| on)?", "as (?:of|at)(?: late)?"),
        Link.AS_OF,
    ),
    (
        _linked("(?:ever )?since", "(?:starting|beginning)(?: from| in| on)?", "effective"),
        Link.SINCE,
    ),
    (_linked("depuis", "desde", "tangu"), Link.SINCE),
    (_linked("not? later than", "(?:up )?(?:un)?till?", "’?til", "up to", "by"), Link.UNTIL),
    (_linked("hasta", "até", "hadi", "jusqu[’']en", "jusqu[’']à"), Link.UNTIL),
    (_linked("after", "following", "later than", "past", "post"), Link.AFTER),
    (_linked("après", "después de", "depois de", "baada ya"), Link.AFTER),
    (_linked("before", "prior to", "ahead of", "earlier than", "preceding"), Link.BEFORE),
    (_linked("avant", "antes de", "kabla ya"), Link.BEFORE),
)
_BETWEEN = _linked(r"between|entre|kati ya|from|de|du|desde")
_ONWARD = pattern(r"\s*(?:on\b(?! \w)|onwards?\b|forward\b)")
_TO = pattern(
    r"\s*(?:\b(?:to|until|till|up to|up until|through|thru|a|à|au|hasta|até|hadi)\b|[-–—])"
    r"\s*(?:the )?"
)
_AND = pattern(r"\s*,?\s*\b(?:and|et|y|e|na)\b\s*(?:the )?")
_OR_AND = pattern(r"\s*(?:,|,?\s*\b(?:and|or)\b)\s*(?:in )?")
_NOW = r"now|today|the present(?: day)?|date|this day"
_UNTIL_NOW = pattern(rf"\s*(?:to|until|till|up to|through|and) (?:{_NOW})\b")
_DAY_NUMBER = pattern(
    r"\b(?:from|between) (?:the )?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s*(?:to|and|until|[-–])"
    r"\s*(?:the )?$"
)


def told(text: str, *, today: date | None, near_bounds: bool = False) -> tuple[Told, ...]:
    """The phrases of time of a text, seen from a day, in order and without overlap.

    Where that day is unknown, only the phrases that fix their year. With `near_bounds`, "until
    July" is the nearest July rather than the last.

    >>> [(phrase.link.name, str(phrase.days.start)) for phrase in told("after 2023", today=None)]
    [('AFTER', '2024-01-01')]
    """
    return tuple(_Phrases(text, find_terms(text), today, near_bounds))


@dataclass(frozen=True, slots=True)
class _Phrases:
    """One pass over the terms of a text, joining neighbours to ranges."""

    text: str
    terms: tuple[Term, ...]
    today: date | None
    near_bounds: bool

    def __iter__(self) -> Iterator[Told]:
        end = 0
        for at, term in enumerate(self.terms):
            if term.span.start < end:
                continue
            phrase = self._up_to_now(term) or self._range(at) or self._single(at)
            if phrase is not None:
                end = phrase.span.end
                yield phrase

    def _before(self, term: Term) -> str:
        return self.text[max(0, term.span.start - _LOOK_BACK) : term.span.start]

    def _up_to_now(self, term: Term) -> Told | None:
        """Of the sort "from 2020 until now"."""
        last = _UNTIL_NOW.match(self.text, term.span.end)
        start = self._seen(term)
        if last is None or start is None or start.start is None:
            return None
        opening = _BETWEEN.search(self._before(term))
        end = self.today if self.today and self.today >= start.start else None
        span = Span(_starts(opening, term), last.end())
        return Told(
            span=span,
            days=Interval(start=start.start, end=end),
            link=Link.SINCE,
            is_fixed=_fixed(term),
        )

    def _range(self, at: int) -> Told | None:
        """Of the sort "from June to August 2024", "between 2019 and 2021"."""
        term, before = self.terms[at], self._before(self.terms[at])
        if first := _DAY_NUMBER.search(before):
            return self._days_of_month(term, first)
        other = self.terms[at + 1] if at + 1 < len(self.terms) else None
        opening = _BETWEEN.search(before)
        if other is None or not self._joins(term, other, is_between=opening is not None):
            return None
        days = self._from_to(term, other)
        if days is None:
            return None
        span = Span(_starts(opening, term), other.span.end)
        return Told(span=span, days=days, link=Link.WITHIN, is_fixed=_fixed(term, other))

    def _joins(self, term: Term, other: Term, *, is_between: bool) -> bool:
        gap = self.text[term.span.end : other.span.start]
        if len(gap) > _LOOK_BACK:
            return False
        return bool(_TO.fullmatch(gap) or (is_between and _AND.fullmatch(gap)))

    def _from_to(self, term: Term, other: Term) -> Interval | None:
        first, last = self._seen(term), self._seen(other)
        if _comes_round(other) and first and first.start and isinstance(term.days, Interval):
            last = other.seen(first.start, Toward.AHEAD)
        elif _comes_round(term) and last and last.end:
            first = term.seen(last.end, Toward.BACK)
        if first is None or last is None:
            return None
        if first.start is None or last.end is None or first.start > last.end:
            return None
        return Interval(start=first.start, end=last.end)

    def _days_of_month(self, term: Term, first: re.Match[str]) -> Told | None:
        days = self._seen(term)
        day = int(first["day"])
        if days is None or days.start is None or not 0 < day < days.start.day:
            return None
        days = Interval(start=days.start.replace(day=day), end=days.end)
        start = term.span.start - (len(self._before(term)) - first.start())
        return Told(
            span=Span(start, term.span.end), days=days, link=Link.WITHIN, is_fixed=_fixed(term)
        )

    def _single(self, at: int) -> Told | None:
        term, before = self.terms[at], self._before(self.terms[at])
        opening, link = _link(before)
        listed = self._in_list(at)
        days = listed or self._seen(term, link)
        if days is None:
            return None
        end = term.span.end
        if link is Link.WITHIN and (onward := _ONWARD.match(self.text, end)):
            link, end = Link.SINCE, onward.end()
        is_loose = opening is not None and term.word is Word.YEAR and opening["the"] is not None
        span = Span(_starts(opening, term), end)
        return Told(
            span=span,
            days=bound(days, link, is_loose=is_loose),
            link=link,
            is_fixed=_fixed(term) or listed is not None,
        )

    def _in_list(self, at: int) -> Interval | None:
        """Of "June" in "June and July 2024": seen from its neighbour."""
        term = self.terms[at]
        if not _comes_round(term):
            return None
        for other, toward in ((at + 1, Toward.BACK), (at - 1, Toward.AHEAD)):
            near = self.terms[other] if 0 <= other < len(self.terms) else None
            if near is None or not isinstance(near.days, Interval):
                continue
            left, right = sorted((term.span, near.span))
            gap = self.text[left.end : right.start]
            if len(gap) < _LOOK_BACK and _OR_AND.fullmatch(gap):
                return term.seen(
                    near.days.end if toward is Toward.BACK else near.days.start, toward
                )
        return None

    def _seen(self, term: Term, link: Link = Link.WITHIN) -> Interval | None:
        if looks_ahead(self.text, term.span):
            return term.seen(self.today, Toward.AHEAD)
        is_near = self.near_bounds and link is Link.UNTIL
        return term.seen(self.today, Toward.NEAR if is_near else Toward.BACK)


def bound(days: Interval, link: Link, *, is_loose: bool) -> Interval:
    """The days that a preposition leaves.

    "Before" and "after" leave out the days themselves, unless these are loose: of the event
    only the year or month is known.
    """
    match link:
        case Link.SINCE:
            return Interval(start=days.start)
        case Link.UNTIL | Link.AS_OF:
            return Interval(end=days.end)
        case Link.AFTER if days.end is not None:
            return Interval(start=days.start if is_loose else _next(days.end, 1))
        case Link.BEFORE if days.start is not None:
            return Interval(end=days.end if is_loose else _next(days.start, -1))
        case _:
            return days


def _next(day: date, step: int) -> date:
    return day if day in {date.min, date.max} else day + timedelta(days=step)


def _fixed(*terms: Term) -> bool:
    return any(isinstance(term.days, Interval) for term in terms)


def _comes_round(term: Term) -> bool:
    return isinstance(term.days, EveryYear) or term.word is Word.WEEKDAY


def _link(before: str) -> tuple[re.Match[str] | None, Link]:
    for words, link in _LINKS:
        if found := words.search(before):
            return found, link
    return None, Link.WITHIN


def _starts(opening: re.Match[str] | None, term: Term) -> int:
    """Where a phrase starts, with the preposition that stands directly in front of its term."""
    return term.span.start - (len(opening.group()) if opening else 0)
