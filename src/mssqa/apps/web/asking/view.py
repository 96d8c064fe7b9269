"""An exchange as HTML: the question, the answer with its markers, and how far it goes."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from mssqa.apps.render import line
from mssqa.apps.web.asking.exchange import Exchange, Source, Told
from mssqa.apps.web.asking.figures import table, timeline
from mssqa.apps.web.asking.markers import NOTHING, cards, language_of, markers
from mssqa.apps.web.tongue import said_by_the_library, said_in
from mssqa.apps.web.wording import ENGLISH, Wording
from mssqa.types import Kind, Relation, Status

_RIVALS = {Relation.SUPERSEDED, Relation.DISAGREES}
_NEAREST = Markup(
    '<section class="nearest"><h3>{heading}</h3><ol class="cards">{cards}</ol></section>'
)


def whole(exchange: Exchange, words: Wording, *, today: date) -> Markup:
    """The whole answer, checked: its sentences, tables or timeline, limits and verdict."""
    sources = {source.number: source for source in exchange.citations}
    parts = (
        limits(exchange.as_of, exchange.publishers, words),
        _verdict(exchange, words),
        _claims(exchange, sources, words),
        _lacking(exchange, words),
        _nearest(exchange, words, today=today),
    )
    return Markup('<div class="answer {}">{}</div>').format(exchange.status, NOTHING.join(parts))


def sources(exchange: Exchange, words: Wording, *, today: date) -> Markup:
    """What the answer cites, as the items of a list."""
    return cards(exchange.citations, words, today=today)


def limits(as_of: date | None, publishers: Sequence[str], words: Wording) -> Markup:
    """The limits that a question was asked within, if there are any."""
    told = limits_told(as_of, publishers, words)
    chips = NOTHING.join(Markup("<li>{}</li>").format(each) for each in told)
    return Markup('<ul class="limits">{}</ul>').format(chips) if told else NOTHING


def limits_told(as_of: date | None, publishers: Sequence[str], words: Wording) -> list[str]:
    """The same in words, a line for each."""
    told = [words("ask.limit_as_of", day=words.day(as_of))] if as_of else []
    if publishers:
        told.append(words("ask.limit_publishers", names=", ".join(map(line, publishers))))
    return told


def _verdict(exchange: Exchange, words: Wording) -> Markup:
    """How far the answer goes, in words."""
    count = len(exchange.citations)
    told = Markup('<p class="verdict">{}</p>').format(words(f"ask.{exchange.status}", count=count))
    if words.language == ENGLISH:
        return told
    return told + Markup('<p class="hint">{}</p>').format(words("ask.other_language"))


def _claims(exchange: Exchange, sources: Mapping[int, Source], words: Wording) -> Markup:
    claims = exchange.claims
    if exchange.kind is Kind.CHANGE and len(claims) > 1:
        return timeline(claims, sources, words)
    rivals = {claim.relation for claim in claims} & _RIVALS
    prose = [claim for claim in claims if claim.relation is not Relation.SUPERSEDED]
    told = NOTHING.join(_sentence(claim, sources, words) for claim in prose)
    return told + table(claims, sources, words) if rivals else told


def _sentence(claim: Told, sources: Mapping[int, Source], words: Wording) -> Markup:
    notes = []
    if claim.as_of:
        notes.append(words.day(claim.as_of))
    if claim.independent_articles > 1:
        notes.append(words("ask.say_so", count=claim.independent_articles))
    note = Markup('<span class="note">{}</span>').format(" · ".join(notes)) if notes else NOTHING
    text = said_in(language_of(claim.cites, sources), line(claim.text), words)
    return Markup('<p class="claim">{} <span class="cited">{} {}</span></p>').format(
        text, markers(claim.cites, sources, words), note
    )


def _lacking(exchange: Exchange, words: Wording) -> Markup:
    """What is left unsaid: in the words of the page, and in those of the library."""
    if not exchange.lacking:
        return NOTHING
    parts = [said_by_the_library(line(exchange.lacking), words)]
    if own := _own_words(exchange, words):
        parts.insert(0, Markup("<strong>{}</strong>").format(own))
    return Markup('<p class="lacking">{}</p>').format(Markup(" ").join(parts))


def _own_words(exchange: Exchange, words: Wording) -> str:
    """What the page itself says of that; nothing where the library says the same."""
    if exchange.status is Status.PARTIAL:
        return words("ask.unanswered")
    if exchange.status is Status.SUPPORTED or words.language == ENGLISH:
        return ""
    return words("ask.do_not_answer" if exchange.nearest else "ask.none_bears")


def _nearest(exchange: Exchange, words: Wording, *, today: date) -> Markup:
    if not exchange.nearest:
        return NOTHING
    told = cards(exchange.nearest, words, today=today)
    return _NEAREST.format(heading=words("ask.nearest"), cards=told)
