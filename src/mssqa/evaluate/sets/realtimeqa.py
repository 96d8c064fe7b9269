"""RealTimeQA: dated quizzes on the news, each answered from its own search results.

Each question gets an index of its own pages and is asked as of the day of the quiz. The options
are scored by the evidence alone. With four options one has to be chosen: the one that the answer
bears out best. Where it bears out none, or two alike, everything that the product found counts: the
spans that its reader finds in the hits, and at last likeness of meaning. With "none of the above"
among them only the answer counts: an option that it does not bear out is not chosen, and a declined
question has none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mssqa.evaluate.figures import Figure
from mssqa.evaluate.sets.options import (
    ALL,
    BORNE,
    NONE,
    Piece,
    asks_for_the_odd_one,
    bearing,
    distinct,
    is_long,
    scores,
)
from mssqa.evaluate.sets.rows import Row, sample
from mssqa.evaluate.sets.tools import Page, Tools, asked, day
from mssqa.evaluate.shares import mean
from mssqa.types import Answer, Claim, Evidence, Hit, Status

SENTENCE = 0.6  # weight of a sentence beside that of the short answer within it
READ = 0.5  # weight of what was read but not answered
LIKENESS = 0.05  # weight of likeness in meaning: it decides between options that tie
PRESENT = 0.1  # weight of a passage as a whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Quizzed:
    """How one question fared."""

    in_pages: bool
    chosen: bool  # the right one of four options
    none_right: bool | None  # whether "none of the above" is right; None without that form
    none_chosen: bool
    none_form: bool  # the right one where "none of the above" is among them
    declined: bool


def measure(rows: Iterable[Row], tools: Tools, *, most: int) -> tuple[Figure, ...]:
    """Both forms, over all questions and where the answer stands in the pages."""
    done = [_quizzed(row, tools) for row in tools.follow("realtimeqa", sample(rows, most))]
    inside = [one for one in done if one.in_pages]
    formed = [one for one in done if one.none_right is not None]
    without = [one for one in formed if one.none_right]
    within = [one for one in without if one.in_pages]
    present = [one for one in formed if not one.none_right and one.in_pages]
    return (
        _figure("right option, answer in pages", [o.chosen for o in inside], target="≥ .75"),
        _figure("right option, all", [one.chosen for one in done]),
        _figure(
            "none of the above recognised", [one.none_chosen for one in without], target="≥ .50"
        ),
        _figure("the same, answer in pages", [one.none_chosen for one in within]),
        _figure("right option beside none of the above, in pages", [o.none_form for o in present]),
        _figure("none-of-the-above form right, all", [one.none_form for one in formed]),
        _figure("declined, answer in pages", [one.declined for one in inside]),
        _figure("declined, answer not in pages", [o.declined for o in done if not o.in_pages]),
    )


def _figure(what: str, values: Sequence[bool], *, target: str = "") -> Figure:
    return Figure(what=what, value=mean(values), questions=len(values), target=target)


def _quizzed(row: Row, tools: Tools) -> Quizzed:
    question = row["question"]
    pages = [
        Page(text=one["text"], title=one["title"] or "", published=day(one["published"]))
        for one in row["pages"]
    ]
    answer, hits = asked(question, pages, tools, as_of=day(row["date"]), search=True)
    right, listed = str(row.get("nota_answer")).casefold(), row.get("nota_choices")
    stated = choose(question, row["choices"], answer, hits, tools)
    careful = choose_or_none(question, listed, answer).casefold() if listed else NONE
    return Quizzed(
        in_pages=row["answer_in_pages"],
        chosen=stated == row["answer"],
        none_right=right == NONE if listed else None,
        none_chosen=careful == NONE,
        none_form=careful == right,
        declined=answer.status is Status.DECLINED,
    )


def choose(
    question: str, options: Sequence[str], answer: Answer, hits: Sequence[Hit], tools: Tools
) -> str:
    """The option that the evidence bears out best; the least where the odd one is sought."""
    passages = [hit.passage.text for hit in hits]
    if asks_for_the_odd_one(question):
        there = scores(question, options, [Piece(text, 1.0) for text in passages])
        near = _likeness(question, options, passages, tools)
        return _best(options, [-score for score in there], [-one for one in near])
    said = scores(question, options, _answered(answer))
    everything = [option for option in options if option.casefold() == ALL]
    if everything and sum(score >= BORNE * max(said) > 0 for score in said) > 1:
        return everything[0]
    if max(said) > 0 and said.count(max(said)) == 1:
        return options[said.index(max(said))]
    found = scores(question, options, [*_answered(answer), *_read(question, passages, tools)])
    return _best(options, found, _likeness(question, options, passages, tools))


def _best(options: Sequence[str], borne: Sequence[float], near: Sequence[float]) -> str:
    ranked = [score + LIKENESS * like for score, like in zip(borne, near, strict=True)]
    return options[ranked.index(max(ranked))]


def choose_or_none(question: str, options: Sequence[str], answer: Answer) -> str:
    """The option that the answer bears out, else that there is none.

    Claims count that are at least half as well supported as the best. The short answer within a
    claim decides; where it bears no option, its sentence does if it bears exactly one.
    """
    named = [option for option in options if option.casefold() != NONE]
    terms = distinct(question, named)
    best = max((claim.support for claim in answer.claims), default=0.0)
    for claim in answer.claims:
        if claim.support < best / 2:
            continue
        for text, alone in _texts(claim, answer, long=any(map(is_long, named))):
            shares = [bearing(one, text) for one in terms]
            borne = [place for place, share in enumerate(shares) if share >= BORNE]
            if borne and (not alone or len(borne) == 1):
                return named[shares.index(max(shares))]
    return next(option for option in options if option.casefold() == NONE)


def _texts(claim: Claim, answer: Answer, *, long: bool) -> Iterator[tuple[str, bool]]:
    """(what to look for options in, whether it has to bear exactly one), the surest first."""
    quotes = [piece.quote for piece in answer.citations if piece.number in claim.cites]
    if claim.value:
        yield claim.value, False
    yield " ".join((claim.text, *quotes)), not long


def _answered(answer: Answer) -> Iterator[Piece]:
    """What the product says, or would look at if it declines."""
    for claim in answer.claims:
        if claim.value:
            yield Piece(claim.value, claim.support)
        yield Piece(claim.text, SENTENCE * claim.support)
    for piece in (*answer.citations, *answer.nearest):
        yield from _quoted(piece)


def _quoted(piece: Evidence) -> Iterator[Piece]:
    if piece.value:
        yield Piece(piece.value, piece.support)
    yield Piece(piece.quote, SENTENCE * piece.support)


def _read(question: str, passages: Sequence[str], tools: Tools) -> Iterator[Piece]:
    """Every span that the reader finds, the words around it, and the passages themselves."""
    for text, readings in zip(passages, tools.models.reader.read(question, passages), strict=True):
        for reading in readings:
            yield Piece(text[slice(*reading.span)], READ * reading.support)
        best = max((reading.support for reading in readings), default=0.0)
        yield Piece(text, PRESENT * best)


def _likeness(
    question: str, options: Sequence[str], passages: Sequence[str], tools: Tools
) -> list[float]:
    """How near the nearest passage is to the question with each option."""
    if not passages:
        return [0.0] * len(options)
    said = [f"{question} {option}" for option in options]
    vectors = tools.models.embedder.encode([*said, *passages])
    near: list[float] = (vectors[: len(said)] @ vectors[len(said) :].T).max(axis=1).tolist()
    return near
