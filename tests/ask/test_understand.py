"""What counts as a question, and what of an earlier turn it takes along."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mssqa.ask.understand import understand
from mssqa.errors import QuestionError
from mssqa.types import Interval, Query, Turn

SIGNED = Turn(question="Who signed the  fishing treaty?", answer="Norway and Iceland did.")


def test_a_question_becomes_a_query_with_its_limits() -> None:
    window = Interval(start=date(2024, 1, 1))
    assert understand(
        " Who\n won? ", as_of=date(2025, 1, 31), publishers=["The Post"], window=window
    ) == Query(
        question=" Who\n won? ",
        text="Who won?",
        as_of=date(2025, 1, 31),
        publishers=("The Post",),
        window=window,
    )


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "the question is empty"),
        (" \n\t ", "the question is empty"),
        ("x" * 2_001, "the question has 2,001 characters"),
        ("???", "the question holds no word"),
        ("…", "the question holds no word"),
        ("🙂🙂", "the question holds no word"),
        ("Who\x00won?", "the question holds control characters: it is not plain text"),
        ("\x1c\x1d", "the question is empty"),
        ("PK\x03\x04", "the question holds control characters: it is not plain text"),
        ("Who \ud83d won?", "the question holds control characters: it is not plain text"),
    ],
)
def test_what_is_no_question_is_refused(question: str, message: str) -> None:
    with pytest.raises(QuestionError) as caught:
        understand(question)
    assert str(caught.value) == message
    assert caught.value.hint == "ask in words, in at most 2,000 characters"


@pytest.mark.parametrize(
    "question",
    [
        "Ki moun ki prezidan Ayiti?",
        "من هو رئيس هايتي؟",
        "¿Quién?",
        "海地总统是谁",
        "1977",
        "x" * 2_000,
    ],
)
def test_a_question_in_any_script_is_taken_as_it_is(question: str) -> None:
    assert understand(question).text == question


@pytest.mark.parametrize(
    "question",
    ["When did they sign it?", "And how long does the treaty run?", "Why?", "When was that?"],
)
def test_a_question_that_leans_on_the_last_turn_takes_its_question_along(question: str) -> None:
    query = understand(question, history=[Turn(question="Older?", answer="Yes."), SIGNED])
    assert query.question == question
    assert query.text == f"Who signed the fishing treaty? {question}"


def test_a_question_with_words_of_its_own_stands_alone() -> None:
    assert understand("Who leads Norway?", history=[SIGNED]).text == "Who leads Norway?"


def test_without_earlier_turns_nothing_is_added() -> None:
    assert understand("When did they sign it?").text == "When did they sign it?"


@given(st.text())
def test_any_text_is_a_query_or_a_question_error(question: str) -> None:
    try:
        query = understand(question, history=[SIGNED])
    except QuestionError:
        return
    assert query.question == question
    assert any(letter.isalnum() for letter in query.text)
