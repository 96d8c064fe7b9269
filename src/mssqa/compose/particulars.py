"""The particulars of a sentence: its numbers, its dates and its names, and where they stand.

Names are told by their capitals, so in a script without capitals only numbers and dates count.
Whether the sentence as a whole follows from its quotes is for `support` to say.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from mssqa.compose.numbers import Number, find_numbers
from mssqa.text import FUNCTION_WORDS, fold
from mssqa.types import Evidence, Span
from mssqa.when import DateMention, days_of, find_dates

_TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_OPENS_A_SENTENCE = re.compile(r"(?:^|[.!?:;])[\W_]*$")
_NEVER_NAMES = FUNCTION_WORDS | {"us"}  # in lower case


def stand(text: str, cited: Sequence[Evidence]) -> bool:
    """Whether each number, date and name of a text stands in a quote of the cited evidence.

    A date may also be the publication date of a cited article, or a day that a phrase of its
    quote means by that date, as "on Tuesday" does.
    """
    quotes = "\n".join(piece.quote for piece in cited)
    given = (*find_dates(quotes), *_published(cited), *_meant(cited))
    said = find_dates(text)
    rest = _without(said, text)
    return (
        all(any(_agree(one, other) for other in given) for one in said)
        and _numbers_stand(rest, _without(find_dates(quotes), quotes), given)
        and set(_names(rest, common=_lower_case_words(cited))) <= set(_name_like(quotes))
    )


def _published(cited: Iterable[Evidence]) -> Iterator[DateMention]:
    for day in {piece.passage.article.published for piece in cited}:
        if day is not None:
            yield _mention(day)


def _meant(cited: Iterable[Evidence]) -> Iterator[DateMention]:
    """The single days that phrases of the quotes mean."""
    for piece in cited:
        for days in days_of(piece.quote, published=piece.passage.article.published):
            if days.start is not None and days.start == days.end:
                yield _mention(days.start)


def _mention(day: date) -> DateMention:
    return DateMention(span=Span(0, 0), year=day.year, month=day.month, day=day.day)


def _agree(said: DateMention, given: DateMention) -> bool:
    """Whether each part of a date that is said is also given."""
    weekday = given.exact.weekday() if given.exact else given.weekday
    return (
        said.month == given.month
        and said.year in {None, given.year}
        and said.day in {None, given.day}
        and said.last_day in {None, given.last_day}
        and said.weekday in {None, weekday}
    )


def _without(dates: Iterable[DateMention], text: str) -> str:
    for mention in dates:
        start, end = mention.span
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _numbers_stand(text: str, quotes: str, dates: Iterable[DateMention]) -> bool:
    years = [Number(Decimal(mention.year)) for mention in dates if mention.year is not None]
    given = [*find_numbers(quotes), *years]
    return all(number.is_borne_by(given) for number in find_numbers(text))


def _names(text: str, *, common: Collection[str]) -> Iterator[str]:
    """The names of a sentence; a word that opens it is none if it is common elsewhere."""
    text = _POSSESSIVE.sub("", text)
    for token in _TOKEN.finditer(text):
        word = token.group()
        if word == word.lower() or (_plain(word) in FUNCTION_WORDS and not _is_acronym(word)):
            continue
        if _OPENS_A_SENTENCE.search(text, 0, token.start()) and _plain(word) in common:
            continue
        yield _plain(word)


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _name_like(quotes: str) -> Iterator[str]:
    """Every word that may be a name: in any case, as long as it is no function word."""
    for word in _TOKEN.findall(_POSSESSIVE.sub("", quotes)):
        if word != word.lower() or word not in _NEVER_NAMES:
            yield _plain(word)


def _lower_case_words(cited: Iterable[Evidence]) -> frozenset[str]:
    """What the cited articles write small, and so is no name."""
    texts = {piece.passage.article.text for piece in cited}
    words = (word for text in texts for word in _TOKEN.findall(text))
    return frozenset(_plain(word) for word in words if word == word.lower())


def _plain(word: str) -> str:
    return fold(word).replace(".", "")
