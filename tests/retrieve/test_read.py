"""Which sentences become evidence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from doubles import MemoryStore, fake_models

from mssqa.config import Reader
from mssqa.retrieve.read import read
from mssqa.types import Article, Evidence, Hit, Query, Reading, Span

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
    return read(query, hits, store, fake_models(), config)


def test_the_sentence_that_answers_comes_first_and_is_quoted_letter_by_letter() -> None:
    (best,) = evidence(MemoryStore([WIRE]))
    assert best == Evidence(
        number=1,
        passage=MemoryStore([WIRE]).passages([0])[0],
        sentence=Span(30, 70),
        answer=Span(35, 38),
        support=best.support,
    )
    assert (best.quote, best.value) == ("Some 400 ships wait outside the harbour.", "400")


class Told:
    """A reader that says of every passage what it is told."""

    def __init__(self, *readings: Reading) -> None:
        self._readings = readings

    def read(
        self, question: str, passages: Sequence[str], *, headlines: Sequence[str] = ()
    ) -> tuple[tuple[Reading, ...], ...]:
        assert question
        assert len(headlines) == len(passages)
        return tuple(self._readings for _ in passages)


def told(*readings: tuple[Span, float]) -> list[str]:
    """The answers chosen from one article of which a reader says this, best first."""
    reader = Told(*(Reading(span=span, margin=margin, support=0.5) for span, margin in readings))
    store = MemoryStore([WIRE])
    hits = [Hit(passage=store.passages([0])[0], score=1, dense_rank=1)]
    return [
        piece.value or ""
        for piece in read(QUERY, hits, store, replace(fake_models(), reader=reader), Reader())
    ]


def test_a_sentence_is_quoted_once_with_its_best_answer() -> None:
    assert told((Span(35, 38), 5.0), (Span(39, 44), 4.0)) == ["400"]


def test_an_answer_much_less_sure_than_the_best_is_not_quoted() -> None:
    assert told((Span(4, 11), 5.0), (Span(35, 38), -15.0)) == ["harbour"]


def test_among_equally_sure_answers_that_of_the_better_hit_comes_first() -> None:
    store = MemoryStore([LATER, WIRE])
    later, wire = store.passages([0, 1])
    hits = [Hit(passage=wire, score=2, dense_rank=1), Hit(passage=later, score=1, dense_rank=2)]
    first, second = read(QUERY, hits, store, fake_models(), Reader(max_evidence=2))
    assert (first.passage, second.passage) == (wire, later)


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
