"""The public news pages and the questions about them, as the benchmarks read them."""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def pages() -> list[dict[str, Any]]:
    """The 4,971 pages of RealTimeQA 2022: id, url, title, published, text."""
    return list(_lines("realtimeqa_2022_pages"))


def queries() -> list[dict[str, Any]]:
    """The 206 questions: id, date, question, gold (addresses of the pages that answer it)."""
    return list(_lines("realtimeqa_2022_gold_queries"))


def _lines(name: str) -> Iterator[dict[str, Any]]:
    path = Path(os.environ["MSSQA_DATA"], "bench", f"{name}.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
