"""The public sets: question files that were made elsewhere, one module for each kind."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from mssqa.errors import ConfigError
from mssqa.evaluate.figures import Figure, Measured
from mssqa.evaluate.sets import (
    canard,
    clapnq,
    headlines,
    qags,
    ramdocs,
    realtimeqa,
    spans,
)
from mssqa.evaluate.sets.rows import read
from mssqa.evaluate.sets.tools import Tools


class Bench(NamedTuple):
    """A public set: its file, how much of it is asked, and how."""

    file: str
    most: int  # rows asked unless told otherwise; 0 means all
    measure: Callable[..., tuple[Figure, ...]]
    conditions: str


BENCHES: Mapping[str, Bench] = {
    "squad2": Bench(
        "squad2_dev_half",
        2000,
        spans.squad2,
        "the reader alone on the paragraph that each question belongs to",
    ),
    "newsqa": Bench(
        "newsqa_dev",
        600,
        spans.newsqa,
        "the reader alone on the whole story; every question has an answer",
    ),
    "clapnq": Bench(
        "clapnq_dev",
        200,
        clapnq.measure,
        "each question asked of an index of its own passage; a quote cites the sentences it holds",
    ),
    "realtimeqa": Bench(
        "realtimeqa_2022_2024_sample",
        0,
        realtimeqa.measure,
        "each question asked of an index of its own search results, as of the day of the quiz",
    ),
    "headlines": Bench(
        "realtimeqa_2022_gold_queries",
        0,
        headlines.measure,
        "question → gold page among 4,971 pages by the product's search, the reader included",
    ),
    "ramdocs": Bench(
        "ramdocs",
        200,
        ramdocs.measure,
        "each question asked of an index of its own texts; right and wrong answers are sought in "
        "the sentences of the answer, letter for letter after SQuAD's normalisation; a wrong one "
        "that is part of a right one does not count",
    ),
    "qags": Bench(
        "qags_cnndm",
        0,
        qags.measure,
        "a sentence's support by the three sentences of the article nearest in meaning, against "
        "the majority of votes",
    ),
    "canard": Bench(
        "canard_dev",
        1000,
        canard.measure,
        "the answers of all turns ranked by words and meaning, as passages are; title and section "
        "of the conversation are its first turn",
    ),
}


def measure(names: Collection[str], tools: Tools, *, most: int | None) -> Iterator[Measured]:
    """The figures of each set named, one after the other.

    Args:
        names: of `BENCHES`.
        tools: what is measured, and with what.
        most: rows of each set at most; 0 means all, None what `BENCHES` says.

    Raises:
        ConfigError: a set is not known, or its file cannot be read.
    """
    check(names)
    for name in names:
        bench, began = BENCHES[name], time.perf_counter()
        limit = bench.most if most is None else most
        figures = bench.measure(read(tools.data, bench.file), tools, most=limit)
        yield Measured(
            name=name,
            conditions=f"{_size(limit)}; {bench.conditions}",
            figures=figures,
            seconds=time.perf_counter() - began,
        )


def check(names: Collection[str]) -> None:
    """Raise ConfigError if a set is not known."""
    unknown = sorted(set(names) - set(BENCHES))
    if unknown:
        raise ConfigError(f"there is no set {unknown[0]!r}", hint=f"sets: {', '.join(BENCHES)}")


def _size(most: int) -> str:
    return f"a sample of {most:,} rows" if most else "all rows"
