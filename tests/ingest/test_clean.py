from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mssqa.ingest.clean import clean
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


@given(SCRAPED)
def test_what_is_kept_are_blocks_of_the_page_in_their_order(page: str) -> None:
    remaining = iter(blocks(page))
    kept = clean(page).text.split("\n\n") if clean(page).text else []
    assert all(block in remaining for block in kept)


@given(SCRAPED)
def test_every_block_is_kept_or_reported_as_removed(page: str) -> None:
    cleaned = clean(page)
    kept = cleaned.text.split("\n\n") if cleaned.text else []
    assert sorted([*kept, *(gone.text for gone in cleaned.removed)]) == sorted(blocks(page))


@given(SCRAPED)
def test_cleaning_what_is_clean_changes_nothing(page: str) -> None:
    cleaned = clean(page)
    assert clean(cleaned.text, title=cleaned.title).text == cleaned.text


@given(SCRAPED)
def test_a_page_with_a_sentence_never_comes_out_empty(page: str) -> None:
    spoken = [block for block in blocks(page) if look(block).shape is Shape.SENTENCE]
    assert bool(clean(page).text) or not spoken


@given(st.text())
def test_no_text_is_too_strange(page: str) -> None:
    assert clean(page, title=page).text.encode() is not None
