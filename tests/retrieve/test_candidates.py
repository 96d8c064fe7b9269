"""Which sentences a reader points at."""

from doubles import MemoryStore

from mssqa.retrieve.candidates import Candidate, candidates
from mssqa.types import Article, Hit, Reading, Span

STORY = "The harbour closed on Monday. Some 400 ships wait outside. Nobody was hurt."
STORE = MemoryStore([Article(path="wire.md", title="Harbour closed", text=STORY)])
(PASSAGE,) = STORE.passages([0])
HIT = Hit(passage=PASSAGE, score=2, dense_rank=1)


def pointed_at(*readings: tuple[Span, float], hits: tuple[Hit, ...] = (HIT,)) -> list[Candidate]:
    said = [Reading(span=span, margin=margin, support=0.5) for span, margin in readings]
    return list(candidates(hits, [said] * len(hits), STORE.sentences))


def test_a_candidate_knows_its_sentence_and_what_stands_around_it() -> None:
    (one,) = pointed_at((Span(35, 38), 5.0))
    assert one == Candidate(
        passage=PASSAGE,
        sentence=Span(30, 58),
        answer=Span(35, 38),
        before=Span(0, 29),
        after=Span(59, 75),
        margin=5.0,
        found=1.0,
    )
    assert (one.text, one.value) == ("Some 400 ships wait outside.", "400")
    assert one.near == "\n".join(["Harbour closed", *STORY.replace(". ", ".\n").split("\n")])


def test_nothing_stands_before_the_first_sentence() -> None:
    (one,) = pointed_at((Span(4, 11), 1.0))
    assert one.slice(one.before) == ""


def test_a_sentence_is_taken_once_with_its_best_answer() -> None:
    assert [one.value for one in pointed_at((Span(35, 38), 5.0), (Span(39, 44), 4.0))] == ["400"]


def test_at_most_two_sentences_of_a_passage_are_taken() -> None:
    found = pointed_at((Span(4, 11), 5.0), (Span(35, 38), 4.5), (Span(59, 65), 4.0))
    assert [one.value for one in found] == ["harbour", "400"]


def test_an_answer_ends_where_its_sentence_ends() -> None:
    assert [one.value for one in pointed_at((Span(50, 65), 5.0))] == ["outside."]


def test_an_answer_that_starts_between_two_sentences_is_none() -> None:
    assert pointed_at((Span(29, 34), 5.0)) == []


def test_among_equals_that_of_the_better_hit_comes_first() -> None:
    worse = Hit(passage=PASSAGE, score=1, dense_rank=2)
    found = pointed_at((Span(35, 38), 5.0), hits=(HIT, worse))
    assert [one.found for one in found] == [1.0, 0.5]
