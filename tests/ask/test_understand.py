"""What counts as a question, and what of an earlier turn it takes along."""

from datetime import date
from typing import Any

import pytest
from doubles import FakeParser
from hypothesis import given
from hypothesis import strategies as st

from mssqa.ask.understand import understand
from mssqa.errors import QuestionError
from mssqa.types import Interval, Kind, Order, Query, Turn, Wants

SIGNED = Turn(question="Who signed the  fishing treaty?", answer="Norway and Iceland did.")
TODAY = date(2025, 6, 1)


def query(question: str, **limits: Any) -> Query:
    return understand(question, today=TODAY, parser=FakeParser(), **limits)


def test_a_question_becomes_a_query_with_its_limits() -> None:
    window = Interval(start=date(2024, 1, 1))
    assert query(
        " Who\n won? ", as_of=date(2025, 1, 31), publishers=["The Post"], window=window
    ) == Query(
        question=" Who\n won? ",
        text="Who won?",
        wants=Wants.PERSON,
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
        query(question)
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
    assert query(question).text == question


def test_a_date_in_the_question_limits_what_may_be_used() -> None:
    assert query("What was the toll as of March 2025?").as_of == date(2025, 3, 31)


def test_a_later_date_in_the_question_does_not_widen_the_limit_given() -> None:
    limit = date(2025, 1, 31)
    assert query("What was the toll as of March 2025?", as_of=limit).as_of == limit


def test_an_earlier_date_in_the_question_narrows_the_limit_given() -> None:
    asked = query("What was the toll as of January 2025?", as_of=date(2025, 3, 31))
    assert asked.as_of == date(2025, 1, 31)


def test_the_days_asked_about_are_no_limit_on_publication() -> None:
    asked = query("Which storms struck in June 2024?")
    assert asked.about == Interval(start=date(2024, 6, 1), end=date(2024, 6, 30))
    assert not asked.limits_dates


def test_the_newest_state_and_a_change_are_asked_for() -> None:
    assert query("What is the latest toll?").order is Order.LATEST
    assert query("How has the toll changed since March?").kind is Kind.CHANGE


@given(st.text())
def test_any_text_is_a_query_or_a_question_error(question: str) -> None:
    try:
        asked = query(question, history=[SIGNED])
    except QuestionError:
        return
    assert asked.question == question
    assert any(letter.isalnum() for letter in asked.text)


@given(st.text(min_size=1))
def test_without_earlier_turns_nothing_is_changed_but_blanks(question: str) -> None:
    try:
        asked = query(question)
    except QuestionError:
        return
    assert asked.text == " ".join(question.split())
