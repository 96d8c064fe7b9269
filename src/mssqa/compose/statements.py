"""A piece of evidence taken apart: its value, and what grammar tells of the thing it measures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mssqa.compose.acts import acts_of
from mssqa.compose.amounts import Amount, find_amounts
from mssqa.compose.asked import content, is_on_point, share_asked, words_of
from mssqa.compose.clauses import (
    actors,
    descriptions,
    governing,
    groups,
    is_planned,
    noun_counted,
    places,
    share_of,
    verb_over,
)
from mssqa.grammar import Parse
from mssqa.ports import Parser
from mssqa.text import fold, sentence_spans, words
from mssqa.types import Evidence, Interval, Query, Span, Wants
from mssqa.when import days_of, find_dates, when_told

FIGURES = frozenset({Wants.NUMBER, Wants.MONEY, Wants.PERCENT, Wants.DURATION})
_AS_THINGS_STAND = ("as of", "so far", "by ", "now ", "currently", "since ", "to date", "already")
_LASTING = frozenset({"be", "have", "stand", "serve", "remain", "cost", "rise", "reach", "pay"})
_PRESENT = frozenset({"is", "are", "has", "have", "do", "does", "'s"})
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one piece of evidence says, ready to be compared. Words are lemmas, folded."""

    piece: Evidence
    value: str  # as quoted; the whole sentence if no span is known
    amount: Amount | None  # if the value is a figure
    days: Interval | None  # if the value is a date
    is_name: bool  # the value is a proper name, or several
    counted: str | None  # the noun that a figure counts: "officer"
    acts: frozenset[tuple[str, str]]
    acts_asked: frozenset[tuple[str, str]]  # those that the question names
    planned: bool  # only intended, promised or expected
    share: str | None  # why a figure is no total: "part", "further", "third", "step"
    groups: frozenset[str]  # the people that a figure is limited to: "for pupils"
    actors: frozenset[str]  # names that do what is told
    places: frozenset[str]  # names after "in", "at", "from"
    described: frozenset[str]  # words that tell a person or place from its namesakes
    asked_of: frozenset[str]  # the names in the question
    told: tuple[Interval, ...]  # the days that the sentence tells of, other than its value
    lasting: bool  # how things stand, rather than what once happened
    verb: str | None  # the nearest verb over the value
    topics: frozenset[str]  # its content words without the value's
    gist: frozenset[str]  # the value's content words that the question has not
    words: frozenset[str]  # all its content words
    asked: float  # 0 to 1: the share of the question's content words that it has
    reason: bool  # the value is a clause that gives one reason, perhaps of several
    on_point: bool  # has what the question asks about in the first place: its verb, or its noun
    when: date | None  # the day by which it is ordered in time

    @property
    def published(self) -> date | None:
        """The day of its article."""
        return self.piece.passage.article.published


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A quote, its grammar, and the answer's place in it."""

    piece: Evidence
    parse: Parse
    answer: Span

    @property
    def inside(self) -> frozenset[int]:
        return frozenset(self.parse.within(self.answer))


def statements(query: Query, evidence: Sequence[Evidence], parser: Parser) -> tuple[Statement, ...]:
    """One for each piece of evidence, in order."""
    question, *parses = parser.parse([query.text, *(piece.quote for piece in evidence)])
    names = frozenset(
        fold(question.word(n)) for n, token in enumerate(question.tokens) if token.tag == "PROPN"
    )
    asked = _Question(query, question, names)
    told = [_Sentence(p, parse, answer_in(p)) for p, parse in zip(evidence, parses, strict=True)]
    openings = parser.parse([_introduction(piece, names) for piece in evidence])
    return tuple(
        _statement(asked, one, opening) for one, opening in zip(told, openings, strict=True)
    )


def _introduction(piece: Evidence, names: frozenset[str]) -> str:
    """The first sentence of the passage, other than the quote, that has one of the names."""
    text = piece.passage.text
    for span in sentence_spans(text, language=piece.passage.article.language):
        sentence = text[slice(*span)]
        if sentence != piece.quote and not names.isdisjoint(words(sentence)):
            return sentence
    return ""


@dataclass(frozen=True, slots=True)
class _Question:
    query: Query
    parse: Parse
    names: frozenset[str]


def answer_in(piece: Evidence) -> Span:
    """Where the answer stands in the quote; all of it if no span is known."""
    if piece.answer is None:
        return Span(0, len(piece.quote))
    start = piece.sentence.start
    return Span(piece.answer.start - start, piece.answer.end - start)


