import random

from training.rephrase import SYNONYMS, framed, in_synonyms, mistyped, opened_otherwise, shortened

QUESTION = "In what year did the police of Kitwe stop the protest?"


def test_a_word_is_exchanged_for_one_of_its_family_and_names_stay() -> None:
    found = {in_synonyms("What did police stop in Stop Town", random.Random(n)) for n in range(30)}
    assert "What did officers halt in Stop Town" in found
    assert all(text.endswith("in Stop Town") for text in found)


def test_no_word_is_its_own_synonym() -> None:
    assert all(word not in others for word, others in SYNONYMS.items())


def test_another_opening_asks_the_same() -> None:
    assert {opened_otherwise(QUESTION, random.Random(n)) for n in range(30)} == {
        "When did the police of Kitwe stop the protest?",
        "What year did the police of Kitwe stop the protest?",
        "In which year did the police of Kitwe stop the protest?",
    }


def test_a_shortened_question_keeps_its_first_word_and_its_full_words() -> None:
    for seed in range(20):
        words = shortened(QUESTION, random.Random(seed)).lower().split()
        assert words[0] == "in"
        assert {"year", "police", "kitwe", "stop", "protest"} <= set(words)


def test_a_frame_leaves_the_question_whole() -> None:
    for seed in range(20):
        assert QUESTION[1:] in framed(QUESTION, random.Random(seed))


def test_a_slip_touches_one_long_word_in_small_letters() -> None:
    for seed in range(20):
        pairs = zip(QUESTION.split(), mistyped(QUESTION, random.Random(seed)).split(), strict=True)
        assert [old in {"police", "protest?"} for old, new in pairs if old != new] in ([True], [])
