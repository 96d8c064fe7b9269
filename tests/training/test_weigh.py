"""Fitting the weights of signs."""

from pathlib import Path

import pytest
from doubles import fake_models

from mssqa.config import load_config
from mssqa.retrieve.signs import Signs
from training.news import stories
from training.weigh import Seen, best, by_kind, fit, left_out, look, measured

HARBOUR = """=== story: harbour
--- article
title: Oslo harbour
published: 2024-05-06
publisher: Gazette

The harbour closed on Monday. Some 400 ships wait outside the harbour.
--- article
title: Rice
published: 2024-05-07
publisher: Gazette

Rice rose by 4%.
--- questions
Q: How many ships wait outside the harbour?
A1: Some [400] ships
Q: How many ships wait in Bergen?
N: other
"""
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


def test_the_signs_of_a_question_are_seen_as_when_hits_are_read(tmp_path: Path) -> None:
    file = tmp_path / "harbour.txt"
    file.write_text(HARBOUR, "utf-8")
    answered, silent = look(stories(file), fake_models(), load_config(), each=2)
    assert (answered.answerable, answered.kind, answered.group) == (True, "given", "harbour")
    assert answered.right == (True, False, False)
    assert answered.signs[0].behind == 0.0
    assert (silent.answerable, silent.kind, any(silent.right)) == (False, "other", False)
