import random
from dataclasses import replace

from mssqa.types import Span
from training.examples import Example
from training.negatives import WordSearch, elsewhere, mined, pieces, removed, stitched, tells
from training.recipe import recipe

PASSAGE = (
    "The ferry of Marstal sank in the harbour during a long winter storm. Seven sailors were "
    "rescued by the fishing boats of the town. Nobody knows who had left the gate open that night."
)
SANK = Example(
    source="qed_nq",
    title="Marstal",
    question="How many sailors of the ferry were rescued?",
    passage=PASSAGE,
    answers=(Span(69, 74),),
)
OTHER = replace(
    SANK,
    question="Where did the other ferry sink?",
    passage="The ferry of Troense sank at sea. All its sailors were rescued.",
    answers=(Span(26, 32),),
)


def test_an_answer_is_found_in_other_case_and_punctuation() -> None:
    assert tells("Sent by the U.S. on Friday", ["the u.s."])
    assert not tells("Seventy men", ["seven"])


def test_a_mined_passage_shares_words_and_does_not_tell_the_answer() -> None:
    search = WordSearch([SANK, OTHER])
    found = mined(SANK, search, random.Random(0))
    assert (found.passage, found.answers, found.kind) == (OTHER.passage, (), "mined")


def test_a_passage_that_tells_the_answer_is_never_mined() -> None:
    telling = replace(OTHER, passage="Seven sailors of the ferry were rescued.", answers=())
    assert mined(SANK, WordSearch([SANK, telling]), random.Random(0)) == SANK


def test_the_sentence_that_answers_is_removed() -> None:
    silent = removed(SANK)
    assert "Seven" not in silent.passage
    assert silent.passage.startswith("The ferry")
    assert silent.answers == ()


def test_nothing_is_removed_where_little_would_be_left() -> None:
    assert removed(OTHER) is OTHER


def test_another_part_of_a_long_text_does_not_tell_the_answer() -> None:
    long = replace(SANK, passage=PASSAGE + " The island has many old houses and a school." * 20)
    part = elsewhere(long, letters=200, rng=random.Random(0))
    assert part.kind == "elsewhere"
    assert part.passage in long.passage
    assert not tells(part.passage, ["Seven"])


def test_a_stitched_passage_keeps_its_answer_on_either_side() -> None:
    for seed in range(6):
        both = stitched(SANK, (OTHER.passage,), random.Random(seed))
        assert both.answer_texts == ("Seven",)
        assert OTHER.passage in both.passage


def test_pieces_are_runs_of_whole_sentences_that_lose_nothing() -> None:
    text = " ".join(f"Sentence number {n} says very little indeed." for n in range(60))
    parts = pieces(text)
    assert " ".join(parts) == text
    assert max(map(len, parts)) <= 900


def test_the_recipe_is_the_same_for_the_same_seed_and_its_marks_stand() -> None:
    examples = (SANK, OTHER) * 5
    once, again = (tuple(recipe(examples, seed=3)) for _ in range(2))
    assert once == again
    assert {bool(e.answers) for e in once} == {True, False}
    assert all(0 <= s < e <= len(x.passage) for x in once for s, e in x.answers)
