import random
from dataclasses import replace

from mssqa.types import Span
from training.examples import Example
from training.swaps import (
    asked_otherwise,
    name_changes,
    names,
    negated,
    opposite_changes,
    place_names,
    substitute,
    told_otherwise,
    year_changes,
)

PASSAGE = "In 1990 Ruth Moyo opened the mine near Kitwe. In 1994 Paul Banda closed it."
OPENED = Example(
    source="s",
    title="t",
    question="Who opened the mine near Kitwe in 1990?",
    passage=PASSAGE,
    answers=(Span(8, 17),),
)


def test_a_word_that_only_opens_a_sentence_is_no_name() -> None:
    assert names("Talks with Kenya failed. They left for New York.") == ("Kenya", "New York")


def test_a_name_of_the_question_is_changed_for_one_that_shares_no_word_with_it() -> None:
    assert name_changes(OPENED, ["Kitwe North", "Ndola"]) == (
        ("Kitwe", "Ruth Moyo"),
        ("Kitwe", "Paul Banda"),
        ("Kitwe", "Ndola"),
    )


def test_a_place_is_only_changed_for_a_place() -> None:
    places = frozenset({"Kitwe", "Ndola"})
    assert name_changes(OPENED, ["Ndola"], places) == (("Kitwe", "Ndola"),)


def test_a_name_that_rarely_stands_behind_in_is_no_place() -> None:
    texts = 3 * ["Talks in Ndola. Trust in Ann. We saw Ann, and Ann saw us; it was Ann again."]
    assert place_names(texts) == {"Ndola"}


def test_an_opposite_that_the_question_already_has_is_not_put_in() -> None:
    assert opposite_changes("Was it opened or closed?") == ()


def test_a_year_is_changed_for_another_of_the_passage_or_one_near_it() -> None:
    changes = year_changes(OPENED, random.Random(0))
    assert ("1990", "1994") in changes
    assert all(old == "1990" != new for old, new in changes)


def test_a_verb_is_changed_for_its_opposite() -> None:
    assert opposite_changes(OPENED.question) == (("opened", "closed"),)


def test_the_changed_question_has_no_answer_and_differs() -> None:
    for seed in range(20):
        changed = asked_otherwise(OPENED, ["Ndola"], random.Random(seed))
        assert changed.answers == ()
        assert changed.question != OPENED.question
        assert changed.passage == PASSAGE


def test_a_question_in_which_nothing_can_be_changed_is_left_as_it_is() -> None:
    plain = replace(OPENED, question="why", passage="it fell")
    assert asked_otherwise(plain, [], random.Random(0)) == plain


def test_case_is_kept() -> None:
    assert negated("Did it rain?") == "Didn't it rain?"
    assert negated("who is she") == "who isn't she"
    assert negated("who came") == "who came"


def test_a_name_changed_in_the_passage_moves_the_answer() -> None:
    told = told_otherwise(OPENED, ("Kitwe", "Livingstone"))
    assert told.passage == PASSAGE.replace("Kitwe", "Livingstone")
    assert told.answer_texts == ("Ruth Moyo",)


def test_the_last_word_of_a_changed_name_is_changed_where_it_stands_alone() -> None:
    story = replace(OPENED, passage="Ruth Moyo came. Moyo left.", answers=())
    assert (
        told_otherwise(story, ("Ruth Moyo", "Paul Banda")).passage == "Paul Banda came. Banda left."
    )


def test_an_answer_that_held_the_name_is_dropped() -> None:
    assert substitute("Oslo won", [Span(0, 4)], "Oslo", "Rome") == ("Rome won", ())
