"""Which sentences become evidence."""

from datetime import date

from doubles import FakeEmbedder, MemoryStore

from mssqa.config import Reader
from mssqa.retrieve.read import read
from mssqa.types import Article, Evidence, Hit, Query

STORY = "The harbour closed on Monday. Some 400 ships wait outside the harbour. Nobody was hurt."
WIRE = Article(path="wire.md", title="Harbour closed", text=STORY, published=date(2024, 5, 6))
LATER = Article(
    path="later.md",
    title="Shut",
    text=STORY + " The mayor was calm.",
    published=date(2024, 5, 9),
)
QUERY = Query(question="How many ships wait?", text="How many ships wait outside the harbour?")


def evidence(
    store: MemoryStore, query: Query = QUERY, *, passages: int = 8, max_evidence: int = 1
) -> tuple[Evidence, ...]:
    keys = range(len(store.articles()))
    hits = [Hit(passage=passage, score=1, dense_rank=1) for passage in store.passages(keys)]
    config = Reader(passages=passages, max_evidence=max_evidence)
    return read(query, hits, store, FakeEmbedder(), config)


def test_the_sentence_that_answers_comes_first_and_is_quoted_letter_by_letter() -> None:
    (best,) = evidence(MemoryStore([WIRE]))
    assert best.number == 1
    assert best.quote == "Some 400 ships wait outside the harbour."
    assert WIRE.text[best.sentence.start : best.sentence.end] == best.quote
    assert 0 < best.support < 1


def test_evidence_is_numbered_by_support() -> None:
    pieces = evidence(MemoryStore([WIRE]), max_evidence=20)
    assert [piece.number for piece in pieces] == list(range(1, len(pieces) + 1))
    assert [piece.support for piece in pieces] == sorted(
        (piece.support for piece in pieces), reverse=True
    )


def test_the_same_sentence_of_a_near_duplicate_is_a_copy() -> None:
    store = MemoryStore([WIRE, LATER], alike=[{"wire.md", "later.md"}])
    (best,) = evidence(store)
    assert (best.passage.article, best.copies) == (WIRE, (LATER,))


def test_a_copy_outside_the_limits_of_the_query_is_not_named() -> None:
    store = MemoryStore([WIRE, LATER], alike=[{"wire.md", "later.md"}])
    query = Query(question="?", text=QUERY.text, as_of=date(2024, 5, 6))
    assert [piece.copies for piece in evidence(store, query, passages=1)] == [()]


def test_the_same_sentence_of_a_distinct_article_is_evidence_of_its_own() -> None:
    pieces = evidence(MemoryStore([WIRE, LATER]), max_evidence=2)
    assert [(piece.passage.article, piece.copies) for piece in pieces] == [(WIRE, ()), (LATER, ())]
    assert pieces[0].quote == pieces[1].quote


def test_only_the_first_hits_are_read() -> None:
    rice = Article(path="rice.md", title="Rice", text="Rice rose.")
    (best,) = evidence(MemoryStore([rice, WIRE]), passages=1)
    assert best.quote == "Rice rose."


def test_without_hits_there_is_no_evidence() -> None:
    assert evidence(MemoryStore([])) == ()
