"""From margins to thresholds and a support, on titles that were never trained on.

Answerable and unanswerable questions count alike, whatever their numbers: how many questions the
articles do not answer is not known beforehand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from training.decode import Reader
from training.examples import Example
from training.measure import Outcome, best_threshold, read_all
from training.recipe import near_misses, recipe

ASKED_BY_PEOPLE = "squad_train_fragment"  # the only set with adversarial questions of people
LEFT_OUT = frozenset({"qamr", "policyqa"})  # single sentences, and law: not what will be asked
SAME_PASSAGE = frozenset(
    {
        "question swapped",
        "negated",
        "passage swapped",
        "roles exchanged",
        "modified",
        "wrongly restricted",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """support = 1 / (1 + exp(-(scale * margin + shift)))."""

    threshold: float  # the margin from which answering pays
    scale: float
    shift: float


def questions(held_out: Sequence[Example], *, seed: int) -> tuple[Example, ...]:
    """What people asked without an answer, beside what they could; and the recipe's negatives."""
    others = [e for e in held_out if e.source not in LEFT_OUT | {ASKED_BY_PEOPLE}]
    return (*people(held_out), *recipe(others, seed=seed))


def outcomes_alike(
    held_out: Sequence[Example],
    asked: Sequence[Example],
    outcomes: Sequence[Outcome],
    reader: Reader,
) -> Mapping[str, tuple[Outcome, ...]]:
    """For a benchmark, held-out questions asked as it asks; `outcomes` are those of `asked`.

    SQuAD 2.0 asks what a passage on the right subject does not say, and people make that hard: of
    the negatives that can be made of a question, the one with the highest margin counts. CLAPnq
    asks natural questions of passages that a search found.
    """
    by_people = [example for example in held_out if example.source == ASKED_BY_PEOPLE]
    near = near_misses(by_people, seed=1)
    read = iter(read_all(reader, [one for some in near for one in some]))
    hardest = (max(islice(read, len(some)), key=lambda outcome: outcome.margin) for some in near)
    natural = (
        outcome
        for example, outcome in zip(asked, outcomes, strict=True)
        if example.source == "qed_nq" and example.kind not in SAME_PASSAGE
    )
    return {
        "squad2_dev_half": (*read_all(reader, by_people), *hardest),
        "clapnq_dev": tuple(natural),
    }


def people(held_out: Sequence[Example]) -> tuple[Example, ...]:
    """The questions of the titles about which people also asked what the text does not say."""
    asked = [e for e in held_out if e.source == ASKED_BY_PEOPLE]
    mixed = {e.title for e in asked if not e.answers}
    return tuple(e for e in asked if e.title in mixed)


def calibrate(outcomes: Sequence[Outcome]) -> Calibration:
    """The threshold of the best F1, and the logistic curve of "people marked an answer"."""
    margins = np.asarray([o.margin for o in outcomes])
    answerable = np.asarray([o.answerable for o in outcomes], dtype=float)
    weight = answerable.sum() / max(1.0, (1 - answerable).sum())
    scale, shift = logistic(margins, answerable, np.where(answerable > 0, 1.0, weight))
    threshold = best_threshold(outcomes, silent_weight=float(weight))
    return Calibration(threshold=threshold, scale=scale, shift=shift)


def logistic(
    x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[float, float]:
    """(scale, shift) of the likeliest logistic curve, by Newton's method, lightly held to 0.

    >>> x, y = np.array([-2.0, -1, 1, 2]), np.array([0.0, 0, 1, 1])
    >>> scale, shift = logistic(x, y, np.ones(4))
    >>> scale > 1, abs(shift) < 1e-6
    (True, True)
    """
    design = np.stack([x, np.ones_like(x)], axis=1)
    found = np.zeros(2)
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        gradient = design.T @ (weight * (y - p)) - 1e-2 * found
        curve = (design * (weight * p * (1 - p))[:, None]).T @ design + 1e-2 * np.eye(2)
        step = np.linalg.solve(curve, gradient)
        found += step / max(1.0, np.abs(step).max())  # a longer step may run away
    return float(found[0]), float(found[1])
