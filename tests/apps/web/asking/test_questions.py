"""Questions made from the grammar of a sentence, with the real parser."""

import pytest

from mssqa.apps.web.asking.questions import questions
from mssqa.grammar import Parse
from mssqa.models import load_parser
from mssqa.ports import Parser


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


def made(parser: Parser, sentence: str) -> list[str]:
    (parse,) = parser.parse([sentence])
    return list(questions(parse))


def test_of_nothing_nothing_is_asked() -> None:
    assert list(questions(Parse(text=""))) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "Its 800 officers have been deployed since June 2024, and more will follow.",
            "How many officers have been deployed since June 2024?",
        ),
        (
            "Forty ferries sail from Calder each day, the harbour office said.",
            "How many ferries sail from Calder each day?",
        ),
        (
            "Ingrid Solberg, the harbour master, told the United Nations that it was late.",
            "What did Ingrid Solberg tell the United Nations?",
        ),
        ("Maria Ortiz, the mayor of Calder, opened the hall.", "Who is Maria Ortiz?"),
        (
            "Thomas Weil said that Norway needed a second harbour.",
            "What did Thomas Weil say about Norway?",
        ),
    ],
)
def test_a_question_keeps_the_words_of_its_sentence(
    parser: Parser, sentence: str, asked: str
) -> None:
    assert asked in made(parser, sentence)


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    [
        "He said so yesterday.",
        "Nobody knows why.",
        "<script>alert(1)</script> [x](javascript:alert(1)) 5 things {{value}} happened.",
        "12 of them have seen it since.",
    ],
)
def test_what_nobody_would_understand_is_not_asked(parser: Parser, sentence: str) -> None:
    assert made(parser, sentence) == []
