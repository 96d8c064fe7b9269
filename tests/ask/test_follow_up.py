"""What a question takes from the turns before it. The conversations are about invented news."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mssqa.ask.follow_up import stand_alone
from mssqa.ports import Parser
from mssqa.text import fold, words
from mssqa.types import Turn

pytestmark = pytest.mark.model

DATA = Path(__file__).parents[1] / "data"
TURNS = [json.loads(line) for line in (DATA / "conversations.jsonl").read_text().splitlines()]
SIGNED = Turn(question="Who signed the fishing treaty?", answer="Norway and Iceland did.")


def history_of(turn: dict[str, Any]) -> list[Turn]:
    return [Turn(**earlier) for earlier in turn["history"]]


NOT_YET = pytest.mark.xfail(strict=True, reason="known to fail")


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(turn, id=turn["id"], marks=[NOT_YET] if "not_yet" in turn else [])
        for turn in TURNS
        if "says" in turn
    ],
)
def test_a_follow_up_names_what_it_means(turn: dict[str, Any], parser: Parser) -> None:
    text = stand_alone(turn["question"], history_of(turn), parser)
    assert [name for name in turn["says"] if fold(name) not in fold(text)] == []
    assert [word for word in turn["gone"] if f" {word} " in f" {' '.join(words(text))} "] == []


@pytest.mark.parametrize("turn", [t for t in TURNS if "unchanged" in t], ids=lambda t: t["id"])
def test_a_question_of_its_own_is_left_alone(turn: dict[str, Any], parser: Parser) -> None:
    assert stand_alone(turn["question"], history_of(turn), parser) == turn["question"]


def test_without_earlier_turns_nothing_is_added(parser: Parser) -> None:
    assert stand_alone("When did they sign it?", [], parser) == "When did they sign it?"


def test_a_question_in_another_language_is_left_alone(parser: Parser) -> None:
    question = "¿Cuándo firmaron Noruega e Islandia el tratado?"
    assert stand_alone(question, [SIGNED], parser) == question


def test_a_pronoun_means_a_name_of_its_own_question_before_an_earlier_one(parser: Parser) -> None:
    history = [Turn(question="Who is Ilse Brandt?", answer="The mayor of Port Calder.")]
    question = "What did Marta Liepa say about her own party?"
    assert stand_alone(question, history, parser) == question


def test_an_empty_it_means_nothing(parser: Parser) -> None:
    question = "Is it true that Oslo is the capital of Norway?"
    assert stand_alone(question, [SIGNED], parser) == question


def test_she_is_the_one_who_was_called_she_before(parser: Parser) -> None:
    history = [
        Turn(question="Who is the mayor of Brill?", answer="Robin Ashby."),
        Turn(question="When was she elected?", answer="In 2029."),
        Turn(question="Who ran against her?", answer="Kim Dalton, a baker."),
    ]
    assert stand_alone("Where was she born?", history, parser) == "Where was Robin Ashby born?"


LEAGUE = Turn(question="Who won the women's league final?", answer="Arvid Rovers beat Lerma City.")
SCORED = Turn(question="Who scored?", answer="Noor Haddad scored twice.")


def test_a_noun_of_an_earlier_question_brings_that_question_back(parser: Parser) -> None:
    text = stand_alone("And the men's final?", [LEAGUE, SCORED], parser)
    assert text == "Who won the men's final?"


def test_what_was_put_in_front_of_a_question_stays_in_front_when_it_is_asked_again(
    parser: Parser,
) -> None:
    text = stand_alone("For which team?", [LEAGUE, SCORED], parser)
    assert "league final" in text


def test_a_name_after_in_is_not_it(parser: Parser) -> None:
    history = [Turn(question="Who built the new library in Brevik?", answer="Aune built it.")]
    assert stand_alone("When will it open?", history, parser) == "When will the new library open?"


@pytest.mark.parametrize(
    ("asked", "answer", "question", "text"),
    [
        (
            "In what part of Nairobi did the march begin?",
            "In Kibera.",
            "And in Mombasa?",
            "In what part of Mombasa did the march begin?",
        ),
        (
            "In Oslo's telling, who started the fire?",
            "The rebels.",
            "What about Tolmin?",
            "In Tolmin's telling, who started the fire?",
        ),
        (
            "In 2023, how many boats sank off Brill?",
            "Forty.",
            "And in 2024?",
            "In 2024, how many boats sank off Brill?",
        ),
        (
            "In Brill, how many mayors were shot in 2024?",
            "Twelve.",
            "In 2023?",
            "In Brill, how many mayors were shot in 2023?",
        ),
        (
            "Who built the Ostra dam?",
            "Norvik built it.",
            "In which year?",
            "In which year did Norvik build the Ostra dam?",
        ),
        (
            "Who built the Ostra dam?",
            "Norvik built it.",
            "In Oslo's view, is it safe?",
            "In Oslo's view, is the Ostra dam safe?",
        ),
    ],
)
def test_a_question_that_opens_with_in_is_taken_over_with_its_opening(
    asked: str, answer: str, question: str, text: str, parser: Parser
) -> None:
    assert stand_alone(question, [Turn(question=asked, answer=answer)], parser) == text


def test_a_capital_that_only_opens_a_sentence_is_left_behind(parser: Parser) -> None:
    history = [Turn(question="How many boats sank off Brill?", answer="Forty boats sank.")]
    assert stand_alone("Who raised them?", history, parser) == "Who raised the forty boats?"


TEXTS = st.text(max_size=80)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=TEXTS, earlier=TEXTS, answer=TEXTS)
def test_any_texts_can_be_a_conversation(
    question: str, earlier: str, answer: str, parser: Parser
) -> None:
    text = stand_alone(question, [Turn(question=earlier, answer=answer)], parser)
    assert text.isspace() == question.isspace() or question == ""
