"""How well a reader reads: SQuAD's F1, forced and with declining, on sets it never learned from."""

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mssqa.evaluate.wording import f1, normal
from training.decode import Reader, Reading
from training.examples import Example, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A question's reading, beside what people marked."""

    margin: float
    f1: float  # of the span, 0 to 1; 0 where people marked nothing
    exact: float
    answerable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One set's numbers; percent, but for precision and recall (0 to 1) and the thresholds."""

    questions: int
    forced_exact: float  # over the answerable
    forced_f1: float
    threshold: float  # set elsewhere
    f1: float  # over all, with that threshold
    declining_precision: float
    declining_recall: float
    best_threshold: float  # of this very set: what a better threshold could give at most
    best_f1: float


def outcome(example: Example, reading: Reading) -> Outcome:
    """The best agreement with any of the marked answers."""
    text = example.passage[slice(*reading.span)]
    return Outcome(
        margin=reading.margin,
        f1=max((f1(text, marked) for marked in example.answer_texts), default=0.0),
        exact=max((normal(text) == normal(m) for m in example.answer_texts), default=False),
        answerable=bool(example.answers),
    )


def read_all(reader: Reader, examples: Sequence[Example]) -> tuple[Outcome, ...]:
    """The outcome of each example, in order."""
    return tuple(outcome(one, reader.read(one)) for one in examples)


def forced(outcomes: Iterable[Outcome]) -> tuple[float, float]:
    """(exact, F1) in percent over the answerable, answering all of them."""
    asked = [o for o in outcomes if o.answerable]
    return _percent(o.exact for o in asked), _percent(o.f1 for o in asked)


def declining(outcomes: Iterable[Outcome], threshold: float) -> float:
    """F1 in percent over all, where a margin under the threshold declines."""
    return _percent(_credit(o, declined=o.margin < threshold) for o in outcomes)


def _credit(found: Outcome, *, declined: bool) -> float:
    if declined:
        return float(not found.answerable)
    return found.f1


def best_threshold(outcomes: Sequence[Outcome], *, silent_weight: float = 1.0) -> float:
    """The margin from which answering gives the highest F1 over all.

    An unanswerable question counts `silent_weight` times as much as an answerable one.

    >>> rows = [Outcome(margin=m, f1=1.0, exact=1.0, answerable=True) for m in (1.0, 3.0)]
    >>> best_threshold([*rows, Outcome(margin=2.0, f1=0.0, exact=0.0, answerable=False)])
    1.0
    """
    ordered = sorted(outcomes, key=lambda o: o.margin)
    total = best = sum(o.f1 for o in ordered)
    threshold = ordered[0].margin
    for n, found in enumerate(ordered[:-1]):
        total += silent_weight * (not found.answerable) - found.f1
        if total > best:
            best, threshold = total, ordered[n + 1].margin
    return threshold


def declined_well(outcomes: Iterable[Outcome], threshold: float) -> tuple[float, float]:
    """(precision, recall) of declining."""
    rows = list(outcomes)
    declined = [o for o in rows if o.margin < threshold]
    right = sum(not o.answerable for o in declined)
    return right / max(1, len(declined)), right / max(1, sum(not o.answerable for o in rows))


def measured(outcomes: Sequence[Outcome], threshold: float) -> Measured:
    """All the numbers of a set."""
    exact, forced_f1 = forced(outcomes)
    precision, recall = declined_well(outcomes, threshold)
    best = best_threshold(outcomes)
    return Measured(
        questions=len(outcomes),
        forced_exact=exact,
        forced_f1=forced_f1,
        threshold=threshold,
        f1=declining(outcomes, threshold),
        declining_precision=precision,
        declining_recall=recall,
        best_threshold=best,
        best_f1=declining(outcomes, best),
    )


def _percent(values: Iterable[float]) -> float:
    rows = list(values)
    return 100 * sum(rows) / max(1, len(rows))


def load_bench(file: Path) -> tuple[Example, ...]:
    """A benchmark of SQuAD's shape."""
    source = file.name.removesuffix(".jsonl.gz")
    return tuple(parse(row, source=source) for row in _rows(file))


def load_clapnq(file: Path) -> tuple[Example, ...]:
    """CLAPnq's questions, the sentences that people selected as marks."""
    return tuple(_clapnq(row) for row in _rows(file))


def _clapnq(row: dict[str, Any]) -> Example:
    passage, title = row["passages"][0]["text"], row["passages"][0]["title"]
    selected = row["output"][0]["selected_sentences"]
    marks = [{"start": passage.find(text), "text": text} for text in selected]
    parsed = {"title": title, "question": row["input"], "context": passage, "answers": marks}
    return parse(parsed, source="clapnq_dev")


def _rows(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
