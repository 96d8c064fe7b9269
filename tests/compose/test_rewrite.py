"""A follow-up that a language model writes anew."""

import pytest
from doubles import FakeGenerator

from mssqa.compose.rewrite import rewrite
from mssqa.types import Turn

HISTORY = (
    Turn(
        question="How many officers did Kenya send to Haiti?",
        answer="Kenya sent 1,000 officers in June 2024. [1]",
    ),
)


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("When did they arrive?", "When did Kenya's officers arrive in Haiti?"),
        ("And Chad?", "How many officers did Chad send to Haiti?"),
        ("Did all 400 leave?", "Did all 400 officers leave Haiti?"),
        ("and chad?", "How many officers did Chad send to Haiti?"),
        ("Was it more than a thousand?", "Did Kenya send more than 1,000 officers to Haiti?"),
    ],
)
def test_a_rewrite_that_keeps_names_and_numbers_is_used(question: str, written: str) -> None:
    assert rewrite(question, HISTORY, FakeGenerator(written)) == written


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("And Chad?", "How many officers did Kenya send to Haiti?"),  # a name is lost
        ("and chad?", "How many officers did Kenya send to Haiti?"),
        ("Did all 400 leave?", "Did all officers leave Haiti?"),  # a number is lost
        ("When did they arrive?", "When did Kenya's officers arrive in Port-au-Prince?"),  # new
        ("When did they arrive?", "When did the officers arrive in Haiti in 2023?"),
        ("When did they arrive?", "Ruto sent them. When did they arrive?"),
        ("When did they arrive?", ""),
        ("When did they arrive?", " \n\n "),
        ("When did they arrive?", "When " * 200),
        ("When did they arrive?", "<think>endless " + "thoughts " * 3000),
    ],
)
def test_a_rewrite_that_loses_or_adds_one_is_not(question: str, written: str) -> None:
    assert rewrite(question, HISTORY, FakeGenerator(written)) is None


@pytest.mark.parametrize(
    "written",
    [
        '"When did the officers arrive in Haiti?"\n',
        "Question: When did the officers arrive in Haiti?",
        "<think>\nThey are officers.\n</think>\n\nWhen did the officers arrive in Haiti?",
        "When did the officers arrive in Haiti?\n\nThis question stands alone.",
        "When did the officers\u200b arrive in Haiti?\x00",
    ],
)
def test_what_models_put_around_a_question_is_taken_off(written: str) -> None:
    asked = rewrite("When did they arrive?", HISTORY, FakeGenerator(*written))
    assert asked == "When did the officers arrive in Haiti?"


def test_a_question_without_a_conversation_is_not_rewritten() -> None:
    generator = FakeGenerator("Anything?")
    assert rewrite("When did they arrive?", (), generator) is None
    assert generator.told == []


def test_no_more_is_read_than_a_question_can_be() -> None:
    generator = FakeGenerator(*["word " * 100] * 1000)
    assert rewrite("When did they arrive?", HISTORY, generator) is None
    assert generator.written < 50
