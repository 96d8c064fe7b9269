"""Whether an answer is of the sort that is wanted."""

import pytest

from mssqa.grammar import Name, Parse
from mssqa.retrieve.sorts import fits
from mssqa.types import Span, Wants

SENTENCE = "Mayor Ola Nordmann told Oslo on 3 May that 400 ships lost half of $2 million in 2019."
LABELS = {"Ola Nordmann": "PERSON", "Oslo": "GPE", "3 May": "DATE", "400": "CARDINAL"}


def span(text: str) -> Span:
    start = SENTENCE.index(text)
    return Span(start, start + len(text))


PARSE = Parse(text=SENTENCE, names=tuple(Name(span(t), label) for t, label in LABELS.items()))


@pytest.mark.parametrize(
    ("wants", "answer", "fit"),
    [
        (Wants.PERSON, "Nordmann", 1.0),
        (Wants.PERSON, "Oslo", 0.0),  # the parser may be wrong about a name
        (Wants.PERSON, "ships", -0.5),
        (Wants.PLACE, "Oslo", 1.0),
        (Wants.DATE, "3 May", 1.0),
        (Wants.DATE, "in 2019", 1.0),
        (Wants.DATE, "ships", -1.0),
        (Wants.DATE, "400 ships", 1.0),  # it may be a year
        (Wants.NUMBER, "400 ships", 1.0),
        (Wants.NUMBER, "half", 1.0),
        (Wants.NUMBER, "3 May", -1.0),
        (Wants.MONEY, "$2 million", 1.0),
        (Wants.MONEY, "400", -1.0),
        (Wants.PERCENT, "half", 1.0),
        (Wants.DURATION, "400", -1.0),
        (Wants.REASON, "ships", -1.0),
        (Wants.REASON, "that 400 ships lost half of $2 million", 1.0),
        (Wants.ANY, "ships", 0.0),
        (Wants.YES_NO, "ships", 0.0),
    ],
)
def test_an_answer_fits_what_is_wanted(wants: Wants, answer: str, fit: float) -> None:
    assert fits(wants, span(answer), PARSE) == fit
