"""Writing the vectors: exact up to a number of passages, approximate above.

An exact index keeps its slots in key order, so that the same passages make the same bytes.
An approximate index is a list of 16-bit vectors for each of many centroids, of which a search
probes a few: as many as the best ten need to be found, measured each time it is written.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np

from mssqa.config import Index as IndexConfig
from mssqa.index.dense import EMPTY, KEYS_FILE, VECTORS_FILE, Dense, Keys, threads
from mssqa.ports import Vectors

BATCH = 65_536  # vectors handled at a time
TRAINING_PER_LIST = 48  # vectors that k-means sees for each centroid; FAISS asks for 39 or more
TRAINING_ROUNDS = 8
TRIALS = 512  # searches by which recall is measured
NEAR_COPY = 0.9  # cosine from which a vector says the same as the trial, and does not count


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How the vectors are searched; `recall` is the measured share of the exact ten best."""

    name: str  # "exact" or "approximate"
    lists: int = 0
    probes: int = 0
    recall: float = 1.0


def write(
    folder: Path,
    *,
    previous: Dense | None,
    kept: Keys,
    keys: Keys,
    vectors: Vectors,
    config: IndexConfig,
) -> Kind:
    """Write the vectors of a generation.

    Args:
        folder: where `VECTORS_FILE` and `KEYS_FILE` go.
        previous: the index from which vectors are carried over.
        kept: the passages whose vectors are carried over.
        keys: new passages, none of them in `kept`.
        vectors: their vectors, one row for each key.
        config: up to how many passages search is exact, and the recall above.

    Raises:
        OSError: the files cannot be written.
    """
    source = _Source(previous=previous, kept=kept, keys=keys, vectors=vectors)
    exact = source.count <= config.exact_passages
    with threads(1 if exact else os.cpu_count() or 1):
        index, slots, kind = _exact(source) if exact else _approximate(source, config.recall)
    try:
        faiss.write_index(index, str(folder / VECTORS_FILE))
    except RuntimeError as error:
        raise OSError(f"cannot write the vectors in {str(folder)!r}: {error}") from error
    np.save(folder / KEYS_FILE, slots, allow_pickle=False)
    return kind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """Vectors to write: some carried over, some new."""

    previous: Dense | None
    kept: Keys
    keys: Keys
    vectors: Vectors

    @property
    def count(self) -> int:
        return len(self.kept) + len(self.keys)

    @property
    def all_keys(self) -> Keys:
        return np.concatenate((self.kept, self.keys))

    def rows(self, positions: Keys) -> Vectors:
        """The vectors at positions of `all_keys`."""
        found = np.empty((len(positions), self.vectors.shape[1]), dtype=np.float32)
        new = positions >= len(self.kept)
        found[new] = self.vectors[positions[new] - len(self.kept)]
        if self.previous is not None and not new.all():
            found[~new] = self.previous.vectors(self.kept[positions[~new]])
        return found

    def batches(self, start: int = 0) -> Iterator[tuple[Keys, Vectors]]:
        for first in range(start, self.count, BATCH):
            positions = np.arange(first, min(first + BATCH, self.count))
            yield positions, self.rows(positions)


def _exact(source: _Source) -> tuple[faiss.Index, Keys, Kind]:
    keys = source.all_keys
    order = np.argsort(keys, kind="stable")
    index = faiss.IndexFlatIP(source.vectors.shape[1])
    index.add(source.rows(order))
    return index, keys[order], Kind(name="exact")


def _approximate(source: _Source, recall: float) -> tuple[faiss.Index, Keys, Kind]:
    lists = _lists(source.count)
    previous = source.previous
    if previous is None or previous.lists != lists or 2 * len(source.kept) < len(previous.keys):
        index, slots = _trained(source, lists)
    else:
        index, slots = _extended(source, previous)
    probes, measured = _calibrated(index, recall)
    index.nprobe = probes
    return index, slots, Kind(name="approximate", lists=lists, probes=probes, recall=measured)


def _lists(count: int) -> int:
    """The power of two nearest to four times the square root of the passages."""
    return int(2 ** np.round(np.log2(4 * np.sqrt(count))))


