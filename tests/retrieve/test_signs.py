"""What is seen of a sentence."""

import math
from dataclasses import replace
from datetime import date

from doubles import FakeParser, FakeReader, MemoryStore

from mssqa.retrieve.candidates import candidates
from mssqa.retrieve.signs import Signs
from mssqa.retrieve.weigh import seen
from mssqa.types import Article, Hit, Interval, Query, Wants

STORY = (
    "The harbour of Oslo closed on 5 May 2024.\n\n"
    "Mayor Ola Nordmann said that 400 ships wait outside.\n\n"
    "In Lima the price of rice rose by 4% in a week."
)
STORE = MemoryStore([Article(path="wire.md", title="Gazette", text=STORY)])


def look(question: str, **query: object) -> dict[str, Signs]:
    """The signs of each candidate, by its answer."""
    asked = Query(question=question, text=question, **query)  # type: ignore[arg-type]
    hits = [Hit(passage=passage, score=1, dense_rank=1) for passage in STORE.passages([0])]
    readings = FakeReader().read(question, [STORY])
    found = candidates(hits, readings, STORE.sentences)
    signs = seen(asked, found, FakeReader(), FakeParser())
    return {one.value: sign for one, sign in zip(found, signs, strict=True)}


def test_the_signs_of_a_sentence_that_answers() -> None:
    signs = look("How many ships wait outside Oslo?", wants=Wants.NUMBER)["400"]
    assert signs == Signs(
        margin=3,
        lead=2,
        alone=3,
        words=3 / 4,
        words_near=1.0,
        words_article=1.0,
        action=0.0,
        names_lacking=1.0,
        names_lacking_near=0.0,
        names_lacking_article=0.0,
        numbers_lacking=0.0,
        other_days=0.0,
        sort=1.0,
        echo=0.0,
        length=math.log(2),
        found=1.0,
    )


def test_a_name_is_missed_near_and_far() -> None:
    signs = look("How much did rice rise in Oslo and Rome?")["4"]
    assert (signs.names_lacking, signs.names_lacking_near, signs.names_lacking_article) == (
        1.0,
        1.0,
        0.5,
    )


def test_a_number_of_the_question_is_missed() -> None:
    assert look("Why did 400 ships wait?")["400"].numbers_lacking == 0.0
    assert look("Why did 500 ships wait?")["400"].numbers_lacking == 1.0


def test_other_days_than_are_asked_about_are_seen() -> None:
    may, june = (
        Interval(start=date(2024, month, 1), end=date(2024, month, 30)) for month in (5, 6)
    )
    question = "When did the harbour close?"
    assert [look(question, about=days)["5"].other_days for days in (may, june, None)] == [0, 1, 0]


def test_an_answer_of_another_sort_is_seen() -> None:
    assert look("Why do ships wait?", wants=Wants.REASON)["400"].sort == -1.0


def test_words_of_the_question_in_the_answer_are_seen() -> None:
    assert look("How many 400 metre ships?")["400"].echo == 1.0


def test_the_lead_is_over_other_answers_only() -> None:
    twice = replace(STORE.articles()[0], path="copy.md", title="Copy")
    store = MemoryStore([*STORE.articles(), twice])
    hits = [Hit(passage=passage, score=1, dense_rank=1) for passage in store.passages([0, 1])]
    query = Query(question="How many ships wait?", text="How many ships wait?")
    found = candidates(hits, FakeReader().read(query.text, [STORY] * 2), store.sentences)
    signs = seen(query, found, FakeReader(), FakeParser())
    assert [(one.value, sign.lead) for one, sign in zip(found, signs, strict=True)][:2] == [
        ("400", 2),
        ("400", 2),
    ]