def _statement(asked: _Question, one: _Sentence, opening: Parse) -> Statement:
    query, parse = asked.query, one.parse
    value = parse.text[slice(*one.answer)]
    published = one.piece.passage.article.published
    days = _days(query, value, published)
    amount = None if days else _amount(query, one)
    head = parse.head_of(one.answer)
    focus = _focus(one, amount)
    verb = verb_over(parse, focus)
    topics = _topics(one)
    named = asked.names & {*words(one.piece.passage.text), *words(one.piece.passage.article.title)}
    said_of = (descriptions(sentence, asked.names) for sentence in (parse, opening))
    return Statement(
        piece=one.piece,
        value=value,
        amount=amount,
        days=days,
        is_name=head is not None and parse.tokens[head].tag == "PROPN",
        counted=noun_counted(parse, focus) if amount else None,
        acts=acts_of(governing(parse, focus, verb)),
        acts_asked=acts_of(content(asked.parse)),
        planned=is_planned(parse, focus, verb),
        share=share_of(parse, focus) if amount else None,
        groups=frozenset(groups(parse, focus, verb) if amount else ()),
        actors=frozenset(actors(parse, verb, one.inside)),
        places=frozenset(places(parse, one.inside)),
        described=frozenset(word for words_said in said_of for word in words_said),
        asked_of=asked.names,
        told=() if days else _told(query, one),
        lasting=_is_lasting(parse, asked.parse, verb),
        verb=None if verb is None else parse.tokens[verb].lemma,
        topics=topics,
        gist=frozenset(words_of(parse, one.inside)) - content(asked.parse),
        words=content(parse),
        asked=share_asked(asked.parse, topics | named),
        reason=query.wants is Wants.REASON and head is not None and _is_verb(parse, head),
        on_point=is_on_point(asked.parse, topics),
        when=when_told(parse.text, published=published),
    )


def _is_verb(parse: Parse, index: int) -> bool:
    return parse.tokens[index].tag in {"VERB", "AUX"}


def _days(query: Query, value: str, published: date | None) -> Interval | None:
    """The days that a value means if it is a date."""
    if query.wants not in {Wants.DATE, Wants.ANY}:
        return None
    if query.wants is Wants.ANY and not _is_mostly_date(value):
        return None
    stated = f"in {value}" if _YEAR.fullmatch(value.strip()) else value
    return next(iter(days_of(stated, published=published)), None)


def _is_mostly_date(value: str) -> bool:
    return any(len(value) <= 2 * (d.span.end - d.span.start) for d in find_dates(value))


def _amount(query: Query, one: _Sentence) -> Amount | None:
    """The first figure of the value that holds, if a figure is what it is; a past one alone."""
    start, end = one.answer
    found = [a for a in find_amounts(one.parse.text) if start < a.span.end and a.span.start < end]
    amount = next((a for a in found if not a.past), next(iter(found), None))
    if amount is None or query.wants in FIGURES:
        return amount
    opens = found[0].span.start - start <= len("upwards of about ")
    return amount if query.wants is Wants.ANY and opens else None


def _focus(one: _Sentence, amount: Amount | None) -> int | None:
    """The token that the value hangs from; of a figure, its number."""
    span = amount.span if amount else one.answer
    return one.parse.head_of(Span(max(0, span.start), max(span.end, span.start + 1)))


def _told(query: Query, one: _Sentence) -> tuple[Interval, ...]:
    """The days told of outside the value, and years that the question names: "flood of 1978"."""
    text, (start, end) = one.parse.text, one.answer
    outside = text if end - start == len(text) else f"{text[:start]}…{text[end:]}"
    shared = set(_YEAR.findall(query.text)) & set(_YEAR.findall(outside))
    years = (Interval(start=date(int(y), 1, 1), end=date(int(y), 12, 31)) for y in sorted(shared))
    return (*days_of(outside, published=one.piece.passage.article.published), *years)


def _is_lasting(parse: Parse, question: Parse, verb: int | None) -> bool:
    """Whether it says how things stand, or the question is in the present: "who chairs it?"."""
    roots = [n for n, token in enumerate(question.tokens) if token.head == n]
    helpers = (c for n in roots for c in (n, *question.children(n)))
    if any(_is_present(question, n) for n in helpers):
        return True
    if any(phrase in parse.text.lower() for phrase in _AS_THINGS_STAND):
        return True
    return verb is not None and parse.tokens[verb].lemma in _LASTING


def _is_present(parse: Parse, index: int) -> bool:
    word, token = parse.word(index).lower(), parse.tokens[index]
    third_person = token.tag == "VERB" and word == f"{token.lemma}s"
    return word in _PRESENT or third_person


def _topics(one: _Sentence) -> frozenset[str]:
    inside = one.inside if one.piece.answer else frozenset[int]()
    outside = (n for n in range(len(one.parse.tokens)) if n not in inside)
    return frozenset(words_of(one.parse, outside))
