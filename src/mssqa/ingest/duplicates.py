"""Articles that tell one story in the same words: a wire story under two titles.

Two texts are as alike as the share of their runs of five words that both have (Broder, "On the
resemblance and containment of documents", 1997), estimated from MinHash signatures (datasketch).
What is found depends on the texts alone, not on their order or on when they came.
"""

from collections.abc import Iterator, Mapping
from zlib import crc32

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

from mssqa.text import words

Signature = NDArray[np.uint32]  # shape (PERMUTATIONS,)

RUN = 5  # words
PERMUTATIONS = 128  # the estimate is off by 0.04 (one standard deviation) at a similarity of 0.7
BAND = 3  # equal rows that make a pair worth comparing: at 0.5, one such pair in 300 is missed

_FACTORS = np.array([crc32(bytes([n])) | 1 for n in range(RUN)], dtype=np.uint64)


def signature(text: str) -> Signature:
    """The MinHash signature of a text.

    >>> similarity(signature("Rice rose by a third."), signature("RICE ROSE BY A THIRD"))
    1.0
    """
    minhash = MinHash(num_perm=PERMUTATIONS, scheme="affine32", hashfunc=int)
    minhash.update_batch(_runs(words(text)))
    found: Signature = minhash.hashvalues.astype(np.uint32)
    return found


def similarity(one: Signature, other: Signature) -> float:
    """The estimated share of runs that two texts have in common: 0 to 1."""
    return float(np.mean(one == other))


def stories(
    signatures: Mapping[str, Signature], *, min_similarity: float
) -> tuple[tuple[str, ...], ...]:
    """The names of the texts that belong together, each story sorted; lone texts are left out.

    Texts belong together if a chain of pairs at least that similar connects them.
    """
    names = sorted(signatures)
    if len(names) < 2:
        return ()
    rows = np.stack([signatures[name] for name in names])
    leader = np.arange(len(names))
    for group in _alike_in_a_band(rows):
        for linked in _connected(rows, group, min_similarity):
            merged = np.isin(leader, leader[linked])
            leader[merged] = leader[merged].min()
    heads, counts = np.unique(leader, return_counts=True)
    return tuple(
        tuple(names[n] for n in np.flatnonzero(leader == head)) for head in heads[counts > 1]
    )


def _runs(tokens: tuple[str, ...]) -> NDArray[np.uint32]:
    """A 32-bit number for each run of words; a text shorter than a run is one run."""
    numbers = np.array([crc32(token.encode("utf-8", "ignore")) for token in tokens] or [0])
    padded = np.pad(numbers.astype(np.uint64), (0, max(0, RUN - len(numbers))))
    windows = np.lib.stride_tricks.sliding_window_view(padded, RUN)
    mixed = (windows * _FACTORS).sum(axis=1, dtype=np.uint64)
    return np.unique((mixed >> np.uint64(16)).astype(np.uint32))


def _alike_in_a_band(rows: NDArray[np.uint32]) -> Iterator[NDArray[np.intp]]:
    """Groups of signatures that agree in one whole band."""
    for start in range(0, PERMUTATIONS - BAND + 1, BAND):
        band = rows[:, start : start + BAND].astype(np.uint64) @ _FACTORS[:BAND]
        order = np.argsort(band)
        same = np.concatenate(([0], band[order][1:] == band[order][:-1], [0])).astype(np.int8)
        begins, ends = np.flatnonzero(np.diff(same) > 0), np.flatnonzero(np.diff(same) < 0)
        yield from (order[begin : end + 1] for begin, end in zip(begins, ends, strict=True))


def _connected(
    rows: NDArray[np.uint32], group: NDArray[np.intp], min_similarity: float
) -> Iterator[NDArray[np.intp]]:
    """The parts of a group that hold together; each pair is compared once at most."""
    left = group
    while len(left) > 1:
        part, waiting, left = [left[0]], [left[0]], left[1:]
        while waiting and len(left):
            alike = np.mean(rows[left] == rows[waiting.pop()], axis=1) >= min_similarity
            part += list(left[alike])
            waiting += list(left[alike])
            left = left[~alike]
        if len(part) > 1:
            yield np.array(part)
