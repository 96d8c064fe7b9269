from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mssqa.ingest.clean import Reason, clean
from mssqa.ingest.clean.blocks import blocks
from mssqa.ingest.clean.look import Shape, look

PAGES = Path(__file__).parents[1] / "data" / "pages"
HOUSES = sorted(p.stem for p in PAGES.glob("*.txt") if "." not in p.stem)

LINES = st.sampled_from(
    [line for house in HOUSES for line in blocks((PAGES / f"{house}.txt").read_text("utf-8"))]
)
SCRAPED = st.lists(LINES | st.text(max_size=60), max_size=30).map("\n".join)


@pytest.mark.parametrize("house", HOUSES)
def test_a_page_keeps_its_article_and_nothing_else(house: str) -> None:
    cleaned = clean((PAGES / f"{house}.txt").read_text("utf-8"))
    assert cleaned.text == (PAGES / f"{house}.kept.txt").read_text("utf-8").removesuffix("\n")


@pytest.mark.parametrize("house", HOUSES)
def test_every_dropped_block_has_its_reason(house: str) -> None:
    cleaned = clean((PAGES / f"{house}.txt").read_text("utf-8"))
    reasons = [f"{gone.reason}: {gone.text}" for gone in cleaned.removed]
    assert reasons == (PAGES / f"{house}.removed.txt").read_text("utf-8").splitlines()


@settings(max_examples=50)
@given(SCRAPED)
def test_what_is_kept_are_blocks_of_the_page_in_their_order(page: str) -> None:
    remaining = iter(blocks(page))
    kept = clean(page).text.split("\n\n") if clean(page).text else []
    assert all(block in remaining for block in kept)


@settings(max_examples=50)
@given(SCRAPED)
def test_every_block_is_kept_or_reported_as_removed(page: str) -> None:
    cleaned = clean(page)
    kept = cleaned.text.split("\n\n") if cleaned.text else []
    assert sorted([*kept, *(gone.text for gone in cleaned.removed)]) == sorted(blocks(page))


@settings(max_examples=50)
@given(SCRAPED)
def test_cleaning_what_is_clean_changes_nothing(page: str) -> None:
    cleaned = clean(page)
    assert clean(cleaned.text, title=cleaned.title).text == cleaned.text


@settings(max_examples=50)
@given(SCRAPED)
def test_a_page_with_a_sentence_never_comes_out_empty(page: str) -> None:
    spoken = [block for block in blocks(page) if look(block).shape is Shape.SENTENCE]
    assert bool(clean(page).text) or not spoken


@settings(max_examples=50)
@given(st.text(st.characters()))
def test_no_text_is_too_strange(page: str) -> None:
    kept = clean(page, title=page).text
    assert clean(kept, title=page).text == kept


def test_a_speaker_may_bid_the_reader_to_subscribe() -> None:
    quote = '"Subscribe, sign up, click here: that is all I read," said the librarian of Nakuru.'
    assert clean(f"The library has closed its website.\n{quote}").text.endswith(quote)


def test_copies_of_a_known_title_go() -> None:
    page = "NewsDam at Kisanga is full\nDam at Kisanga is full\nThe dam filled up in a night."
    cleaned = clean(page, title="Dam at Kisanga is full")
    assert [gone.reason for gone in cleaned.removed] == [Reason.HEADLINE, Reason.HEADLINE]
    assert cleaned.text == "The dam filled up in a night."


def test_the_headline_above_the_prose_becomes_the_title() -> None:
    cleaned = clean("Dam at Kisanga fills up in one night\nThe dam at Kisanga is full again.")
    assert cleaned.title == "Dam at Kisanga fills up in one night"


def test_a_page_without_a_headline_has_no_title() -> None:
    assert clean("The dam at Kisanga is full again.").title is None


def test_the_rows_of_a_table_are_kept() -> None:
    rows = "Regular: $3.81\nPremium: $4.31\nDiesel: $4.60"
    page = f"Petrol has risen for the ninth week in a row, the union of drivers said.\n{rows}"
    assert clean(page).text == page.replace("\n", "\n\n")


def test_of_two_alike_the_one_that_is_no_caption_stays() -> None:
    said = "The second ferry has waited for its engines in the yard at Mwanza since March"
    cleaned = clean(f"{said}/COUNTY/FILE\nThe county owns two ferries today.\n{said}.")
    assert cleaned.text == f"The county owns two ferries today.\n\n{said}."


def test_control_characters_and_halves_of_characters_are_blanks() -> None:
    page = "The dam\x00 at Kisanga is \ud800full.\u2028It was empty in May."
    assert clean(page).text == "The dam at Kisanga is full.\n\nIt was empty in May."


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "A",
        "a.",
        "/AB",
        "( Photo",
        "A A/",
        "“",
        '"',
        "1 ",
        ": ",
        "@a",
        "![",
        "-",
        "1:11",
        " | ",
        "by A ",
    ],
)
def test_hostile_repetition_takes_no_longer_than_other_text(unit: str) -> None:
    page = f"The dam at Kisanga is full again.\n{unit * 20_000}x!"
    assert clean(page).text.startswith("The dam at Kisanga is full again.")


@pytest.mark.parametrize(
    "unit",
    [
        "Share\nMenu\nComments\nThe dam at Kisanga is full again.\n",
        "The Record, page 1 of 2\nRain fell.\n",
        "Home | News\nBy Amina Odhiambo\n3 March 2025\n",
    ],
)
def test_a_hostile_row_of_lines_takes_no_longer_than_another(unit: str) -> None:
    page = f"The dam at Kisanga is full again, said the engineer.\n{unit * 1_500}"
    assert clean(page).text.startswith("The dam at Kisanga is full again, said the engineer.")


def test_headers_that_count_the_pages_go() -> None:
    page = "\n".join(f"The Lake Record | Page {n}\nRain fell on day {n}." for n in (1, 2, 3))
    assert clean(page).text == "Rain fell on day 1.\n\nRain fell on day 2.\n\nRain fell on day 3."


def test_a_label_that_opens_a_list_is_kept() -> None:
    page = "The board has ruled on bets.\nThe order:\n- bars night adverts\n- caps all stakes"
    assert clean(page).text == page.replace("\n", "\n\n")


def test_a_statement_on_newsletters_among_statements_is_kept() -> None:
    page = (
        "Betting firms must drop adverts by June.\n"
        "Subscribers to betting newsletters will get a notice too.\n"
        "The firms have not replied."
    )
    assert clean(page).text == page.replace("\n", "\n\n")


def test_a_list_of_names_at_the_end_is_kept() -> None:
    names = "Drama\nAsha Mwangi, Red Soil\nPaul Desir, The Ferry\nComedy\nLena Osei, Two Goats"
    page = f"The film festival of Kisumu has named its nominees for June.\n{names}\nJoe Ali, Rain"
    assert clean(page).text == page.replace("\n", "\n\n")
