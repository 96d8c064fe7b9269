"""What each sign of an answer is worth: `python -m training.weigh`.

The articles of the stories that the reader never saw are indexed together, and their questions
meet what a search finds there. The best sentences are labelled by whether they hold a marked
answer, and a logistic curve is fitted to their signs. Answerable and unanswerable questions count
alike. Prints how well supports do on stories left out of the fit, with each sign in turn left
out; writes `weights.json` beside `mssqa.retrieve.weigh`.
"""

import json
import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from mssqa.ask.understand import understand
from mssqa.build import build_index
from mssqa.config import Config, load_config
from mssqa.evaluate.sets.tools import Page, markdown, place, write_files
from mssqa.index.store import open_index
from mssqa.models import load_models
from mssqa.ports import Models, Store
from mssqa.retrieve import weigh
from mssqa.retrieve.candidates import Candidate, candidates
from mssqa.retrieve.readings import readings
from mssqa.retrieve.search import search
from mssqa.retrieve.signs import Signs
from mssqa.retrieve.weigh import WEIGHTS, seen, support
from training import news
from training.calibrate import logistic
from training.news import Asked, Story

EACH = 18
FITTED = 4  # candidates of a question, best first
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


def look(told: Sequence[Story], models: Models, config: Config, *, each: int) -> Iterator[Seen]:
    """What is seen of up to `each` questions of a story, in an index of all the stories."""
    with TemporaryDirectory() as folder:
        placed = place(config, Path(folder))
        write_files(_files(told), placed.corpus.path)
        build_index(placed, embedder=models.embedder)
        with open_index(placed, embedder=models.embedder.fingerprint) as store:
            for story in told:
                for asked in _some(story.questions, each):
                    if (row := see(asked, story, store, models, placed)).signs:
                        yield row


def _some(questions: Sequence[Asked], most: int) -> Sequence[Asked]:
    """A sample by chance, the same each time."""
    places = random.Random(len(questions)).sample(range(len(questions)), len(questions))
    return [questions[n] for n in sorted(places[:most])]


def _files(told: Sequence[Story]) -> dict[str, str]:
    return {
        _path(story, number): markdown(
            Page(text=article.text, title=article.title, published=article.published)
        )
        for story in told
        for number, article in enumerate(story.articles)
    }


def _path(story: Story, number: int) -> str:
    return f"{story.name}-{number}.md"


def see(asked: Asked, story: Story, store: Store, models: Models, config: Config) -> Seen:
    """The signs of the sentences that are found, and which of them hold the answer."""
    today = max(article.published for article in story.articles)
    query = understand(asked.question, today=today, parser=models.parser)
    hits = search(query, store, models.embedder, config.retrieval)[: config.reader.passages]
    found = candidates(hits, readings(query, hits, models.reader), store.sentences)
    marked = {
        _path(story, number): [story.articles[number].text[start:end] for start, end in spans]
        for number, spans in asked.answers.items()
    }
    return Seen(
        signs=seen(query, found, models),
        right=tuple(_holds(one, marked) for one in found),
        answerable=bool(asked.answers),
        kind=asked.near_miss or "given",
        group=story.name,
    )


def _holds(one: Candidate, marked: Mapping[str, Sequence[str]]) -> bool:
    answers = marked.get(one.passage.article.path, ())
    return any(answer in one.text or one.text in answer for answer in answers)


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
        pairs = list(zip(row.signs, row.right, strict=True))[:FITTED]
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
    return zlib.adler32(row.group.encode("utf-8", "replace")) % FOLDS  # held out by CRC already


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
    target: Annotated[Path, typer.Option(help="where the weights are written")] = TARGET,
    each: Annotated[int, typer.Option(help="questions of a story at most")] = EACH,
) -> None:
    """Fit, measure on what was left out, print, write."""
    config = load_config(generator__kind="quote")
    _, held_out = news.split()
    rows = list(look(held_out, load_models(config), config, each=each))
    for name, chosen in _choices():
        outcomes = left_out(rows, chosen)
        numbers = measured(outcomes)
        kinds = by_kind(outcomes, numbers["least"])
        typer.echo(json.dumps({"signs": name, **_rounded(numbers), **_rounded(kinds)}))
    weights = {
        name: round(weight, 4)
        for name, weight in calibrated(rows, fit(rows, Signs._fields)).items()
    }
    fitted = {"command": "python -m training.weigh", "weights": weights}
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
