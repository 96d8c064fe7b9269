"""Which of a quiz's options some evidence bears out."""

from pathlib import Path

import pytest
from small_sets import tools_in

from mssqa.evaluate.sets.options import Piece, asks_for_the_odd_one, bearing, distinct, scores
from mssqa.evaluate.sets.realtimeqa import choose, choose_or_none
from mssqa.types import Answer, Article, Claim, Evidence, Hit, Passage, Query, Span, Status

NONE = "None of the above"


def answer(*claims: tuple[str, str | None, float]) -> Answer:
    """Each claim (text, value, support) is its own quote."""
    evidence = tuple(
        Evidence(
            number=number,
            passage=passage(text),
            sentence=Span(0, len(text)),
            support=support,
        )
        for number, (text, _, support) in enumerate(claims, start=1)
    )
    return Answer(
        query=Query(question="?", text="?"),
        status=Status.SUPPORTED if claims else Status.DECLINED,
        text=" ".join(text for text, _, _ in claims),
        claims=tuple(
            Claim(text=text, value=value, support=support, cites=(number,))
            for number, (text, value, support) in enumerate(claims, start=1)
        ),
        evidence=evidence,
        generation="1",
    )


def passage(text: str) -> Passage:
    article = Article(path="a.md", title="A", text=text)
    return Passage(article=article, ordinal=0, start=0, end=len(text))


@pytest.mark.parametrize(
    ("option", "text", "share"),
    [
        ("Tarn Island", "on Tarn Island", 1.0),
        ("Mayor Ines Okoro", "Okoro left", 0.75),
        ("Mayor Ines Okoro", "the mayor left", 1 / 3),
        ("$20,000", "up to 20,000 dollars", 1.0),
        ("300%", "by 300 per cent", 1.0),
        ("45", "45 days", 1.0),
        ("45", "450 days", 0.0),
        ("2003 to 2011", "from 2003 until 2010", 0.5),
        ("Ukraine", "the Ukrainian army", 1.0),
        ("lamps and ferries", "a lamp", 0.5),
    ],
)
def test_an_option_is_borne_as_far_as_its_words_and_numbers_stand(
    option: str, text: str, share: float
) -> None:
    (terms, _) = distinct("?", [option, "Zyx"])
    assert bearing(terms, text) == pytest.approx(share)


def test_what_all_options_share_tells_nothing() -> None:
    options = ["Four minutes and 27 seconds", "Two minutes and 43 seconds"]
    assert scores("How long?", options, [Piece("It took two minutes, 43 seconds.", 1.0)]) == (
        0.0,
        1.0,
    )


@pytest.mark.parametrize(
    ("question", "odd"),
    [
        ("Which of these is not one of her songs?", True),
        ("Which of these players didn't take part?", True),
        ("Which of the following statements is false about the crash?", True),
        ("All of them spoke except whom?", True),
        ("Which of his children said they do not want to run?", False),
        ("Why did the ferry not sail?", False),
    ],
)
def test_a_quiz_may_ask_for_the_odd_one(question: str, *, odd: bool) -> None:
    assert asks_for_the_odd_one(question) is odd


def test_of_four_options_the_best_borne_is_chosen(tmp_path: Path) -> None:
    tools, text = tools_in(tmp_path), "Rescuers counted 41 people. The council bought 12 lamps."
    hit = Hit(passage=passage(text), score=1, lexical_rank=1)
    options = ["12", "40", "41", "44"]
    asked = "How many people did rescuers count?"
    assert choose(asked, options, answer(), [hit], tools) == "41"
    said = answer(("The council bought 12 lamps.", "12", 0.9))
    assert choose(asked, options, said, [hit], tools) == "12"
    assert choose(asked, options, answer(), [], tools) == "12"  # nothing known: the first


def test_the_odd_one_is_the_least_borne(tmp_path: Path) -> None:
    hit = Hit(passage=passage("She sang Rivers and Harbour."), score=1, lexical_rank=1)
    asked = "Which of these is not one of her songs?"
    options = ["Rivers", "Zebra", "Harbour"]
    assert choose(asked, options, answer(), [hit], tools_in(tmp_path)) == "Zebra"


def test_all_of_the_above_is_chosen_where_two_are_borne(tmp_path: Path) -> None:
    options = ["Debt", "Lawsuits", "All of the above"]
    said = answer(("Debt and lawsuits ruined it.", None, 0.9))
    assert choose("Why?", options, said, [], tools_in(tmp_path)) == "All of the above"


OPTIONS = ["Ines Okoro", "Tom Bell", NONE]


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        (answer(), NONE),
        (answer(("Captain Okoro left last.", "Okoro", 0.9)), "Ines Okoro"),
        (answer(("Ann Ray won over Tom Bell and Ines Okoro.", "Ann Ray", 0.9)), NONE),
        (answer(("Tom Bell won, aged 40.", "aged 40", 0.9)), "Tom Bell"),
        (answer(("Ann Ray won.", "Ann Ray", 0.9), ("Bell won.", "Bell", 0.4)), NONE),
        (answer(("Ann Ray won.", "Ann Ray", 0.9), ("Bell won.", "Bell", 0.5)), "Tom Bell"),
    ],
)
def test_beside_none_of_the_above_only_the_answer_counts(said: Answer, chosen: str) -> None:
    assert choose_or_none("Who won?", OPTIONS, said) == chosen
