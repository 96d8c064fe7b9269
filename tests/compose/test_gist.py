"""The clause that an answer stands in, on the real parser."""

import pytest

from mssqa.compose.gist import gist
from mssqa.grammar import Parse
from mssqa.models import load_parser
from mssqa.ports import Parser
from mssqa.types import Span


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "answer", "clause"),
    [
        (
            "The ferry, which was built in 1961, sank on Monday, and its owner fled.",
            "Monday",
            "The ferry sank on Monday.",
        ),
        (
            "The ferry sank on Monday, and its owner fled to Denmark.",
            "Denmark",
            "Its owner fled to Denmark.",
        ),
        (
            "Anna Lund, the mayor of Bergen, opened the bridge.",
            "Anna Lund",
            "Anna Lund opened the bridge.",
        ),
        (
            "According to the mayor, 40 people were hurt.",
            "40",
            "According to the mayor, 40 people were hurt.",
        ),
        (
            "On May 2, 2021, the pact was signed in Oslo; it ends in June.",
            "May 2, 2021",
            "On May 2, 2021, the pact was signed in Oslo.",
        ),
    ],
)
def test_the_clause_with_the_answer_stays(
    text: str, answer: str, clause: str, parser: Parser
) -> None:
    (parse,) = parser.parse([text])
    start = text.index(answer)
    assert gist(parse, Span(start, start + len(answer))) == clause


def test_a_text_without_grammar_stays_as_it_is() -> None:
    assert gist(Parse(text="Rice rose."), Span(0, 4)) == "Rice rose."
