"""The day on which an article was published, read off the text of its page.

Only two kinds of place are trusted, because the dates in an article's own sentences are those
of what it tells about:

- a line above the article that is made of a date, or of a date and a label or a byline
  ("Published: …", "By Jane Doe | 5 August 2024"); below its beginning only a labelled one;
- a dateline: place and date in front of the first sentence ("LAGOS, Mar 3 – …").

A date without its year counts only if the page fixes the year: by a full date above the article
that is at most a month later, or by a weekday that fits the latest year the page mentions and
no other of them. Otherwise the day is unknown. There is no guess and no clock in here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import pairwise

from mssqa.when import DateMention, find_dates

_PROSE_WORDS = 12  # a line of so many words belongs to the article
_HEADER_PROSE = 100  # words of captions and summaries that may stand above the date line
_DATELINE_PROSE = 150  # words of captions and summaries that may stand above the dateline
_LINE_CHARACTERS = 160  # a longer line is no date line
_PLACE_CHARACTERS = 70  # places and agencies in front of the date of a dateline
_ENTRY_PROSE = 100  # words below a date that heads an entry of a diary
_BYLINE_WORDS = 10
_LATER = timedelta(days=31)  # from the dateline to the date above the article
_ZONES = timedelta(days=1)  # the same moment may be the day before elsewhere

_TIME = (
    r"T?\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\.\d+)?Z?(?:\s?[ap]\.?m\b\.?)?(?:\s?\(?(?:[A-Z]{2,5}"
    r"|[+-]\d{2}:?\d{2})\b\)?)?|\d{1,2}\s?[ap]\.?m\b\.?"
)
_FILLER = rf"(?:[\s,;:|@•·–—-]|\b(?:at|on|à|le|el|em)\b|{_TIME})*+"
_PUBLISHED = (
    r"(?:(?:first|originally)\s)?(?:published|posted|released|issued|publié|publicado|imechapishwa"
    r"|veröffentlicht)|(?:publication|release) date|date published"
)
_OTHER = r"(?:last )?(?:updated|modified|edited)|date|mis à jour|actualizado"
_LABEL = re.compile(
    rf"(?:^|[|•·–—-]\s*|\s{{2,}})(?:(?P<published>{_PUBLISHED})|{_OTHER}){_FILLER}$", re.IGNORECASE
)
_ONLY_FILLER = re.compile(rf"{_FILLER}$", re.IGNORECASE)
_SENTENCE_GOES_ON = re.compile(rf"{_FILLER}(?-i:[^\W\d_A-Z])", re.IGNORECASE)
_BYLINE = re.compile(r"(?:(?:posted|written|reported)\s)?(?:by|par|por)\s\S", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[|•·]\s*|\t+|\s{2,}")
_AGENCY = re.compile(r"\([^()]{2,40}\)|/[^/]{2,30}/")
_AFTER_DATELINE = re.compile(rf"\s*[,)]?\s*(?:{_AGENCY.pattern})?\s*(?:--?|[–—―])")
_PLACE_WORD = re.compile(
    r"[^\W\d_a-z]|(?:de|del|da|do|du|des|la|le|el|al|es|sur|of|the|and)\b|[-–—.]"
)
_PLACE_END = re.compile(r"(?:[,.)/:–—-]|[A-Z]{2})\s*$")
_CAPITALS_OR_AGENCY = re.compile(rf"[A-Z]{{3}}|{_AGENCY.pattern}")
_FIGURE = re.compile(r"\d")
_BARE_YEAR = re.compile(r"(?<![\w.,$€£#/-])(?:19[5-9]\d|20\d\d)(?![\w%]|[.,]\d)")


class _Trust(IntEnum):
    """How surely a date line gives the day of publication."""

    UPDATED = 1
    BARE = 2
    PUBLISHED = 3


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    above: int  # words of prose above it
    below: int  # words of prose below it

    @property
    def heads(self) -> bool:
        """Whether it stands above the article; captions and a summary may be above it in turn."""
        return self.above <= min(self.below, _HEADER_PROSE)


@dataclass(frozen=True, slots=True)
class _Stated:
    mention: DateMention
    trust: _Trust


def date_of(text: str) -> date | None:
    """The day of publication that the text of a page states, or None.

    >>> date_of("LAGOS, 3 March 2025 – The port opened.")
    datetime.date(2025, 3, 3)
    >>> date_of("The pact was signed on 3 March 2025.") is None
    True
    """
    lines = tuple(_lines(text))
    header = tuple(_stated(line for line in lines if line.heads))
    if published := _agreed(header, _Trust.PUBLISHED):
        return published
    if dateline := _dateline(lines):
        return dateline.exact or _near(dateline, header) or _by_weekday((dateline,), text)
    return (
        (None if _is_diary(lines) else _agreed(header, _Trust.BARE))
        or _agreed(header, _Trust.UPDATED)
        or _by_weekday([stated.mention for stated in header], text)
        or _agreed([s for s in _stated(lines) if s.trust is _Trust.PUBLISHED], _Trust.PUBLISHED)
    )


def _lines(text: str) -> Iterator[_Line]:
    lines = list(filter(None, map(str.strip, text.splitlines())))
    prose = [words if (words := len(line.split())) >= _PROSE_WORDS else 0 for line in lines]
    below, above = sum(prose), 0
    for line, words in zip(lines, prose, strict=True):
        below -= words
        yield _Line(line, above, below)
        above += words


def _stated(lines: Sequence[_Line] | Iterator[_Line]) -> Iterator[_Stated]:
    """The dates of the lines that are made of a date."""
    for line in lines:
        if len(line.text) > _LINE_CHARACTERS or not _FIGURE.search(line.text):
            continue
        for mention in find_dates(line.text):
            trust = _trust(line.text, mention)
            if trust is not None and mention.day is not None and _weekday_fits(mention):
                yield _Stated(mention, trust)


def _trust(line: str, mention: DateMention) -> _Trust | None:
    """How far a date on a line is to be trusted; None if the line is not made of it."""
    before, after = line[: mention.span.start], line[mention.span.end :]
    if label := _LABEL.search(before):
        if _SENTENCE_GOES_ON.match(after):
            return None
        return _Trust.PUBLISHED if label["published"] else _Trust.UPDATED
    segment_before = _SEPARATOR.split(before)[-1]
    segment_after = _SEPARATOR.split(after)[0]
    if not _ONLY_FILLER.match(segment_after):
        return None
    if _ONLY_FILLER.match(segment_before) and len(line.split()) <= _PROSE_WORDS + _BYLINE_WORDS:
        return _Trust.BARE
    opens = _BYLINE.match(line) or (_is_place(before) and _CAPITALS_OR_AGENCY.search(before))
    return _Trust.BARE if opens and len(before.split()) <= _BYLINE_WORDS else None


def _weekday_fits(mention: DateMention) -> bool:
    return mention.exact is None or mention.weekday in {None, mention.exact.weekday()}


def _agreed(stated: Sequence[_Stated], trust: _Trust) -> date | None:
    """The full date at that level of trust, if they are all the same."""
    days = {s.mention.exact for s in stated if s.trust is trust} - {None}
    return days.pop() if len(days) == 1 else None


def _is_diary(lines: Sequence[_Line]) -> bool:
    """Whether dates head the entries of a diary: at least two, each over prose of its own.

    Teasers of other articles bear dates too, but little prose.
    """
    headed = [(line.below, s.mention.exact) for line in lines for s in _stated([line])]
    entries = {
        day
        for (below, day), (end, _) in pairwise([*headed, (0, None)])
        if below - end > _ENTRY_PROSE
    }
    return len(entries) > 1


def _dateline(lines: Sequence[_Line]) -> DateMention | None:
    """The date in front of the first sentence."""
    for line in lines:
        if line.above > _DATELINE_PROSE:
            return None
        for mention in find_dates(line.text[: 2 * _PLACE_CHARACTERS])[:1]:
            if _opens_article(line.text, mention) and _weekday_fits(mention):
                return mention
    return None


def _opens_article(line: str, mention: DateMention) -> bool:
    place = line[: mention.span.start]
    if mention.day is None or len(place) > _PLACE_CHARACTERS:
        return False
    return _is_place(place) and bool(_AFTER_DATELINE.match(line, mention.span.end))


def _is_place(text: str) -> bool:
    """Whether it is capitalised names, set off from the date that follows.

    >>> _is_place("NAIROBI, Kenya, "), _is_place("PARIS (AP) "), _is_place("On ")
    (True, True, False)
    """
    words = _AGENCY.sub(" ", text).lstrip("(").replace(",", " ").replace("/", " ").split()
    return all(map(_PLACE_WORD.match, words)) and bool(words and _PLACE_END.search(text))


def _near(dateline: DateMention, header: Sequence[_Stated]) -> date | None:
    """The day of a dateline that is at most a month before the full dates of the header."""
    found = {
        day
        for full in (stated.mention.exact for stated in header)
        if full is not None
        for year in (full.year - 1, full.year, full.year + 1)
        if (day := dateline.in_year(year)) and -_ZONES <= full - day <= _LATER
    }
    return found.pop() if len(found) == 1 else None


def _by_weekday(mentions: Sequence[DateMention], text: str) -> date | None:
    """The day whose weekday fits the latest year that the text mentions, and no other year."""
    partial = [m for m in mentions if m.year is None and m.weekday is not None]
    if not partial:
        return None
    years = {int(year) for year in _BARE_YEAR.findall(text)}
    years |= {mention.year for mention in find_dates(text) if mention.year is not None}
    days = {day for m in partial for year in years if (day := m.in_year(year))}
    if len(days) != 1:
        return None
    (day,) = days
    return day if day.year == max(years) else None
