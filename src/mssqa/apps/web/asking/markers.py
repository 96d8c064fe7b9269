"""Sources as the page shows them: markers after a sentence, cards beside the answer.

Whatever stands in braces of a `Markup` is escaped when it is filled in: titles, quotes and
addresses are strangers' and never become markup.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from mssqa.apps.render import line
from mssqa.apps.web.asking.exchange import Source
from mssqa.apps.web.tongue import said_in
from mssqa.apps.web.wording import Wording

NOTHING = Markup()
_MARKERS = re.compile(r"((?:\[\d+\])+)")
_NUMBER = re.compile(r"\d+")

_MARKER = Markup(
    '<button type="button" class="marker" data-number="{number}" aria-label="{label}">'
    "{number}</button>"
)
_MORE = Markup(
    '<button type="button" class="marker more" aria-expanded="false" aria-label="{label}">'
    '+{count}</button><span class="rest" hidden>{rest}</span>'
)
_CARD = Markup(
    '<li class="card" data-number="{number}" data-article="{article}" data-start="{start}"'
    ' data-end="{end}"><button type="button" class="open">'
    '<span class="number" aria-hidden="true">{number}</span>'
    '<span class="title">{title}</span></button>'
    '<p class="credit">{credit}</p><blockquote>{quote}</blockquote>{copies}</li>'
)


def markers(cites: Sequence[int], sources: Mapping[int, Source], words: Wording) -> Markup:
    """A button for each source; those behind the first are folded into one that shows them."""
    known = [sources[number] for number in dict.fromkeys(cites) if number in sources]
    if not known:
        return NOTHING
    first, *others = (_marker(source, words) for source in known)
    if not others:
        return Markup('<span class="markers">{}</span>').format(first)
    label = words("ask.more_sources", count=len(others))
    more = _MORE.format(count=len(others), label=label, rest=NOTHING.join(others))
    return Markup('<span class="markers">{}{}</span>').format(first, more)


def with_markers(sentence: str, sources: Mapping[int, Source], words: Wording) -> Markup:
    """A sentence as it is streamed, its markers as buttons; see `mssqa.compose.write.sentence`."""
    cited = [int(number) for number in _NUMBER.findall("".join(_MARKERS.findall(sentence)))]
    language = language_of(cited, sources)
    parts = _MARKERS.split(line(sentence))
    told = (
        markers([int(number) for number in _NUMBER.findall(part)], sources, words)
        if place % 2
        else said_in(language, part, words)
        for place, part in enumerate(parts)
    )
    return NOTHING.join(told)


def language_of(cites: Sequence[int], sources: Mapping[int, Source]) -> str | None:
    """The language of the first source cited, and so of what is told after it."""
    return next((sources[each].article.language for each in cites if each in sources), None)


def cards(sources: Sequence[Source], words: Wording, *, today: date) -> Markup:
    """The items of a list of sources."""
    return NOTHING.join(_card(source, words, today=today) for source in sources)


def credit(source: Source, words: Wording) -> str:
    """The publisher, if it is known, and the day."""
    article = source.article
    return ", ".join(filter(None, (line(article.publisher or ""), words.day(article.published))))


def _marker(source: Source, words: Wording) -> Markup:
    label = words("ask.source", number=source.number, credit=credit(source, words))
    return _MARKER.format(number=source.number, label=label)


def _card(source: Source, words: Wording, *, today: date) -> Markup:
    article = source.article
    return _CARD.format(
        number=source.number,
        article=article.id,
        start=source.start,
        end=source.end,
        title=said_in(article.language, line(article.title), words),
        credit=with_age(credit(source, words), article.published, words, today=today),
        quote=said_in(article.language, line(source.quote), words),
        copies=_copies(source, words),
    )


def with_age(told: str, day: date | None, words: Wording, *, today: date) -> Markup:
    """A credit and how long ago that was."""
    if day is None:
        return Markup.escape(told)
    age = words.age(day, today=today)
    return Markup('{} <span class="age">{}</span>').format(told, age)


def _copies(source: Source, words: Wording) -> Markup:
    if not source.copies:
        return NOTHING
    titles = "; ".join(line(copy.title) for copy in source.copies)
    return Markup('<p class="copies">{}</p>').format(words("ask.also_in", titles=titles))
