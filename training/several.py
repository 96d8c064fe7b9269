"""Which questions take several sentences to answer: `python -m training.several`.

A logistic curve over the runs of words of a question, kept short by an L1 penalty, is fitted on the
stories: one that has several marked answers in one article takes several sentences. A question
whose one answer stands in several articles may be the same said twice, so it is left out, and so
is one without an answer. Prints how well the curve does on the stories held out; writes
`several.json` beside `mssqa.ask.several`.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from mssqa.ask import several
from mssqa.ask.several import ENOUGH, WEIGHTS, Weights, chance, runs
from mssqa.evaluate.shares import roc_auc
from training import news
from training.news import Asked, Story

TARGET = Path(several.__file__).with_name(WEIGHTS)
LEAST = 8  # questions that have a run
PENALTY = 1.0  # inverse strength of the L1 penalty
DIGITS = 3
SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A question, in one of its wordings, and whether its answer takes several sentences."""

    question: str
    several: bool


def labelled(told: Sequence[Story]) -> tuple[Labelled, ...]:
    """The questions of stories whose answers tell how many sentences they take."""
    return tuple(
        Labelled(question=wording, several=takes)
        for story in told
        for asked in story.questions
        if (takes := _takes_several(asked, story)) is not None
        for wording in (asked.question, *asked.others)
    )


def _takes_several(asked: Asked, story: Story) -> bool | None:
    if any(len(spans) > 1 for spans in asked.answers.values()):
        return True
    said = {
        re.sub(r"\W+", " ", story.articles[place].text[start:end].casefold())
        for place, spans in asked.answers.items()
        for start, end in spans
    }
    return False if len(said) == 1 else None


def fit(examples: Sequence[Labelled], *, least: int = LEAST) -> Weights:
    """The weights of the runs that count."""
    counting = CountVectorizer(analyzer=runs, min_df=least, binary=True)
    table = counting.fit_transform(one.question for one in examples)
    curve = LogisticRegression(l1_ratio=1, C=PENALTY, solver="liblinear", random_state=SEED)
    curve.fit(table, [one.several for one in examples])
    named = zip(counting.get_feature_names_out(), curve.coef_[0], strict=True)
    kept = {name: round(float(weight), DIGITS) for name, weight in named if abs(weight) >= 0.001}
    return Weights(bias=round(float(curve.intercept_[0]), DIGITS), runs=kept)


def measured(examples: Sequence[Labelled], known: Weights) -> dict[str, float]:
    """Ranking (the area under the ROC curve), and precision and recall from `ENOUGH` on."""
    chances = np.array([chance(one.question, known) for one in examples])
    takes = np.array([one.several for one in examples])
    found = chances >= ENOUGH
    return {
        "questions": len(examples),
        "several": int(takes.sum()),
        "ranking": roc_auc(chances[takes].tolist(), chances[~takes].tolist()) or 0.0,
        "precision": float(takes[found].mean()),
        "recall": float(found[takes].mean()),
    }


def main(target: Annotated[Path, typer.Option(help="where the weights go")] = TARGET) -> None:
    """Fit, measure on what was held out, print, write."""
    told, held_out = news.split()
    known = fit(labelled(told))
    numbers = measured(labelled(held_out), known)
    typer.echo(json.dumps({name: round(number, 3) for name, number in numbers.items()}))
    fitted = {
        "command": "python -m training.several",
        "bias": known.bias,
        "runs": dict(sorted(known.runs.items())),
    }
    target.write_text(json.dumps(fitted, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
