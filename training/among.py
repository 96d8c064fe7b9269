"""How sure the shipped reader may be of the best of several passages: `python -m training.among`.

A question of a held-out title meets its own paragraph and those of the title that share most of
its words, as it does when hits are read. Prints the logistic curve of "people marked an answer"
over the best margin, and how well supports from it decline; the curve is `PACKAGED` in
`mssqa.models.reader`. Answerable and unanswerable questions count alike.
"""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from mssqa.config import Reader as Settings
from mssqa.models import load_reader
from mssqa.ports import Reader
from mssqa.text import FUNCTION_WORDS, words
from training.calibrate import ASKED_BY_PEOPLE, logistic
from training.examples import Example, load, split

PASSAGES = 8  # as many as are read for a question
SUPPORTS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


def main(
    data: Annotated[Path, typer.Option(envvar="MSSQA_DATA", help="the folder of reading/")],
    each: Annotated[int, typer.Option(help="questions with and without an answer, at most")] = 200,
) -> None:
    """Fit on one half of the questions, measure on the other."""
    _, held_out = split(load(data / "reading"))
    people = [example for example in held_out if example.source == ASKED_BY_PEOPLE]
    random.Random(1).shuffle(people)
    answerable = [example for example in people if example.answers][:each]
    silent = [example for example in people if not example.answers][:each]
    asked = [one for pair in zip(answerable, silent, strict=False) for one in pair]
    reader = load_reader(Settings())
    margins = np.array([best_margin(one, people, reader) for one in asked])
    marked = np.array([bool(one.answers) for one in asked], dtype=float)
    fit, rest = slice(0, len(asked) // 4 * 2), slice(len(asked) // 4 * 2, None)
    scale, shift = logistic(margins[fit], marked[fit], np.ones(len(marked[fit])))
    supports = 1 / (1 + np.exp(-(scale * margins[rest] + shift)))
    measured = [declining(supports, marked[rest], least) for least in SUPPORTS]
    typer.echo(json.dumps({"scale": scale, "shift": shift, "declining": measured}, indent=1))


def best_margin(example: Example, others: Sequence[Example], reader: Reader) -> float:
    """The highest margin over the paragraph and those of its title most like the question."""
    asked = set(words(example.question)) - FUNCTION_WORDS
    passages = sorted({other.passage for other in others if other.title == example.title})
    passages.sort(key=lambda passage: -len(asked.intersection(words(passage))))
    near = [passage for passage in passages if passage != example.passage][: PASSAGES - 1]
    passages = [example.passage, *near]
    over = [example.headline] * len(passages)
    readings = reader.read(example.question, passages, headlines=over)
    return max(one.margin for of_passage in readings for one in of_passage)


def declining(
    supports: NDArray[np.float64], marked: NDArray[np.float64], least: float
) -> dict[str, float]:
    """Shares of the unanswerable that a least support declines, and of the answerable.

    >>> declining(np.array([0.1, 0.3, 0.9]), np.array([0.0, 1, 1]), 0.4)
    {'least': 0.4, 'rightly': 1.0, 'wrongly': 0.5}
    """
    low = supports < least
    return {
        "least": least,
        "rightly": float(low[marked == 0].mean()),
        "wrongly": float(low[marked == 1].mean()),
    }


if __name__ == "__main__":
    typer.run(main)
