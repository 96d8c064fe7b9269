"""What is seen of a sentence."""

from datetime import date

from doubles import FakeReader, MemoryStore, fake_models

from mssqa.retrieve.candidates import candidates
from mssqa.retrieve.signs import Signs
from mssqa.retrieve.weigh import seen
from mssqa.types import Article, Hit, Query

STORY = (
    "The harbour of Oslo closed on 5 May 2024.\n\n"
    "Mayor Ola Nordmann said that 400 ships wait outside.\n\n"
    "In Lima the price of rice rose by 4% in a week."
)
STORE = MemoryStore([Article(path="wire.md", title="Gazette", text=STORY)])


def look(question: str) -> dict[str, Signs]:
    """The signs of each candidate, by its answer."""
    query = Query(question=question, text=question)
    hits = [Hit(passage=passage, score=1, dense_rank=1) for passage in STORE.passages([0])]
    found = candidates(hits, FakeReader().read(question, [STORY]), STORE.sentences)
    signs = seen(query, found, fake_models())
    return {one.value: sign for one, sign in zip(found, signs, strict=True)}


def test_the_signs_of_a_sentence() -> None:
    signs = look("How many ships wait outside Oslo?")
    assert signs["400"] == Signs(margin=3, behind=0, names_lacking=0, numbers_lacking=0)
    assert signs["5"] == Signs(margin=1, behind=-2, names_lacking=0, numbers_lacking=0)


def test_a_name_that_the_article_lacks_is_missed() -> None:
    assert look("How much did rice rise in Oslo and Rome?")["4"].names_lacking == 0.5


def test_a_number_that_does_not_stand_near_is_missed() -> None:
    assert look("Why did 400 ships wait?")["400"].numbers_lacking == 0.0
    assert look("Why did 500 ships wait?")["400"].numbers_lacking == 1.0


def test_the_date_of_the_article_stands_near() -> None:
    article = Article(path="wire.md", title="Gazette", text=STORY, published=date(2023, 7, 1))
    store = MemoryStore([article])
    hits = [Hit(passage=passage, score=1, dense_rank=1) for passage in store.passages([0])]
    query = Query(question="Who waited in 2023?", text="Who waited in 2023?")
    (first, *_) = candidates(hits, FakeReader().read(query.text, [STORY]), store.sentences)
    assert seen(query, [first], fake_models())[0].numbers_lacking == 0.0
