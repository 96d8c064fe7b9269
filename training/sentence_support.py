"""Fit the weights of `mssqa.retrieve.support` on public questions with their paragraphs.

    MSSQA_DATA=... python training/sentence_support.py [--questions 1500]

Each question meets four paragraphs that share its subject or its words. In half of the cases the
one that answers it is taken away. Titles are split: a fifth of them is held out. The regression
is fitted on all sentences, then made to tell the truth about the best sentence of each question
(Platt scaling). Prints weights, and on the held-out titles how well the best sentence is found,
the area under the curve for "is it an answer at all" and the expected calibration error.
"""

import argparse
import gzip
import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from mssqa.config import Embedder as EmbedderSettings
from mssqa.models import load_embedder
from mssqa.ports import Embedder
from mssqa.retrieve.support import asked, features, under_title
from mssqa.text import sentence_spans, words

FILES = ("qed_nq", "squad_train_fragment", "squadshifts_new_wiki")
PARAGRAPHS = 4
POOL = 200
HELD_OUT = 5  # one title in so many

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the paragraphs it meets, and which of their sentences answer it."""

    question: str
    paragraphs: tuple[tuple[str, tuple[str, ...]], ...]  # (title, sentences)
    answers: tuple[bool, ...]  # for all sentences in a row
    held: bool


def main() -> None:
    """Fit, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=1500, help="from each file")
    count = parser.parse_args().questions
    folder = Path(os.environ["MSSQA_DATA"]) / "reading"
    cases = [case for name in FILES for case in load(folder / f"{name}.jsonl.gz", count)]
    embedder = load_embedder(EmbedderSettings())
    rows = matrices(cases, embedder)
    kept = [(case, row) for case, row in zip(cases, rows, strict=True) if not case.held]
    weights = fit(
        np.concatenate([row for _, row in kept]),
        np.concatenate([np.array(case.answers, dtype=float) for case, _ in kept]),
    )
    weights = rescaled(weights, kept)
    rounded = [round(float(weight), 3) for weight in weights]
    sys.stdout.write(f"BIAS = {rounded[0]}\nWEIGHTS = {tuple(rounded[1:])}\n")
    for split in (False, True):
        measure([pair for pair in zip(cases, rows, strict=True) if pair[0].held is split], weights)


def load(path: Path, count: int) -> Iterator[Case]:
    """So many questions of a file, drawn with a fixed seed."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        examples = [json.loads(line) for line in lines]
    draw = random.Random(7)
    by_title: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for example in examples:
        by_title[example["title"]].append(example)
    for example in draw.sample([e for e in examples if e["answers"]], count):
        pool = [*by_title[example["title"]], *draw.sample(examples, POOL)]
        yield _case(example, pool, answerable=draw.random() < 0.5)


def _case(example: dict[str, Any], pool: list[dict[str, Any]], *, answerable: bool) -> Case:
    sought = _bag(example["question"])
    texts = [answer["text"].casefold() for answer in example["answers"]]
    others = {
        other["context"]: other["title"]
        for other in pool
        if not any(text in other["context"].casefold() for text in texts)
    }
    nearest = sorted(others, key=lambda text: -len(sought & _bag(text)))
    paragraphs = [(others[text], _sentences(text)) for text in nearest[: PARAGRAPHS - answerable]]
    answers = [False] * sum(len(sentences) for _, sentences in paragraphs)
    if answerable:
        context = example["context"]
        spans = sentence_spans(context)
        starts = {answer["start"] for answer in example["answers"]}
        paragraphs.append((example["title"], tuple(context[a:b] for a, b in spans)))
        answers += [any(a <= start < b for start in starts) for a, b in spans]
    return Case(
        question=example["question"],
        paragraphs=tuple(paragraphs),
        answers=tuple(answers),
        held=crc32(example["title"].encode()) % HELD_OUT == 0,
    )


@cache
def _bag(text: str) -> frozenset[str]:
    return frozenset(words(text))


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in sentence_spans(text))


def matrices(cases: list[Case], embedder: Embedder) -> list[Matrix]:
    """For each case the features of all its sentences, a row each."""
    texts = [
        [case.question, *(under_title(title, s) for title, group in case.paragraphs for s in group)]
        for case in cases
    ]
    vectors = iter(embedder.encode([text for group in texts for text in group]))
    found = []
    for case, group in zip(cases, texts, strict=True):
        question, *sentences = islice(vectors, len(group))
        found.append(_matrix(case, [float(question @ sentence) for sentence in sentences]))
    return found


def _matrix(case: Case, similarities: list[float]) -> Matrix:
    sought = asked(case.question, [s for _, group in case.paragraphs for s in group])
    rows: list[tuple[float, ...]] = []
    for title, group in case.paragraphs:
        rows += features(
            sought,
            surroundings=f"{title} {' '.join(group)}",
            sentences=group,
            similarities=similarities[len(rows) : len(rows) + len(group)],
        )
    return np.array(rows)


def fit(rows: Matrix, labels: Matrix, *, ridge: float = 1e-3, rounds: int = 30) -> Matrix:
    """Logistic regression by Newton's method; the first weight is the bias."""
    design = np.column_stack([np.ones(len(rows)), rows])
    weights = np.zeros(design.shape[1])
    for _ in range(rounds):
        odds = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (labels - odds) - ridge * weights
        curve = (design * (odds * (1 - odds))[:, None]).T @ design + ridge * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights


def rescaled(weights: Matrix, cases: list[tuple[Case, Matrix]]) -> Matrix:
    """The weights on the scale on which the best sentence of a question is as likely as it says."""
    best, right = best_sentences(weights, cases)
    shift, scale = fit(best[:, None], right)
    changed: Matrix = weights * scale
    changed[0] += shift
    return changed


def best_sentences(weights: Matrix, cases: list[tuple[Case, Matrix]]) -> tuple[Matrix, Matrix]:
    """For each question the log odds of its best sentence, and whether that one answers it."""
    best, right = [], []
    for case, rows in cases:
        odds = weights[0] + rows @ weights[1:]
        best.append(odds.max())
        right.append(float(case.answers[int(odds.argmax())]))
    return np.array(best), np.array(right)


def measure(cases: list[tuple[Case, Matrix]], weights: Matrix) -> None:
    """Print how well the best sentence is found, told from no answer, and how honest it is."""
    best, right = best_sentences(weights, cases)
    answerable = np.array([any(case.answers) for case, _ in cases])
    odds = 1 / (1 + np.exp(-best))
    order = np.argsort(np.argsort(best)) + 1.0
    positives = right.sum()
    area = (order[right == 1].sum() - positives * (positives + 1) / 2) / (
        positives * (len(right) - positives)
    )
    bins = np.digitize(odds, np.linspace(0, 1, 11)[1:-1])
    error = sum(
        abs(odds[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in np.unique(bins)
    )
    sys.stdout.write(
        f"{'held out' if cases[0][0].held else 'fitted on'}: {len(cases)} questions, best sentence"
        f" right {right[answerable].mean():.3f} of {int(answerable.sum())} answerable,"
        f" AUC {area:.3f}, ECE {error:.3f}\n"
    )


if __name__ == "__main__":
    main()
