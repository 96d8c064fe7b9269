import random
from dataclasses import replace

from mssqa.types import Span
from training.examples import Example, clip, crop, is_held_out, parse, split, widen

PASSAGE = "It rained on Monday. Ann sold the boat in Bergen. The buyer paid in cash. Nobody spoke."
SALE = Example(
    source="qed_nq",
    title="Boats",
    question="Where did Ann sell the boat?",
    passage=PASSAGE,
    answers=(Span(42, 48),),
)


def test_a_mark_that_does_not_stand_where_it_says_is_left_out() -> None:
    row = {
        "title": "Boats",
        "question": "Where?",
        "context": PASSAGE,
        "answers": [{"text": "Bergen", "start": 42}, {"text": "Bergen", "start": 0}],
    }
    assert parse(row, source="qed_nq").answers == (Span(42, 48),)


def test_a_cropped_passage_is_whole_sentences_and_its_answer_moves_along() -> None:
    near = crop(SALE, letters=30, rng=random.Random(0))
    assert near.passage == "Ann sold the boat in Bergen."
    assert near.answer_texts == ("Bergen",)


def test_a_passage_that_is_short_enough_is_left_as_it_is() -> None:
    assert crop(SALE, letters=500, rng=random.Random(0)) is SALE


def test_growing_never_passes_the_wanted_length() -> None:
    for seed in range(20):
        found = widen(PASSAGE, Span(42, 48), letters=60, rng=random.Random(seed))
        assert found.end - found.start <= 60
        assert found.start <= 42
        assert found.end >= 48


def test_an_example_without_an_answer_is_cut_around_any_sentence() -> None:
    silent = replace(SALE, answers=())
    assert crop(silent, letters=30, rng=random.Random(1)).passage in PASSAGE


def test_marks_outside_a_piece_are_dropped() -> None:
    assert clip(SALE, Span(0, 20)).answers == ()


def test_all_questions_of_a_title_fall_on_the_same_side() -> None:
    examples = [replace(SALE, title=f"t{n % 50}", question=str(n)) for n in range(400)]
    train, held_out = split(examples)
    assert len(train) + len(held_out) == 400
    assert not {e.title for e in train} & {e.title for e in held_out}


def test_named_titles_are_held_out() -> None:
    assert is_held_out(replace(SALE, source="squad_train_fragment", title="Montana"))
    assert not is_held_out(replace(SALE, source="squad_train_fragment", title="IPod"))
