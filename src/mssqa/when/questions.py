"""What a question asks about in time."""

from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from mssqa.types import Interval, Order, Span
from mssqa.when.change import change
from mssqa.when.links import Link, Told, bound, told
from mssqa.when.order import earliest, latest, looks_back
from mssqa.when.pattern import pattern

_CLAUSE = pattern(
    r"\b(?P<link>after|following|since|before|prior to|ahead of|until|till) "
    r"(?!(?:the |a |an |his |her |their )?(?:\w+ )?(?:committee|court|senate|congress"
    r"|parliament|judges?|jury|panel|inquiry|commission|council|tribunal|magistrates?|lawmakers|board"
    r"|house|assembly|audience|crowd|cameras?|public)\b)(?:[^\s,;:?!.]+ ){1,8}$"
)
_LOOK_BACK = 100  # characters in front of a phrase in which its clause begins
_LINKS = {"after": Link.AFTER, "following": Link.AFTER, "since": Link.SINCE}
_LINKS |= {"until": Link.UNTIL, "till": Link.UNTIL}
_BORN = pattern(r"\bborn (?:on |in )?$")  # says who is meant, not when
_PRESENT = pattern(r"(?:today|tonight)(?:[\'’]s)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTime:
    """The time that a question speaks of."""

    about: Interval | None = None  # the days that it asks about, not those of publication
    as_of: date | None = None  # nothing that was published later may be used
    order: Order = Order.NONE
    change: bool = False  # how something changed, what happened in order
    spans: tuple[Span, ...] = ()  # the phrases that say so, in order and without overlap


def asked_time(text: str, *, today: date) -> AskedTime:
    """What a question asks about in time, as far as it says.

    A day without its year, a weekday and "last month" are seen from today: the last such day
    that has begun, or the next if the question looks ahead ("when will …"). The bounds of vague
    words ("early 2024", "after the coup of June 2021") are wide.

    >>> asked = asked_time("How many came since March, as of July?", today=date(2024, 9, 1))
    >>> str(asked.about.start), asked.about.end, str(asked.as_of), asked.order.value
    ('2024-03-01', None, '2024-07-31', 'latest')
    """
    newest = tuple(latest(text))
    oldest = tuple(earliest(text))
    changing = tuple(change(text))
    phrases = tuple(
        _in_clause(phrase, text)
        for phrase in _days_named(text, today)
        if not _BORN.search(text[max(0, phrase.span.start - 9) : phrase.span.start])
    )
    limits = [
        phrase.days.end for phrase in phrases if phrase.link is Link.AS_OF and phrase.days.end
    ]
    abouts = [phrase for phrase in phrases if phrase.link is not Link.AS_OF]
    return AskedTime(
        about=_about(abouts),
        as_of=min(limits, default=None),
        order=_order(newest=bool(newest or limits), oldest=bool(oldest)),
        change=bool(changing) or any(_runs_on(phrase, text) for phrase in phrases),
        spans=_joined([*newest, *oldest, *changing, *(phrase.span for phrase in phrases)]),
    )


def _days_named(text: str, today: date) -> tuple[Told, ...]:
    """The phrases of time; "today" only where it is a day, and not the present."""
    is_past = looks_back(text)
    return tuple(
        phrase
        for phrase in told(text, today=today)
        if is_past or not _PRESENT.fullmatch(text[slice(*phrase.span)])
    )


def _order(*, newest: bool, oldest: bool) -> Order:
    if newest == oldest:
        return Order.NONE
    return Order.LATEST if newest else Order.EARLIEST


def _in_clause(phrase: Told, text: str) -> Told:
    """Of "after the fall of Kabul in August 2021": the days after the event that is dated."""
    if phrase.link is not Link.WITHIN:
        return phrase
    clause = _CLAUSE.search(text[max(0, phrase.span.start - _LOOK_BACK) : phrase.span.start])
    if clause is None:
        return phrase
    link = _LINKS.get(clause["link"].lower(), Link.BEFORE)
    days = bound(phrase.days, link, is_loose=True)
    return replace(phrase, days=days, link=link)


def _runs_on(phrase: Told, text: str) -> bool:
    """Whether it goes "from … until now"."""
    words = text[slice(*phrase.span)].lower()
    return phrase.link is Link.SINCE and phrase.days.end is not None and words.startswith("from")


def _about(phrases: list[Told]) -> Interval | None:
    """What all phrases leave; if nothing, then those that name their year."""
    if not phrases:
        return None
    shared: Interval | None = Interval()
    for phrase in phrases:
        shared = shared and _shared(shared, phrase.days)
    fixed = [phrase.days for phrase in phrases if phrase.is_fixed]
    return shared or reduce(_together, fixed or [phrase.days for phrase in phrases])


def _shared(one: Interval, other: Interval) -> Interval | None:
    start = max((day for day in (one.start, other.start) if day is not None), default=None)
    end = min((day for day in (one.end, other.end) if day is not None), default=None)
    if start is not None and end is not None and start > end:
        return None
    return Interval(start=start, end=end)


def _together(one: Interval, other: Interval) -> Interval:
    """What two phrases share, or else all from the one to the other."""
    starts = [day for day in (one.start, other.start) if day is not None]
    ends = [day for day in (one.end, other.end) if day is not None]
    return _shared(one, other) or Interval(start=min(starts), end=max(ends))


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, those that overlap made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)
