"""What each sign of an answer is worth: `python -m training.weigh`.

Questions of held-out titles meet their own paragraph among look-alikes, as they do when hits are
read; half of them have no answer there: people's own, questions with a fact changed, and questions
whose paragraph was taken away. Their best sentences are labelled by whether they hold a marked
answer, and a logistic curve is fitted to their signs. Answerable and unanswerable questions count
alike. Prints how well supports do on titles left out of the fit, with each sign in turn left out;
writes `weights.json` beside `mssqa.retrieve.weigh`.
"""

import json
import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from mssqa.config import Reader as Settings
from mssqa.models import load_parser, load_reader
from mssqa.ports import Parser, Reader
from mssqa.retrieve import weigh
from mssqa.retrieve.candidates import Candidate, candidates
from mssqa.retrieve.signs import Signs
from mssqa.retrieve.weigh import READ_ALONE, WEIGHTS, seen, support
from mssqa.text import sentence_spans
from mssqa.types import Article, Hit, Passage, Query, Span
from training.askings import SEED, Asking, askings
from training.calibrate import logistic
from training.examples import load, split
from training.negatives import tells

FOLDS = 5
HELD = 1.0  # how tightly weights of standardised signs are held to 0
TARGET = Path(weigh.__file__).with_name(WEIGHTS)

Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The best sentences for a question, by margin, and whether each holds its answer."""

    signs: tuple[Signs, ...]
    right: tuple[bool, ...]
    answerable: bool
    kind: str
    group: str


def found(asking: Asking, reader: Reader) -> tuple[Query, tuple[Candidate, ...]]:
    """The query, and the sentences that the reader points at."""
    query = Query(question=asking.question, text=asking.question)
    hits = [_hit(n, text, asking.title) for n, text in enumerate(asking.passages)]
    readings = reader.read(query.text, asking.passages)
    return query, candidates(hits, readings, _sentences)


def _hit(number: int, text: str, title: str) -> Hit:
    article = Article(path=f"{number}.txt", title=title.replace("_", " "), text=text)
    passage = Passage(article=article, ordinal=0, start=0, end=len(text))
    return Hit(passage=passage, score=1.0, dense_rank=number + 1)


def _sentences(passage: Passage) -> tuple[Span, ...]:
    return sentence_spans(passage.text)


def see(asking: Asking, reader: Reader, parser: Parser) -> Seen:
    """The signs of the sentences, as they would be seen when hits are read."""
    query, sentences = found(asking, reader)
    return Seen(
        signs=seen(query, sentences, reader, parser),
        right=tuple(tells(one.text, asking.answers) for one in sentences),
        answerable=bool(asking.answers),
        kind=asking.kind,
        group=asking.group,
    )


def fit(rows: Sequence[Seen], chosen: Sequence[str]) -> dict[str, float]:
    """The likeliest weights of the chosen signs and of `bias`, lightly held to 0 (Newton)."""
    x, y, weight = _table(rows, chosen)
    mean = np.average(x, axis=0, weights=weight)
    spread = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=weight)) + 1e-9
    design = np.concatenate([(x - mean) / spread, np.ones((len(x), 1))], axis=1)
    held = np.diag([HELD] * len(chosen) + [1e-6])
    b = np.zeros(len(chosen) + 1)
    for _ in range(30):
        p = 1 / (1 + np.exp(-design @ b))
        curve = (design * (weight * p * (1 - p))[:, None]).T @ design + held
        b += np.linalg.solve(curve, design.T @ (weight * (y - p)) - held @ b)
    per_sign = b[:-1] / spread
    weights = dict(zip(chosen, per_sign.tolist(), strict=True))
    return {**weights, "bias": float(b[-1] - per_sign @ mean)}


def calibrated(rows: Sequence[Seen], weights: Mapping[str, float]) -> dict[str, float]:
    """The weights stretched and shifted so that the best support of a question is a chance.

    The best of several is right more often than its signs alone let expect.
    """
    highest = [(best(row, weights), row.answerable) for row in rows]
    total = np.array([np.log(high / (1 - high)) for (high, _), _ in highest])
    right = np.array([float(is_right) for (_, is_right), _ in highest])
    share = np.mean([answerable for _, answerable in highest])
    kind = np.array([0.5 / share if yes else 0.5 / (1 - share) for _, yes in highest])
    scale, shift = logistic(total, right, kind)
    stretched = {name: scale * weight for name, weight in weights.items()}
    return {**stretched, "bias": stretched["bias"] + shift}


def _table(rows: Sequence[Seen], chosen: Sequence[str]) -> tuple[Table, Table, Table]:
    """Signs, labels and weights: both kinds of questions count alike, whatever their numbers."""
    share = sum(row.answerable for row in rows) / len(rows)
    signs, right, weight = [], [], []
    for row in rows:
        pairs = list(zip(row.signs, row.right, strict=True))[:READ_ALONE]
        kind = 0.5 / share if row.answerable else 0.5 / (1 - share)
        for of_one, is_right in pairs:
            signs.append([getattr(of_one, name) for name in chosen])
            right.append(float(is_right))
            weight.append(kind / len(pairs))
    return np.array(signs), np.array(right), np.array(weight)


def left_out(rows: Sequence[Seen], chosen: Sequence[str]) -> tuple[tuple[Seen, float, bool], ...]:
    """Each question with its best support, and whether that sentence is right.

    The weights are fitted on the questions about other passages.
    """
    found = []
    for fold in range(FOLDS):
        inside = [row for row in rows if _fold(row) == fold]
        if inside:
            rest = [row for row in rows if _fold(row) != fold]
            weights = calibrated(rest, fit(rest, chosen))
            found += [(row, *best(row, weights)) for row in inside]
    return tuple(found)


def _fold(row: Seen) -> int:
    return zlib.crc32(row.group.encode("utf-8", "replace")) % FOLDS


def best(row: Seen, weights: Mapping[str, float]) -> tuple[float, bool]:
    """The highest support, and whether it is that of a right sentence."""
    each = [support(one, weights) for one in row.signs]
    place = max(range(len(each)), key=each.__getitem__)
    return each[place], row.right[place]


def measured(outcomes: Sequence[tuple[Seen, float, bool]]) -> dict[str, float]:
    """How well supports tell answerable questions from others, and find the sentence.

    ranking: chance that an answerable question has the higher best support of two.
    right: share of the answerable whose best sentence is right.
    served: at the threshold where it is highest, the mean of the shares of the answerable that are
        answered rightly and of the others that are declined; `least` is that threshold.
    """
    yes = [(high, right) for row, high, right in outcomes if row.answerable]
    no = np.array([high for row, high, _ in outcomes if not row.answerable])
    highs = np.array([high for high, _ in yes])
    rights = np.array([right for _, right in yes], dtype=bool)
    above = highs[:, None] - no[None, :]
    served, least = max(
        (((highs >= t) & rights).mean() / 2 + (no < t).mean() / 2, t) for t in (*highs, *no)
    )
    return {
        "ranking": float((above > 0).mean() + (above == 0).mean() / 2),
        "right": float(rights.mean()),
        "served": float(served),
        "least": float(least),
    }


def by_kind(outcomes: Sequence[tuple[Seen, float, bool]], least: float) -> dict[str, float]:
    """The share of each kind of question without an answer that a least support declines."""
    kinds = sorted({row.kind for row, _, _ in outcomes if not row.answerable})
    return {
        kind: float(
            np.mean(
                [h < least for row, h, _ in outcomes if row.kind == kind and not row.answerable]
            )
        )
        for kind in kinds
    }


def main(
    data: Annotated[Path, typer.Option(envvar="MSSQA_DATA", help="the folder of reading/")],
    sample: Annotated[int, typer.Option(help="questions at most")] = 2000,
    threads: Annotated[int, typer.Option(help="processor threads; 0: one per core")] = 0,
    target: Annotated[Path, typer.Option(help="where the weights are written")] = TARGET,
) -> None:
    """Fit, measure on what was left out, print, write."""
    others, held_out = split(load(data / "reading"))
    asked = list(askings(held_out, others))
    random.Random(SEED).shuffle(asked)
    reader, parser = load_reader(Settings(threads=threads)), load_parser()
    rows = [row for one in asked[:sample] if (row := see(one, reader, parser)).signs]
    for name, chosen in _choices():
        outcomes = left_out(rows, chosen)
        numbers = measured(outcomes)
        kinds = by_kind(outcomes, numbers["least"])
        typer.echo(json.dumps({"signs": name, **_rounded(numbers), **_rounded(kinds)}))
    weights = {
        name: round(weight, 4)
        for name, weight in calibrated(rows, fit(rows, Signs._fields)).items()
    }
    fitted = {"command": f"python -m training.weigh --sample {sample}", "weights": weights}
    target.write_text(json.dumps(fitted, indent=1) + "\n", "utf-8")


def _choices() -> Iterator[tuple[str, Sequence[str]]]:
    yield "margin only", ["margin"]
    yield "all", Signs._fields
    for name in Signs._fields:
        yield f"without {name}", [other for other in Signs._fields if other != name]


def _rounded(numbers: Mapping[str, float]) -> dict[str, float]:
    return {name: round(number, 3) for name, number in numbers.items()}


if __name__ == "__main__":
    typer.run(main)
