"""Questions and their answers are stated; some of what is stated does not follow."""

import random

import pytest

from mssqa.models import load_parser
from mssqa.ports import Parser
from mssqa.types import Span
from training.examples import Example
from training.support import pairs, shortened, stated

pytestmark = pytest.mark.model

PASSAGE = "A storm sank the Oslo ferry at night. Ola Nordmann praised the crew of the Bergen ferry."


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


@pytest.mark.parametrize(
    ("question", "answer", "sentence"),
    [
        ("Who praised the crew?", "Ola Nordmann", "Ola Nordmann praised the crew."),
        ("Which storm sank the ferry?", "storm Ada", "Storm Ada sank the ferry."),
        ("When did the ferry sink?", "in May", None),
        ("Did the ferry sink?", "yes", None),
        ("", "May", None),
    ],
)
def test_a_question_for_the_subject_becomes_a_statement(
    parser: Parser, question: str, answer: str, sentence: str | None
) -> None:
    (parse,) = parser.parse([question])
    assert stated(parse, answer) == sentence


def test_each_statement_that_follows_has_one_beside_it_that_does_not(parser: Parser) -> None:
    start = PASSAGE.index("Ola Nordmann")
    example = Example(
        source="s",
        title="t",
        question="Who praised the crew of the Bergen ferry?",
        passage=PASSAGE,
        answers=(Span(start, start + len("Ola Nordmann")),),
    )
    right, wrong = pairs([example], parser, random.Random(0))
    assert (right.follows, wrong.follows) == (True, False)
    assert right.sentence == "Ola Nordmann praised the crew of the Bergen ferry."
    assert wrong.sentence != right.sentence
    assert right.quotes == wrong.quotes


def test_a_spliced_sentence_has_the_subject_of_one_and_the_rest_of_another(parser: Parser) -> None:
    right, wrong = shortened([PASSAGE], parser, random.Random(0))
    assert (right.follows, wrong.follows) == (True, False)
    assert right.sentence.split()[:2] == wrong.sentence.split()[:2]
