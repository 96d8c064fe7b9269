"""Which questions are several in one."""

import pytest

from mssqa.ask.parts import parts
from mssqa.ports import Parser
from mssqa.types import Kind, Query, Wants

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("question", "each"),
    [
        (
            "On what date did the council approve the treaty, and under which resolution number?",
            [
                "On what date did the council approve the treaty?",
                "Under which resolution number did the council approve the treaty?",
            ],
        ),
        (
            "Who signed the deal and when?",
            ["Who signed the deal?", "When did someone sign the deal?"],
        ),
        (
            "When and where was the accord signed?",
            ["When was the accord signed?", "Where was the accord signed?"],
        ),
        (
            "How did the ship sink, and when did the crew leave it?",
            ["How did the ship sink?", "When did the crew leave the ship?"],
        ),
        (
            "How many nurses did Norway send and how many did Iceland send?",
            ["How many nurses did Norway send?", "How many nurses did Iceland send?"],
        ),
        (
            "Who owns the mine and how much is it worth?",
            ["Who owns the mine?", "How much is the mine worth?"],
        ),
    ],
)
def test_a_compound_question_becomes_questions_that_stand_alone(
    question: str, each: list[str], parser: Parser
) -> None:
    assert [part.text for part in parts(Query(question=question, text=question), parser)] == each


@pytest.mark.parametrize(
    "question",
    [
        "Did Norway and Iceland sign the treaty?",
        "Who won the race and set a record?",
        "What did the mayor say when he met the crew and who else was there?",
        "Which minister resigned and who replaced her?",
        "What happened in Oslo and Bergen in May?",
        "What did the mayor say about who paid and who left?",
        "Which countries joined Norway and when did they send nurses?",
        "By how much did the price rise and fall?",
        "mission strength and cost",
        "and when?",
        "who and and when and",
    ],
)
def test_other_questions_stay_whole(question: str, parser: Parser) -> None:
    query = Query(question=question, text=question)
    assert parts(query, parser) == (query,)


def test_each_part_wants_its_own_sort_of_answer(parser: Parser) -> None:
    question = "Who owns the mine and why did the miners strike?"
    query = Query(question=question, text=question, wants=Wants.PERSON, publishers=("The Post",))
    assert parts(query, parser) == (
        Query(
            question=question,
            text="Who owns the mine?",
            wants=Wants.PERSON,
            publishers=("The Post",),
        ),
        Query(
            question=question,
            text="Why did the miners strike?",
            kind=Kind.REASON,
            wants=Wants.REASON,
            publishers=("The Post",),
        ),
    )


def test_a_part_is_of_the_kind_that_it_is_by_itself(parser: Parser) -> None:
    text = "How has the fleet grown, and who commands it?"
    found = parts(Query(question=text, text=text, kind=Kind.CHANGE), parser)
    assert [(part.text, part.kind) for part in found] == [
        ("How has the fleet grown?", Kind.CHANGE),
        ("Who commands the fleet?", Kind.FACT),
    ]
