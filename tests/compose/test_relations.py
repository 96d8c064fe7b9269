"""How two statements stand to each other."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mssqa.compose.relations import are_namesakes, relate
from mssqa.compose.statements import Statement, statements
from mssqa.models import load_parser
from mssqa.ports import Parser
from mssqa.types import Article, Evidence, Passage, Query, Relation, Span, Wants

PAIRS = Path(__file__).parent.parent / "data" / "pairs.jsonl"

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


def piece(text: str, value: str, published: str | None = None) -> Evidence:
    day = date.fromisoformat(published) if published else None
    article = Article(path="a.md", title="A", text=text, published=day)
    start = text.index(value)
    return Evidence(
        number=1,
        passage=Passage(article=article, ordinal=0, start=0, end=len(text)),
        sentence=Span(0, len(text)),
        answer=Span(start, start + len(value)),
        support=0.9,
    )


def told(
    parser: Parser, question: str, *pieces: Evidence, wants: Wants = Wants.NUMBER
) -> tuple[Statement, ...]:
    return statements(Query(question=question, text=question, wants=wants), pieces, parser)


def test_the_order_of_two_statements_makes_no_difference(parser: Parser) -> None:
    for line in PAIRS.read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        pieces = [
            piece(row[one]["text"], row[one]["value"], row[one].get("published"))
            for one in ("first", "second")
        ]
        first, second = told(parser, row["question"], *pieces, wants=Wants.ANY)
        assert relate(first, second) is relate(second, first), row["id"]


def test_a_figure_has_the_noun_it_counts_and_what_was_done(parser: Parser) -> None:
    quote = piece("Peru plans to send 300 more nurses to Quito.", "300")
    (one,) = told(parser, "How many nurses?", quote)
    assert one.counted == "nurse"
    assert one.acts == {("move", "send")}
    assert one.planned
    assert one.share == "further"
    assert one.actors == {"peru"}


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        (("The fire killed 12.", "12"), ("The fire injured 12.", "12"), "different"),
        (("The fire killed 12 people.", "12"), ("It killed a dozen people.", "dozen"), "different"),
        (("The fire killed 12 people.", "12"), ("The fire killed 12.", "12"), "agrees"),
        (("The fire killed 12 people.", "12"), ("The fire killed 15 people.", "15"), "disagrees"),
        (
            ("The fire killed 12 people.", "12", "2024-01-02"),
            ("The fire killed 15 people.", "15", "2024-01-04"),
            "superseded",
        ),
        (
            ("In 2021 the fire killed 12 people.", "12"),
            ("In 2023 the fire killed 15 people.", "15"),
            "different",
        ),
    ],
)
def test_figures_are_compared_only_if_they_measure_the_same(
    parser: Parser, first: tuple[str, ...], second: tuple[str, ...], relation: str
) -> None:
    one, other = told(parser, "How many people did it kill?", piece(*first), piece(*second))
    assert relate(one, other) is Relation(relation)


FARE = "What is the fare on the tram?"


@pytest.mark.parametrize(
    ("question", "first", "second", "relation"),
    [
        (FARE, ("The fare rose from 40 to 45.", "40 to 45"), ("The fare is 45.", "45"), "agrees"),
        (FARE, ("The fare rose to 45 from 40.", "45"), ("The fare is 45.", "45"), "agrees"),
        (
            FARE,
            ("The fare fell from 45 to 20.", "45 to 20"),
            ("The fare is 45.", "45"),
            "disagrees",
        ),
        (FARE, ("For pupils the fare is 45.", "45"), ("The fare is 45.", "45"), "different"),
        (FARE, ("The fare rose by 45.", "45"), ("The fare is 45.", "45"), "different"),
        (
            "How many beds has it?",
            ("It has a target of 300 beds.", "300"),
            ("It has 300 beds.", "300"),
            "different",
        ),
        (
            "How many people did the storm kill?",
            ("The storm killed 12 people.", "12"),
            ("The storm drove 900 people up the hill.", "900"),
            "different",
        ),
    ],
)
def test_a_figure_is_of_those_it_counts_as_things_stand_now(
    parser: Parser,
    question: str,
    first: tuple[str, ...],
    second: tuple[str, ...],
    relation: str,
) -> None:
    one, other = told(parser, question, piece(*first), piece(*second))
    assert relate(one, other) is Relation(relation)


def test_namesakes_are_told_apart_by_what_the_passage_says_of_them(parser: Parser) -> None:
    town = "Hollin is a town in Iowa. The population was 8,615 in 2010."
    quote = "The population was 8,615 in 2010."
    first = piece("Hollin, a farming village in Marsh, had a population of 1,240.", "1,240")
    article = Article(path="b.md", title="B", text=town)
    start = town.index(quote)
    second = Evidence(
        number=2,
        passage=Passage(article=article, ordinal=0, start=0, end=len(town)),
        sentence=Span(start, len(town)),
        answer=Span(town.index("8,615"), town.index("8,615") + 5),
        support=0.9,
    )
    one, other = told(parser, "What is the population of Hollin?", first, second)
    assert are_namesakes(one, other)
    assert relate(one, other) is Relation.DIFFERENT
