"""Whether sentences are good English, by the grammar of the real parser."""

import pytest

from mssqa.compose.concord import reads_well
from mssqa.models import load_parser
from mssqa.ports import Parser

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


GOOD = [
    "The 800 officers have been deployed.",
    "The officer who was deployed is back.",
    "Kenya and Chad have sent police.",
    "The president and founder has resigned.",
    "The United States has sent aid.",
    "The Philippines is an archipelago.",
    "The team are tired.",
    "The team is tired.",
    "A number of schools were closed.",
    "The number of schools has fallen.",
    "Five years is a long time.",
    "Ten million dollars was spent.",
    "About 60 per cent of voters were women.",
    "Police have arrested two men.",
    "The news was good.",
    "Each of the boats has a crew.",
    "The boats that the navy sent are grey.",
    "There are 40 boats in the port.",
    "The ships cost nine million euros.",
    "What the mayor says is true.",
    "Neither the mayor nor the councillors have left.",
    "The ferry will sink.",
    "The women of the village make cheese.",
    "Norway's fleet of 40 boats was sold.",
]
BAD = [
    "The 800 officers has been deployed.",
    "The officers who was deployed are back.",
    "Kenya and Chad has sent police.",
    "The boat are in the port.",
    "The boats was sold by Norway.",
    "The mayor say that the port is shut.",
    "The councillors says no.",
    "Police has arrested two men.",
    "The children was saved.",
    "Norway have lent 40 boats.",
    "The boats that the navy sent is grey.",
    "They was in the port.",
    "The ferry sank in the the port.",
]


@pytest.mark.parametrize("sentence", GOOD)
def test_what_people_write_reads_well(sentence: str, parser: Parser) -> None:
    said, nothing = parser.parse([sentence, ""])
    assert reads_well(said, nothing)


@pytest.mark.parametrize("sentence", BAD)
def test_a_verb_of_another_number_or_a_doubled_word_does_not(sentence: str, parser: Parser) -> None:
    said, nothing = parser.parse([sentence, ""])
    assert not reads_well(said, nothing)


def test_what_the_quote_has_too_is_left_to_it(parser: Parser) -> None:
    quote, said = parser.parse(["England have won the cup, fans say.", "England have won the cup."])
    assert reads_well(said, quote)
