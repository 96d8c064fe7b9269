"""Each number, date and name of a sentence must stand in what it cites."""

from datetime import date

import pytest

from mssqa.compose.particulars import stand
from mssqa.types import Article, Evidence, Passage, Span

OTHER_WORDS = "The mayor said that officials and ships were ready."


def piece(quote: str, *, number: int = 1, published: date | None = None) -> Evidence:
    text = f"{quote}\n\n{OTHER_WORDS}"
    article = Article(path="a.md", title="A", text=text, published=published)
    passage = Passage(article=article, ordinal=0, start=0, end=len(text))
    return Evidence(number=number, passage=passage, sentence=Span(0, len(quote)), support=0.9)


def holds(text: str, *cited: Evidence) -> bool:
    return stand(text, cited)


HARBOUR = piece(
    "On June 24, 2024, Ana Pérez, the U.S. envoy, gave Oslo's harbour Ksh.77 billion"
    " for 1,000 berths over five years."
)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Perez gave the harbour 77 billion.",
        "The US envoy gave Oslo Ksh. 77 billion for 1000 berths.",
        "The gift was made on 24 June 2024.",
        "The gift was made on Monday, June 24, 2024.",
        "The gift was made in 2024.",
        "Officials will have 5 years.",
        "Berths: one thousand.",
    ],
)
def test_what_the_quote_says_stands(text: str) -> None:
    assert holds(text, HARBOUR)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Pérez gave 78 billion.",
        "Ana Pérez gave $77 billion.",
        "The gift was made on June 25, 2024.",
        "The gift was made on June 24, 2023.",
        "The gift was made in July 2024.",
        "The gift was made on Tuesday, June 24, 2024.",
        "The gift was made in 2023.",
        "There are 24 berths.",
        "Oslo's mayor, Ola Nordmann, gave 1,000 berths.",
        "Bergen got 1,000 berths.",
        "WHO gave 1,000 berths.",
        "Ana Pérez gave 1,000 berths [7].",
    ],
)
def test_what_the_quote_does_not_have_does_not_stand(text: str) -> None:
    assert not holds(text, HARBOUR)


def test_the_particulars_may_be_spread_over_the_cited_quotes_but_no_others() -> None:
    berths, price = piece("Oslo has 12 berths."), piece("Each costs $5.", number=2)
    assert holds("Oslo has 12 berths at $5 each.", berths, price)
    assert not holds("Oslo has 12 berths at $5 each.", berths)


def test_the_date_of_a_cited_article_may_be_named() -> None:
    dated = piece("Oslo has 12 berths.", published=date(2025, 8, 24))
    assert holds("On 24 August 2025 Oslo had 12 berths.", dated)
    assert holds("In 2025 Oslo had 12 berths.", dated)
    assert not holds("On 25 August 2025 Oslo had 12 berths.", dated)


def test_a_small_us_does_not_bear_out_the_country() -> None:
    assert not holds("The US built 12 berths.", piece("Give us 12 berths."))


def test_a_day_that_a_phrase_of_the_quote_means_may_be_named() -> None:
    dated = piece("Oslo opened 12 berths on Tuesday.", published=date(2025, 8, 24))
    assert holds("Oslo opened 12 berths on 19 August 2025.", dated)
    assert not holds("Oslo opened 12 berths on 20 August 2025.", dated)
