"""The day on which an article was published, read off the text of its page.

Only two kinds of place are trusted, because the dates in an article's own sentences are those
of what it tells about:

- a line above the article that is made of a date, or of a date and a label or a byline
  ("Published: …", "By Jane Doe | 5 August 2024"). Further down, teasers of other articles bear
  such lines too: there it must be the only one, or be labelled as the day of publication;
- a dateline: place and date in front of the first sentence ("LAGOS, Mar 3 – …").

A date without its year counts only if the page fixes the year: by a full date above the article
that is at most a week later, or by a weekday that fits a year the page speaks of: the latest
that it mentions, more than once or in a date not a year away, and the only one that fits.
Otherwise the day is unknown. There is no guess and no clock in here.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from mssqa.ingest.date_lines import DateLine, Line, Trust, date_lines, dateline, lines_of
from mssqa.when import DateMention, find_dates

_HEADER_PROSE = 100  # words of captions and summaries that may stand above a date line
_DATELINE_PROSE = 150  # words of captions and summaries that may stand above the dateline
_ENTRY_PROSE = 60  # more words below a date that heads an entry of a diary
_LATER = timedelta(days=7)  # from the dateline to the date above the article
_ZONES = timedelta(days=1)  # the same moment may be the day before elsewhere
_YEAR = timedelta(days=366)
_BARE_YEAR = re.compile(r"(?<![\w.,$€£#/-])(?:19[5-9]\d|20\d\d)(?![\w%]|[.,]\d)")


def date_of(text: str) -> date | None:
    """The day of publication that the text of a page states, or None.

    >>> date_of("LAGOS, 3 March 2025 – The port opened.")
    datetime.date(2025, 3, 3)
    >>> date_of("The pact was signed on 3 March 2025.") is None
    True
    """
    lines = lines_of(text)
    stated = tuple(date_lines(lines))
    top = tuple(found for found in stated if found.line.on_top)
    if published := _day(stated, Trust.PUBLISHED):
        return published
    if (opening := _dateline(lines)) is not None:
        return opening.exact or _near(opening, top) or _by_weekday((opening,), text)
    if _is_diary(stated):
        return None
    return (
        _day(stated, Trust.BYLINE)
        or _day(stated, Trust.BARE)
        or _day(stated, Trust.UPDATED)
        or _by_weekday([found.mention for found in top], text)
    )


def _day(stated: Sequence[DateLine], trust: Trust) -> date | None:
    """The full date at that level of trust, if all of them above the article are the same.

    If there are none above it, all on the page must be, and one near its beginning at least,
    unless it is called the day of publication.
    """
    found = [each for each in stated if each.trust is trust and each.mention.exact is not None]
    top = [each for each in found if each.line.on_top]
    if not top and trust is not Trust.PUBLISHED and not any(map(_begins, found)):
        return None
    days = {each.mention.exact for each in top or found}
    return days.pop() if len(days) == 1 else None


def _begins(found: DateLine) -> bool:
    """Whether it stands near the beginning: below a caption or a summary, above the article."""
    return found.line.above <= min(found.line.below, _HEADER_PROSE)


def _is_diary(stated: Sequence[DateLine]) -> bool:
    """Whether dates head the entries of a diary: at least two, each over prose of its own.

    Teasers of other articles bear dates too, but little prose.
    """
    heads = [(found.line.below, found.mention.exact) for found in stated]
    entries = {
        day
        for (below, day), (end, _) in pairwise([*heads, (0, None)])
        if below - end > _ENTRY_PROSE
    }
    return len(entries) > 1


def _dateline(lines: Sequence[Line]) -> DateMention | None:
    found = (dateline(line.text) for line in lines if line.above <= _DATELINE_PROSE)
    return next(filter(None, found), None)


def _near(opening: DateMention, top: Sequence[DateLine]) -> date | None:
    """The day of a dateline that is at most a week before the full dates above the article."""
    found = {
        day
        for full in (each.mention.exact for each in top)
        if full is not None
        for year in (full.year - 1, full.year, full.year + 1)
        if (day := opening.in_year(year)) and -_ZONES <= full - day <= _LATER
    }
    return found.pop() if len(found) == 1 else None


def _by_weekday(mentions: Sequence[DateMention], text: str) -> date | None:
    """The day whose weekday fits the latest year that the page speaks of, and no other year."""
    partial = [mention for mention in mentions if None not in {mention.weekday, mention.day}]
    partial = [mention for mention in partial if mention.year is None]
    if not partial:
        return None
    told = [mention for mention in find_dates(text) if mention.interval is not None]
    years = Counter(int(year) for year in _BARE_YEAR.findall(text))
    years += Counter(mention.year for mention in told if mention.year and mention.year not in years)
    days = {day for m in partial for year in years if (day := m.in_year(year))}
    if len(days) != 1:
        return None
    (day,) = days
    return day if day.year == max(years) and (years[day.year] > 1 or _close(day, told)) else None


def _close(day: date, told: Sequence[DateMention]) -> bool:
    """Whether the page tells of a day or month not a year away."""
    starts = (mention.interval.start for mention in told if mention.interval)
    return any(abs(start - day) < _YEAR for start in starts if start is not None)
