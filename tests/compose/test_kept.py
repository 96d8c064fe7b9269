"""What a shorter sentence may not do to its quote, by the grammar of the real parser."""

import pytest

from mssqa.compose.kept import keeps
from mssqa.models import load_parser
from mssqa.ports import Parser

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


KEPT = [
    ("The ferry sank on Monday, and its owner fled.", "The ferry sank on Monday."),
    ("So far Norway has lent more than 40 boats.", "Norway has lent more than 40 boats."),
    ("The crew was picked up by Captain Olsen.", "Captain Olsen picked up the crew."),
    ("Captain Olsen picked up the crew.", "The crew was picked up by Captain Olsen."),
    ("Norway's mayors met in Oslo and Bergen.", "The mayors of Norway met in Bergen."),
    (
        "On May 2, 2021, the pact was signed in Oslo; it ends in June.",
        "The pact was signed in Oslo.",
    ),
    ("Police said two men were held.", "Police said two men were held."),
    ("Although the port was open, the ferry sank.", "The port was open."),
    ("Anna Lund, mayor of Bergen, opened the port.", "Anna Lund is mayor of Bergen."),
    ("On May 2 the crew was seen.", "The crew was seen on May 2."),
    (
        "Crews are trained in ports, but they can also be trained at sea.",
        "Crews are trained in ports.",
    ),
    ("If the vote fails, the mayor will resign.", "If the vote fails, the mayor will resign."),
]
CHANGED = [
    # a hedge, a denial, a condition or an intention is gone
    ("So far Norway has lent more than 40 boats.", "Norway has lent 40 boats."),
    ("The dam was not built by Norway.", "The dam was built by Norway."),
    ("If the vote fails, the mayor will resign.", "The mayor will resign."),
    ("If the vote fails, the mayor will quit and the port could close.", "The port could close."),
    ("The city plans to sell the port.", "The city sells the port."),
    ("The former mayor opened the port.", "The mayor opened the port."),
    ("The second ferry sank on Monday.", "The ferry sank on Monday."),
    ("Sailors who refused to go were fined.", "Sailors were fined."),
    ("Norway lent Denmark a boat of Iceland.", "Norway lent Denmark a boat of Denmark."),
    # nobody says so any more
    ("Police said two men were held.", "Two men were held."),
    ("The firm denied that it had sold the port.", "The firm had sold the port."),
    ("According to the mayor, the port was sold.", "The port was sold."),
    # somebody else did it, or to somebody else
    ("Norway sued Denmark over the port.", "Denmark sued Norway over the port."),
    ("The crew was picked up by Captain Olsen.", "Captain Olsen was picked up by the crew."),
    ("So far Norway has lent 40 boats.", "40 boats have been lent to Norway."),
    ("Norway sold the port in May.", "Norway sold the port to May."),
    # another time
    ("The port will close in May.", "The port closed in May."),
    ("Norway has lent 40 boats.", "Norway had lent 40 boats."),
    # a word of its own, or a figure of another thing
    ("The ferry sank on Monday.", "The big ferry sank on Monday."),
    ("Norway has lent 40 boats and hired 9 pilots.", "Norway has lent 9 boats."),
    ("The port of Oslo had nine berths.", "Oslo is a port."),
    ("The finale of season nine aired in May.", "The finale was season nine."),
    (
        "The Fram ( formally the Polar Ship ) is a boat that served since 1893.",
        "The Fram was the Polar Ship in 1893.",
    ),
    ("The plan to sell the port pleased Norway.", "The port was sold."),
    # no sentence, or one about nobody knows whom
    ("He opened the port in May.", "He opened the port."),
    ("The ferry sank on Monday.", "On Monday."),
    ("The ferry sank on Monday.", "The ferry."),
    ("The ferry sank on Monday.", ""),
]


@pytest.mark.parametrize(("quote", "sentence"), KEPT)
def test_a_sentence_that_says_part_of_its_quote_keeps_to_it(
    quote: str, sentence: str, parser: Parser
) -> None:
    given, said = parser.parse([quote, sentence])
    assert keeps(said, given)


@pytest.mark.parametrize(("quote", "sentence"), CHANGED)
def test_a_sentence_that_says_something_else_does_not(
    quote: str, sentence: str, parser: Parser
) -> None:
    given, said = parser.parse([quote, sentence])
    assert not keeps(said, given)
