"""Compares readers on held-out titles: `python -m training.choose MODEL...`.

What decides between runs. Three things are asked: people's own questions with and without an
answer, as they stand and in other words, since the first model had seen those with an answer as
they stand; made negatives by kind; and how much the margin of a question moves when the same is
asked in other words. Ranking is the area under the curve: the chance that a question with an
answer has a higher margin than one without.
"""

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean, median
from typing import Annotated

import numpy as np
import typer

from training.calibrate import ASKED_BY_PEOPLE, LEFT_OUT, people
from training.decode import Reader
from training.examples import Example, load, split
from training.measure import Outcome, best_threshold, declining, forced, read_all
from training.recipe import recipe
from training.rephrase import in_synonyms, opened_otherwise, rephrased

SEED = 11


def main(
    models: Annotated[list[Path], typer.Argument(help="folders of models")],
    data: Annotated[Path, typer.Option(envvar="MSSQA_DATA", help="the folder of reading/")],
    made: Annotated[int, typer.Option(help="made examples at most")] = 1000,
    threads: Annotated[int, typer.Option(help="processor threads")] = 2,
) -> None:
    """Print one line for each model."""
    _, held_out = split(load(data / "reading"))
    others = [e for e in held_out if e.source not in LEFT_OUT | {ASKED_BY_PEOPLE}]
    examples = list(recipe(others, seed=SEED))
    random.Random(SEED).shuffle(examples)
    for model in models:
        reader = Reader(model, threads=threads)
        asked = people(held_out)
        row = {"people": of_people(reader, asked)}
        row |= {"people, other words": of_people(reader, reworded(asked))}
        row |= {"made": of_kinds(reader, examples[:made])}
        row |= {"other words": in_other_words(reader, others)}
        typer.echo(f"{model}: {json.dumps(row)}")


def of_people(reader: Reader, asked: Sequence[Example]) -> dict[str, float]:
    """Forced F1, F1 with declining at the best threshold, and ranking."""
    outcomes = read_all(reader, asked)
    threshold = best_threshold(outcomes)
    return _rounded(
        {
            "forced": forced(outcomes)[1],
            "declining": declining(outcomes, threshold),
            "threshold": threshold,
            "ranking": ranking(outcomes),
        }
    )


def reworded(examples: Sequence[Example]) -> tuple[Example, ...]:
    """The same questions with synonyms and other openings; nothing is left out or mistyped."""
    rng = random.Random(SEED)
    return tuple(
        replace(one, question=opened_otherwise(in_synonyms(one.question, rng), rng))
        for one in examples
    )


def of_kinds(reader: Reader, examples: Sequence[Example]) -> dict[str, float]:
    """The same, and how well each kind of negative is told from all that have an answer."""
    outcomes = read_all(reader, examples)
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for example, found in zip(examples, outcomes, strict=True):
        by_kind["" if example.answers else example.kind].append(found)
    answerable = by_kind.pop("")
    threshold = best_threshold(outcomes)
    kinds = {kind: ranking([*answerable, *some]) for kind, some in sorted(by_kind.items())}
    whole = {
        "forced": forced(outcomes)[1],
        "declining": declining(outcomes, threshold),
        "ranking": ranking(outcomes),
    }
    return _rounded(whole | kinds)


def in_other_words(reader: Reader, examples: Sequence[Example]) -> dict[str, float]:
    """The median margin as asked, and the mean change when the same is asked in other words."""
    rng = random.Random(SEED)
    some = [e for e in examples if e.answers and len(e.passage) < 1500]
    asked = rng.sample(some, min(300, len(some)))
    before = [reader.read(one).margin for one in asked]
    other = [replace(one, question=rephrased(one.question, rng)) for one in asked]
    moved = [reader.read(new).margin - old for new, old in zip(other, before, strict=True)]
    return _rounded({"margin": median(before), "moved": mean(moved)})


def ranking(outcomes: Sequence[Outcome]) -> float:
    """Area under the curve of "it has an answer" by margin; ties count half.

    >>> rows = [Outcome(margin=m, f1=1.0, exact=1.0, answerable=m > 1) for m in (1.0, 2.0, 3.0)]
    >>> ranking([*rows, Outcome(margin=2.0, f1=0.0, exact=0.0, answerable=False)])
    0.875
    """
    high = np.array([o.margin for o in outcomes if o.answerable])
    low = np.array([o.margin for o in outcomes if not o.answerable])
    above = high[:, None] - low[None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in values.items()}


if __name__ == "__main__":
    typer.run(main)
