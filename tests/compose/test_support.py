"""What follows from a quote is told by its words, how they hang together, and what is denied."""

import pytest
from doubles import FakeParser

from mssqa.compose.support import Comparison, compare, support
from mssqa.models import load_parser
from mssqa.ports import Parser


def test_a_sentence_has_all_in_common_with_itself() -> None:
    (parse,) = FakeParser().parse(["Norway sent 300 nurses"])
    assert compare(parse, [parse]) == (1, 1, 1, 1, 0, 0)


def test_a_sentence_without_quotes_has_nothing_in_common_with_them() -> None:
    (parse,) = FakeParser().parse(["Norway sent 300 nurses"])
    assert compare(parse, [])[:3] == (0, 0, 0)


def test_words_that_are_spread_over_the_quotes_do_not_stand_together() -> None:
    sentence, *quotes = FakeParser().parse(["Rice rose", "Rice fell", "Bread rose"])
    assert compare(sentence, quotes).together == 0.5


def test_what_is_shared_speaks_for_a_sentence_and_a_stranger_or_a_denial_against_it() -> None:
    alike = Comparison(together=1, pairs=1, arcs=1, roles=1, strangers=0, denied=0)
    assert alike.likeness == 1
    assert alike._replace(strangers=0.5).likeness == 0.5
    assert alike._replace(denied=1).likeness == 0


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


QUOTE = "Sweden defeated Denmark in the final, and the coach praised his young players."


@pytest.mark.model
@pytest.mark.parametrize(
    ("follows", "does_not"),
    [
        ("Sweden defeated Denmark.", "Denmark defeated Sweden."),
        ("Denmark was defeated by Sweden.", "Sweden was defeated by Denmark."),
        ("The coach praised his players.", "The coach did not praise his players."),
        ("The coach praised the young players.", "The players praised the young coach."),
        ("Sweden defeated Denmark in the final.", "The coach defeated Denmark in the final."),
    ],
)
def test_the_sentence_that_follows_has_more_support(
    parser: Parser, follows: str, does_not: str
) -> None:
    right, wrong, quote = parser.parse([follows, does_not, QUOTE])
    assert support(right, [quote]) > support(wrong, [quote])
