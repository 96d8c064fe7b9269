"""What a reader sees in each hit: its passage, read under the headline of its article."""

from collections.abc import Sequence

from mssqa.ports import Reader
from mssqa.text import headline
from mssqa.types import Hit, Query, Reading


def readings(query: Query, hits: Sequence[Hit], reader: Reader) -> tuple[tuple[Reading, ...], ...]:
    """For each hit, in order, what its passage may say; see `Reader.read`."""
    return reader.read(
        query.text,
        [hit.passage.text for hit in hits],
        headlines=[headline(hit.passage.article) for hit in hits],
    )
