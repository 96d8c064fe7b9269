"""What is seen of a sentence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from doubles import FakeReader, MemoryStore, fake_models

from mssqa.retrieve.candidates import candidates
from mssqa.retrieve.signs import Signs
from mssqa.retrieve.weigh import seen
from mssqa.types import Article, Hit, Interval, Query, Reading

STORY = (
    "The harbour of Oslo closed on 5 May 2024.\n\n"
    "Mayor Ola Nordmann said that 400 ships wait outside.\n\n"
    "In Lima the price of rice rose by 4% in a week."
)
STORE = MemoryStore(
    [Article(path="wire.md", title="Gazette", text=STORY, published=date(2025, 1, 2))]
)


def look(question: str, about: Interval | None = None) -> dict[str, Signs]:
    """The signs of each candidate, by its answer."""
    query = Query(question=question, text=question, about=about)
    hits = [Hit(passage=passage, score=1, dense_rank=1) for passage in STORE.passages([0])]
    found = candidates(hits, FakeReader().read(question, [STORY]), STORE.sentences)
    signs = seen(query, found, fake_models())
    return {one.value: sign for one, sign in zip(found, signs, strict=True)}


def test_the_signs_of_a_sentence() -> None:
    signs = look("How many ships wait outside Oslo?")
    assert signs["400"]._replace(likeness=0) == Signs(
        margin=3,
        behind=0,
        alone=3,
        likeness=0,
        echo=0,
        sort_wanted=0,
        other_sort=0,
        names_lacking=0,
        days_asked=0,
        other_days=0,
        numbers_lacking=0,
    )
    assert signs["5"].behind == -2
    assert 0 < signs["5"].likeness < 1


def test_an_answer_that_the_question_names_itself_is_an_echo() -> None:
    assert look("Which 400 ships wait outside?")["400"].echo == 1.0


def test_a_name_that_the_article_lacks_is_missed() -> None:
    assert look("How much did rice rise in Oslo and Rome?")["4"].names_lacking == 0.5


@pytest.mark.parametrize(
    ("about", "days_asked", "other_days"),
    [
        (None, 0, 0),
        (Interval(start=date(2024, 5, 1), end=date(2024, 5, 31)), 1, 0),
        (Interval(start=date(2023, 1, 1), end=date(2023, 12, 31)), 0, 1),
    ],
)
def test_the_days_of_a_sentence_are_held_against_those_asked_about(
    about: Interval | None, days_asked: float, other_days: float
) -> None:
    seen_days = look("Which day did the harbour close?", about)["5"]
    assert (seen_days.days_asked, seen_days.other_days) == (days_asked, other_days)


def test_an_article_knows_nothing_of_the_days_after_it() -> None:
    assert look("What did rice cost?", Interval(start=date(2026, 1, 1)))["4"].other_days == 1


def test_a_number_that_does_not_stand_near_is_missed() -> None:
    assert look("Why did 400 ships wait?")["400"].numbers_lacking == 0.0
    assert look("Why did 500 ships wait?")["400"].numbers_lacking == 1.0


def test_only_the_best_sentences_are_read_alone() -> None:
    story = " ".join(f"Ship {n} waits outside." for n in range(6))
    store = MemoryStore([Article(path=f"{n}.md", title="Ships", text=story) for n in range(3)])
    hits = [Hit(passage=passage, score=1, dense_rank=1) for passage in store.passages(range(3))]
    query = Query(question="Which ship waits?", text="Which ship waits?")
    found = candidates(hits, FakeReader().read(query.text, [story] * 3), store.sentences)
    signs = seen(query, found, replace(fake_models(), reader=Halved()))
    assert [sign.alone for sign in signs] == [1, 1, 1, 1, 2, 2]


class Halved(FakeReader):
    """It is half as sure."""

    def read(
        self, question: str, passages: Sequence[str], *, headlines: Sequence[str] = ()
    ) -> tuple[tuple[Reading, ...], ...]:
        return tuple(
            tuple(replace(one, margin=one.margin / 2) for one in each)
            for each in super().read(question, passages, headlines=headlines)
        )
