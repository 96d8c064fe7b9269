"""From margins to a threshold and a support, on titles that were never trained on."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.examples import Example
from training.measure import Outcome, best_threshold
from training.recipe import recipe

ASKED_BY_PEOPLE = frozenset({"squad_train_fragment"})  # their unanswerable ones as well
LEFT_OUT = frozenset({"qamr", "policyqa"})  # single sentences, and law: not what will be asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """support = 1 / (1 + exp(-(scale * margin + shift)))."""

    threshold: float  # the margin from which answering pays
    scale: float
    shift: float


def questions(held_out: Sequence[Example], *, made: int, seed: int) -> tuple[Example, ...]:
    """What people asked and could not be answered, and `made` of the recipe's kinds."""
    rng = random.Random(seed)
    native = tuple(e for e in held_out if e.source in ASKED_BY_PEOPLE)
    others = [e for e in held_out if e.source not in LEFT_OUT | ASKED_BY_PEOPLE]
    variants = list(recipe(others, seed=seed))
    return native + tuple(rng.sample(variants, min(made, len(variants))))


def calibrate(outcomes: Sequence[Outcome]) -> Calibration:
    """The threshold of the best F1, and the logistic curve of "people marked an answer"."""
    margins = np.asarray([o.margin for o in outcomes])
    answerable = np.asarray([o.answerable for o in outcomes], dtype=float)
    scale, shift = logistic(margins, answerable)
    return Calibration(threshold=best_threshold(outcomes), scale=scale, shift=shift)


def logistic(x: np.ndarray, y: np.ndarray, *, steps: int = 30) -> tuple[float, float]:
    """(scale, shift) of the likeliest logistic curve, by Newton's method, lightly held to 0.

    >>> scale, shift = logistic(np.array([-2.0, -1, 1, 2]), np.array([0.0, 0, 1, 1]))
    >>> scale > 1, abs(shift) < 1e-6
    (True, True)
    """
    design = np.stack([x, np.ones_like(x)], axis=1)
    weights = np.zeros(2)
    for _ in range(steps):
        p = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (y - p) - 1e-2 * weights
        curve = (design * (p * (1 - p))[:, None]).T @ design + 1e-2 * np.eye(2)
        weights += np.linalg.solve(curve, gradient)
    return float(weights[0]), float(weights[1])
