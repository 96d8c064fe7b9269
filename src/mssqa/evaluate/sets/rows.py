"""The public sets on disk: gzipped JSON Lines, one question a line."""

import gzip
import json
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from pathlib import Path
from typing import Any
from zlib import crc32

from mssqa.errors import ConfigError

Row = dict[str, Any]

HINT = "MSSQA_DATA names the folder that holds bench/; --only leaves sets out"


def read(folder: Path, name: str) -> Iterator[Row]:
    """The rows of one set, one after the other.

    Raises:
        ConfigError: the file is missing, or is not what it should be.
    """
    path = folder / "bench" / f"{name}.jsonl.gz"
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    except (OSError, EOFError, ValueError) as error:
        raise ConfigError(f"cannot read {str(path)!r}: {error}", hint=HINT) from error


def sample(rows: Iterable[Row], most: int) -> list[Row]:
    """At most so many rows, the same ones every time, whatever their order; 0 means all.

    >>> rows = [{"id": name} for name in "abcdef"]
    >>> sample(rows, 2) == sample(reversed(rows), 2), len(sample(rows, 0))
    (True, 6)
    """
    return nsmallest(most, rows, key=_lot) if most else list(rows)


def _lot(row: Row) -> tuple[int, str]:
    text = json.dumps(row, sort_keys=True)
    return crc32(text.encode()), text
