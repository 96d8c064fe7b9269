"""Enumerations are found whole, and counted."""

import pytest

from mssqa.compose.claims import draft
from mssqa.compose.listing import asked_count, count_ordinals, enumeration
from mssqa.models import load_parser
from mssqa.ports import Parser
from mssqa.types import Article, Evidence, Kind, Passage, Query, Span


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "value", "members"),
    [
        ("Chad, Mali, Niger and Togo signed it.", "Mali", ["Chad", "Mali", "Niger", "Togo"]),
        (
            "She had words for all who sent tents, namely Peru, Chile and Cuba, and for Canada.",
            "Peru, Chile and Cuba, and for Canada",
            ["Peru", "Chile", "Cuba"],
        ),
        (
            "It was signed by Ana Ruiz, the Spanish minister, and Lars Dahl, Norway's envoy.",
            "Ana Ruiz",
            ["Ana Ruiz", "Lars Dahl"],
        ),
        (
            "It cited high costs, weak demand and a strike at the port.",
            "high costs",
            ["high costs", "weak demand", "a strike at the port"],
        ),
        ("The rain stopped in Bergen.", "Bergen", ["Bergen"]),
    ],
)
def test_a_value_is_widened_to_the_enumeration_it_stands_in(
    parser: Parser, text: str, value: str, members: list[str]
) -> None:
    (parse,) = parser.parse([text])
    start = text.index(value)
    spans = enumeration(parse, Span(start, start + len(value)))
    assert [text[slice(*span)] for span in spans] == members


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Which three bodies share the task?", (3, "bodies")),
        ("Name all 5 pillars of the plan.", (5, "pillars")),
        ("What two reasons are given?", (2, "reasons")),
        ("What does the five-year accord say?", None),
        ("Which countries joined in 2023?", None),
        ("What were the 12 months like?", None),
        ("List the towns.", None),
    ],
)
def test_a_question_may_say_how_many_it_asks_for(
    question: str, count: tuple[int, str] | None
) -> None:
    assert asked_count(question) == count


def test_what_is_told_one_by_one_is_counted() -> None:
    assert (
        count_ordinals("The first is rice; the second, beans; the last two are oil and tea.") == 4
    )
    assert count_ordinals("The first of them left.") == 0
    assert count_ordinals("Rain fell.") == 0


@pytest.mark.model
def test_a_list_that_another_sentence_of_the_passage_has_whole_is_told_from_there(
    parser: Parser,
) -> None:
    short = "Chad and Mali drew up the plan."
    text = f"{short} It rained. Running it is a joint task of Niger, Chad and Mali."
    article = Article(path="a.md", title="A", text=text)
    piece = Evidence(
        number=1,
        passage=Passage(article=article, ordinal=0, start=0, end=len(text)),
        sentence=Span(0, len(short)),
        answer=Span(0, len("Chad and Mali")),
        support=0.9,
    )
    question = "Which three countries share the task of running the plan?"
    query = Query(question=question, text=question, kind=Kind.LIST)
    (claim,) = draft(query, [piece], parser).claims
    assert claim.text == "Running it is a joint task of Niger, Chad and Mali."
    assert claim.value == "Niger, Chad and Mali"
