"""Blocks that say again, word for word, what another block of the page says."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from mssqa.ingest.clean.look import Look

_RUN = 4  # words; two blocks that share most of their runs share their wording
_FEWEST = 6  # words; shorter lines may well stand twice in one article
_SHARED = 0.85  # share of a block's runs that stand in the other


def repeats(looks: Sequence[Look]) -> frozenset[int]:
    """The positions of blocks whose words stand, nearly all and in order, in a block that stays.

    Of two alike the one stays that is no caption, ends like a sentence, is longer, is earlier.
    """
    runs = [_runs(block) for block in looks]
    homes: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, own in enumerate(runs):
        for run in own:
            homes[run].append(position)
    gone: set[int] = set()
    for position in sorted(range(len(looks)), key=lambda p: _rank(looks[p], p), reverse=True):
        shared = Counter(
            home for run in runs[position] for home in homes[run][:20] if home != position
        )
        enough = _SHARED * len(runs[position])
        if any(
            count >= enough and home not in gone and _figures(looks[position], looks[home])
            for home, count in shared.items()
        ):
            gone.add(position)
    return frozenset(gone)


def _figures(block: Look, other: Look) -> bool:
    """Whether every figure of the block stands in the other too."""
    return all(word in other.words for word in block.words if any(map(str.isdigit, word)))


def _runs(block: Look) -> frozenset[tuple[str, ...]]:
    if len(block.words) < _FEWEST or (block.data and not block.ends):
        return frozenset()
    return frozenset(zip(*(block.words[start:] for start in range(_RUN)), strict=False))


def _rank(block: Look, position: int) -> tuple[bool, bool, int, int]:
    """Who stays rather than another: the smaller."""
    return block.caption, not block.ends, -len(block.words), position
