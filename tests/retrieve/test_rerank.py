"""The order of hits once they have been read."""

from doubles import FakeReader, MemoryStore

from mssqa.retrieve.rerank import rerank
from mssqa.types import Article, Hit, Query

RICE = Article(path="rice.md", title="Rice", text="Rice rose.")
SHIPS = Article(path="ships.md", title="Ships", text="Some 400 ships wait outside the harbour.")
STORE = MemoryStore([RICE, SHIPS])
QUERY = Query(question="?", text="How many ships wait outside the harbour?")


def order(*scores: float) -> list[str]:
    hits = [
        Hit(passage=passage, score=score, dense_rank=rank)
        for rank, (passage, score) in enumerate(
            zip(STORE.passages(range(2)), scores, strict=True), start=1
        )
    ]
    return [hit.passage.article.path for hit in rerank(QUERY, hits, FakeReader())]


def test_of_two_near_equals_the_one_that_answers_comes_first() -> None:
    assert order(1.0, 0.9) == ["ships.md", "rice.md"]


def test_a_much_better_hit_stays_ahead() -> None:
    assert order(1.0, 0.1) == ["rice.md", "ships.md"]


def test_scores_fall_from_the_first_on() -> None:
    hits = [Hit(passage=p, score=1.0, dense_rank=1) for p in STORE.passages([0, 1])]
    first, second = rerank(QUERY, hits, FakeReader())
    assert first.score > second.score


def test_no_hits_stay_none() -> None:
    assert rerank(QUERY, (), FakeReader()) == ()
