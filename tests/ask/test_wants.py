"""What sort of thing a question asks for."""

import pytest

from mssqa.ask.parsing import parsed
from mssqa.ask.wants import kind, wants
from mssqa.ports import Parser
from mssqa.types import Kind, Order, Wants

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Who signed the cable agreement?", Wants.PERSON),
        ("Whose boat sank first?", Wants.PERSON),
        ("Which Moravian minister resigned in May?", Wants.PERSON),
        ("What is the name of the harbour master?", Wants.PERSON),
        ("ferry strike leader name", Wants.PERSON),
        ("Name the author of the report.", Wants.PERSON),
        ("Which country lent the money?", Wants.PLACE),
        ("Where will the court meet?", Wants.PLACE),
        ("In what town was the treaty signed?", Wants.PLACE),
        ("Which newspaper broke the story?", Wants.ORGANISATION),
        ("On what date did the ferry sail?", Wants.DATE),
        ("In which month did the strike begin?", Wants.DATE),
        ("When the ferry sank, what year was it?", Wants.DATE),
        ("dam opening date", Wants.DATE),
        ("How long will the mission last?", Wants.DURATION),
        ("For how many years does the accord run?", Wants.DURATION),
        ("How many deputies voted against it?", Wants.NUMBER),
        ("What is the population of Brill?", Wants.NUMBER),
        ("How old is the mayor?", Wants.NUMBER),
        ("How much did the bridge cost?", Wants.MONEY),
        ("What was the price of the ferry?", Wants.MONEY),
        ("How many crowns did the bank lend?", Wants.NUMBER),
        ("How many dollars did the bank lend?", Wants.MONEY),
        ("What percentage of the port is closed?", Wants.PERCENT),
        ("Why did the minister resign?", Wants.REASON),
        ("What made the minister resign?", Wants.REASON),
        ("What led to the strike?", Wants.REASON),
        ("For what reason was the ferry sold?", Wants.REASON),
        ("How come the ferry was sold?", Wants.REASON),
        ("newest count of people drowned in the flood", Wants.NUMBER),
        ("What is the most recent figure for the boats at sea?", Wants.NUMBER),
        ("What is the latest estimate of how many fled?", Wants.NUMBER),
        ("Did the council approve the plan?", Wants.YES_NO),
        ("Is the harbour open again?", Wants.YES_NO),
        ("Do you know who owns the ferry?", Wants.PERSON),
        ("Was Anna Berg mayor or minister?", Wants.ANY),
        ("What did the council decide?", Wants.ANY),
        ("What was the minister accused of?", Wants.ANY),
        ("What kind of ship is it?", Wants.ANY),
        ("What is a notary?", Wants.ANY),
        ("ferry strike", Wants.ANY),
        ("Ki moun ki prezidan Ayiti?", Wants.ANY),
    ],
)
def test_the_sort_of_answer_is_read_from_the_question(
    question: str, wanted: Wants, parser: Parser
) -> None:
    (parse,) = parsed(parser, [question])
    assert wants(parse) is wanted


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Which five ships lay in the harbour?", Kind.LIST),
        ("Name all the towns that were flooded.", Kind.LIST),
        ("List the ministers who resigned.", Kind.LIST),
        ("What are the conditions of the loan?", Kind.LIST),
        ("Summarise the ferry talks.", Kind.CHANGE),
        ("Sum up what the parties offered.", Kind.CHANGE),
        ("Give me a quick overview of the strike.", Kind.CHANGE),
        ("What is known about the captain?", Kind.CHANGE),
        ("What do we know about the two buyers?", Kind.CHANGE),
        ("What is the captain known for?", Kind.FACT),
        ("What sum did the captain know of?", Kind.FACT),
        ("Who summed up the talks?", Kind.FACT),
        ("Which ship sank?", Kind.FACT),
        ("How many ships sank?", Kind.FACT),
        ("Did the ships sink?", Kind.FACT),
        ("Why did the ships sink?", Kind.REASON),
    ],
)
def test_several_things_or_a_reason_are_asked_for(
    question: str, asked: Kind, parser: Parser
) -> None:
    (parse,) = parsed(parser, [question])
    assert kind(parse) is asked


def test_of_what_takes_several_sentences_all_is_told_but_the_newest_is_one(parser: Parser) -> None:
    (parse,) = parsed(parser, ["What did the union ask for, and what did it get?"])
    assert kind(parse) is Kind.CHANGE
    assert kind(parse, Order.LATEST) is Kind.FACT
