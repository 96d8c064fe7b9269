"""Fitting the weights of signs."""

import pytest
from doubles import FakeParser, FakeReader

from mssqa.retrieve.signs import Signs
from mssqa.types import Span
from training.askings import Asking, askings
from training.examples import Example
from training.weigh import Seen, best, by_kind, fit, left_out, measured, see

QUIET = Signs(*[0.0] * len(Signs._fields))


def row(margin: float, *, right: bool, answerable: bool = True, group: str = "") -> Seen:
    return Seen(
        signs=(QUIET._replace(margin=margin), QUIET._replace(margin=margin - 1)),
        right=(right, False),
        answerable=answerable,
        kind="given" if answerable else "taken away",
        group=group or str(margin),
    )


YES = [row(margin, right=True) for margin in (1.0, 2.0, 3.0, 4.0)]
NO = [row(margin, right=False, answerable=False) for margin in (-1.0, -2.0, -3.0, -4.0)]


def test_a_sign_that_tells_right_from_wrong_gets_its_weight() -> None:
    weights = fit([*YES, *NO], ["margin", "names_lacking"])
    assert weights["margin"] > 0.2
    assert weights["names_lacking"] == pytest.approx(0.0, abs=1e-6)


def test_the_best_sentence_of_a_question_counts() -> None:
    assert best(YES[0], {"margin": 1.0, "bias": -1.0}) == (0.5, True)
    assert best(YES[0], {"margin": -1.0, "bias": 0.0}) == (0.5, False)


def test_what_is_measured_was_left_out_of_the_fit() -> None:
    outcomes = left_out([*YES, *NO], ["margin"])
    assert sorted(row.group for row, _, _ in outcomes) == sorted(r.group for r in [*YES, *NO])
    assert measured(outcomes) == {
        "ranking": 1.0,
        "right": 1.0,
        "served": 1.0,
        "least": pytest.approx(min(high for row, high, _ in outcomes if row.answerable)),
    }


def test_declining_is_told_by_kind() -> None:
    outcomes = [(YES[0], 0.9, True), (NO[0], 0.2, False), (NO[1], 0.6, False)]
    assert by_kind(outcomes, 0.5) == {"taken away": 0.5}


def test_the_signs_of_a_question_are_seen_as_when_hits_are_read() -> None:
    asking = Asking(
        question="How many ships wait?",
        title="Oslo_harbour",
        passages=("The harbour closed. Some 400 ships wait.", "Rice rose by 4%."),
        answers=("400",),
        kind="given",
        group="g",
    )
    seen = see(asking, FakeReader(), FakeParser())
    assert (seen.right[0], seen.answerable, seen.signs[0].behind) == (True, True, 0.0)
    assert not any(seen.right[1:])


def test_questions_with_and_without_an_answer_are_asked() -> None:
    stories = [
        f"In {1990 + n} Ola Nordmann of Oslo built ship number {n}. It sailed to Lima in a week."
        for n in range(40)
    ]
    examples = [
        Example(
            source="qed_nq",
            title=f"Ship {n}",
            question=f"Who built ship number {n} in {1990 + n}?",
            passage=story,
            answers=(Span(8, 20),),
        )
        for n, story in enumerate(stories)
    ]
    made = list(askings(examples, []))
    assert {one.kind for one in made} >= {"given", "taken away", "question swapped"}
    assert all(bool(one.answers) == (one.kind in {"given", "rightly restricted"}) for one in made)
    assert made == list(askings(examples, []))