def _trained(source: _Source, lists: int) -> tuple[faiss.IndexIVF, Keys]:
    dimensions = source.vectors.shape[1]
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimensions),
        dimensions,
        lists,
        faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT,
        False,  # codes are the vectors themselves, not what remains after the centroid
    )
    index.cp.niter, index.cp.spherical = TRAINING_ROUNDS, True
    index.cp.max_points_per_centroid = TRAINING_PER_LIST
    index.cp.min_points_per_centroid = 1
    sample = np.random.default_rng(0).permutation(source.count)[: lists * TRAINING_PER_LIST]
    index.train(source.rows(np.sort(sample)))
    for positions, rows in source.batches():
        index.add_with_ids(rows, positions)
    return index, source.all_keys


def _extended(source: _Source, previous: Dense) -> tuple[faiss.IndexIVF, Keys]:
    """The previous centroids and lists, without what is gone, with what is new."""
    index = faiss.clone_index(previous.index)
    index.set_direct_map_type(faiss.DirectMap.NoMap)
    gone = ~np.isin(previous.keys, source.kept)
    index.remove_ids(faiss.IDSelectorBitmap(np.packbits(gone, bitorder="little")))
    shift = len(previous.keys) - len(source.kept)
    for positions, rows in source.batches(start=len(source.kept)):
        index.add_with_ids(rows, positions + shift)
    return index, np.concatenate((np.where(gone, EMPTY, previous.keys), source.keys))


def _calibrated(index: faiss.IndexIVF, recall: float) -> tuple[int, float]:
    """The fewest lists to probe for a recall half way between `recall` and 1, and that recall.

    A stored vector stands for a question; what is nearly the same as it does not count, since a
    question has no copy in the corpus. One of its ten nearest is found if the list in which it
    lies is probed, so one look at where they lie tells the recall of every number of probes.
    """
    trials = _trials(index)
    _, nearest_lists = index.quantizer.search(trials, int(index.nlist))
    turn = np.argsort(nearest_lists, axis=1)  # when each list would be probed
    turns = np.take_along_axis(turn, _lists_of_best_ten(index, trials), axis=1)
    found = np.cumsum(np.bincount(turns.ravel(), minlength=int(index.nlist))) / turns.size
    probes = int(np.searchsorted(found, (1 + recall) / 2)) + 1
    return probes, round(float(found[probes - 1]), 4)


def _trials(index: faiss.IndexIVF) -> Vectors:
    """Some of the stored vectors, the same ones each time."""
    places = np.random.default_rng(0).choice(int(index.ntotal), size=TRIALS, replace=False)
    seen, rows = 0, []
    for _, vectors in _contents(index):
        rows.append(vectors[places[(places >= seen) & (places < seen + len(vectors))] - seen])
        seen += len(vectors)
    return np.concatenate(rows)


def _lists_of_best_ten(index: faiss.IndexIVF, trials: Vectors) -> Keys:
    """In which lists the ten nearest vectors lie, for each trial, its near-copies left out."""
    best = np.full((len(trials), 10), -2.0, dtype=np.float32)
    where = np.zeros((len(trials), 10), dtype=np.int64)
    for lists, vectors in _contents(index):
        scores = trials @ vectors.T
        scores[scores > NEAR_COPY] = -1
        count = min(10, scores.shape[1])
        columns = np.argpartition(scores, -count, axis=1)[:, -count:]
        scores = np.hstack((best, np.take_along_axis(scores, columns, axis=1)))
        candidates = np.hstack((where, lists[columns]))
        order = np.argpartition(scores, -10, axis=1)[:, -10:]
        best = np.take_along_axis(scores, order, axis=1)
        where = np.take_along_axis(candidates, order, axis=1)
    return where


def _contents(index: faiss.IndexIVF) -> Iterator[tuple[Keys, Vectors]]:
    """Everything in an approximate index, some lists at a time: (list of each vector, vectors)."""
    first = 0
    sizes = np.array([index.invlists.list_size(number) for number in range(index.nlist)])
    while first < len(sizes):
        after = max(first + 1, int(np.searchsorted(np.cumsum(sizes[first:]), BATCH)) + first)
        numbers = range(first, after)
        yield (
            np.repeat(np.arange(first, after), sizes[first:after]),
            np.concatenate([_list_contents(index, number) for number in numbers]),
        )
        first = after


def _list_contents(index: faiss.IndexIVF, number: int) -> Vectors:
    size = int(index.invlists.list_size(number)) * int(index.code_size)
    if not size:
        return np.empty((0, index.d), dtype=np.float32)
    codes = faiss.rev_swig_ptr(index.invlists.get_codes(number), size)
    decoded: Vectors = codes.view(np.float16).reshape(-1, index.d).astype(np.float32)
    return decoded
