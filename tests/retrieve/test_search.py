"""What a search finds, and which of its finds are one story."""

from datetime import date

from doubles import FakeEmbedder, MemoryStore

from mssqa.config import Retrieval
from mssqa.retrieve.search import _leads_first, search
from mssqa.types import Article, Hit, Passage, Query

STORY = "The harbour of Oslo closed on Monday. Some 400 ships wait outside. Nobody was hurt."
WIRE = Article(path="wire.md", title="Harbour closed", text=STORY)
COPY = Article(path="copy.md", title="Oslo shut", text=STORY.replace("Oslo", "OSLO"))
UPDATE = Article(path="update.md", title="Harbour closed", text=STORY.replace("400", "650"))
OTHER = Article(path="other.md", title="Rice", text="Rice rose by 4% in the harbour of Lima.")


def found(store: MemoryStore, text: str = "harbour ships", **limits: int) -> tuple[Hit, ...]:
    query = Query(question=text, text=text)
    return search(query, store, FakeEmbedder(), Retrieval(**limits))


def test_a_hit_has_its_rank_in_both_rankings() -> None:
    hits = found(MemoryStore([OTHER, WIRE]))
    assert [(hit.passage.article, hit.lexical_rank, hit.dense_rank) for hit in hits] == [
        (WIRE, 1, 1),
        (OTHER, 2, 2),
    ]


def test_a_lead_goes_before_a_later_passage_that_matches_a_little_better() -> None:
    ranking = ((1, 1.0), (2, 0.95), (3, 0.85))
    passages = {
        key: Passage(article=OTHER, ordinal=ordinal, start=0, end=4)
        for key, ordinal in ((1, 5), (2, 0), (3, 0))
    }
    assert _leads_first(ranking, passages) == [2, 1, 3]


def test_nothing_found_is_no_hit() -> None:
    assert found(MemoryStore([OTHER]), "zebra") == ()


def test_hits_are_limited_after_fusing() -> None:
    assert [hit.passage.article for hit in found(MemoryStore([OTHER, WIRE]), hits=1)] == [WIRE]


def test_a_near_duplicate_that_says_the_same_is_folded_into_the_better_hit() -> None:
    store = MemoryStore([WIRE, OTHER, COPY], alike=[{"wire.md", "copy.md"}])
    assert [(hit.passage.article, hit.copies) for hit in found(store)] == [
        (WIRE, (COPY,)),
        (OTHER, ()),
    ]


def test_an_update_with_another_figure_is_a_hit_of_its_own() -> None:
    store = MemoryStore([WIRE, UPDATE], alike=[{"wire.md", "update.md"}])
    assert [(hit.passage.article, hit.copies) for hit in found(store)] == [(WIRE, ()), (UPDATE, ())]


def test_the_same_words_in_distinct_articles_are_not_folded() -> None:
    assert [hit.copies for hit in found(MemoryStore([WIRE, COPY]))] == [(), ()]


def test_the_limits_of_the_query_hold() -> None:
    old = Article(path="old.md", title="Old", text="Old harbour.", published=date(2020, 1, 2))
    query = Query(question="harbour", text="harbour", as_of=date(2020, 1, 2))
    hits = search(query, MemoryStore([WIRE, old]), FakeEmbedder(), Retrieval())
    assert [hit.passage.article for hit in hits] == [old]
