"""Lines of a page that are made of a date: what they say and how far that is to be trusted."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from mssqa.when import DateMention, find_dates

PROSE_WORDS = 12  # a sentence of so many words belongs to an article

_TITLE_WORDS = 25  # a headline may read like a sentence
_LONG_WORDS = 30  # a line of so many does so without a full stop
_LINE_CHARACTERS = 160  # a longer line is no date line
_BARE_WORDS = 22  # date, byline and reading time together
_BYLINE_WORDS = 10
_PLACE_CHARACTERS = 70  # places and agencies in front of the date of a dateline

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
_BYLINE = re.compile(r"(?:(?:posted|written|reported|story)\s)?(?:by|par|por)\s\S", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[|•·]\s*|\t+|\s{2,}")
_AGENCY = re.compile(r"\([^()]{2,40}\)|/[^/]{2,30}/")
_AFTER_DATELINE = re.compile(rf"\s*[,)]?\s*(?:{_AGENCY.pattern})?\s*(?:--?|[–—―])")
_PLACE_WORD = re.compile(
    r"[^\W\d_a-z]|(?:de|del|da|do|du|des|la|le|el|al|es|sur|of|the|and)\b|[-–—.]"
)
_PLACE_END = re.compile(r"(?:[,.)/:–—-]|[A-Z]{2})\s*$")
_CAPITALS_OR_AGENCY = re.compile(rf"[A-Z]{{3}}|{_AGENCY.pattern}")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*$")
_FIGURE = re.compile(r"\d")


class Trust(IntEnum):
    """How surely a line made of a date gives the day of publication."""

    UPDATED = 1  # or labelled no more than "date"
    BARE = 2
    BYLINE = 3
    PUBLISHED = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page and its place among the sentences there."""

    text: str
    above: int  # words of prose above it
    below: int  # words of prose below it

    @property
    def on_top(self) -> bool:
        """Whether no more than a headline stands above it."""
        return self.above <= _TITLE_WORDS


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date that a line is made of."""

    line: Line
    mention: DateMention
    trust: Trust


def lines_of(page: str) -> tuple[Line, ...]:
    r"""The lines of a page that are not blank.

    >>> [line.below for line in lines_of("A title\n" + "at sea " * 20 + "\nThe end")]
    [40, 0, 0]
    """
    texts = list(filter(None, map(str.strip, page.splitlines())))
    prose = [_prose_words(text) for text in texts]
    total, above, lines = sum(prose), 0, []
    for text, words in zip(texts, prose, strict=True):
        lines.append(Line(text, above, total - above - words))
        above += words
    return tuple(lines)


def date_lines(lines: Iterable[Line]) -> Iterator[DateLine]:
    """The dates of the lines that are made of one, whose weekday fits."""
    for line in lines:
        if len(line.text) > _LINE_CHARACTERS or not _FIGURE.search(line.text):
            continue
        for mention in find_dates(line.text):
            trust = _trust(line.text, mention)
            if trust is not None and mention.day is not None and weekday_fits(mention):
                yield DateLine(line, mention, trust)


def dateline(line: str) -> DateMention | None:
    """The date in front of the first sentence of a line: "LAGOS, Mar 3 – The port …".

    >>> dateline("On 3 March 2025 - a Monday - the port opened.") is None
    True
    """
    for mention in find_dates(line[: 2 * _PLACE_CHARACTERS])[:1]:
        place = line[: mention.span.start]
        opens = len(place) <= _PLACE_CHARACTERS and _is_place(place) and mention.day is not None
        if opens and _AFTER_DATELINE.match(line, mention.span.end) and weekday_fits(mention):
            return mention
    return None


def weekday_fits(mention: DateMention) -> bool:
    """Whether the weekday is that of the date, as far as both are known."""
    return mention.exact is None or mention.weekday in {None, mention.exact.weekday()}


def _prose_words(line: str) -> int:
    """The words of a line if it is a sentence or more, else 0."""
    words = len(line.split())
    is_prose = words >= _LONG_WORDS or (words >= PROSE_WORDS and _SENTENCE_END.search(line))
    return words if is_prose else 0


def _trust(line: str, mention: DateMention) -> Trust | None:
    """How far a date on a line is to be trusted; None if the line is not made of it."""
    before, after = line[: mention.span.start], line[mention.span.end :]
    if label := _LABEL.search(before):
        if _SENTENCE_GOES_ON.match(after):
            return None
        return Trust.PUBLISHED if label["published"] else Trust.UPDATED
    segment_before = _SEPARATOR.split(before)[-1]
    segment_after = _SEPARATOR.split(after)[0]
    if not _ONLY_FILLER.match(segment_after):
        return None
    if _BYLINE.match(line) and (not segment_before or len(before.split()) <= _BYLINE_WORDS):
        return Trust.BYLINE
    if _ONLY_FILLER.match(segment_before) and len(line.split()) <= _BARE_WORDS:
        return Trust.BARE
    is_place = _is_place(before) and _CAPITALS_OR_AGENCY.search(before)
    return Trust.BARE if is_place and len(before.split()) <= _BYLINE_WORDS else None


def _is_place(text: str) -> bool:
    """Whether it is capitalised names, set off from the date that follows.

    >>> _is_place("NAIROBI, Kenya, "), _is_place("PARIS (AP) "), _is_place("On ")
    (True, True, False)
    """
    words = _AGENCY.sub(" ", text).lstrip("(").replace(",", " ").replace("/", " ").split()
    return all(map(_PLACE_WORD.match, words)) and bool(words and _PLACE_END.search(text))
