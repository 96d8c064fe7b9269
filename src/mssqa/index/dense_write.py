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

BATCH = 65_536  # vectors copied at a time
TRAINING_PER_LIST = 48  # vectors that k-means sees for each centroid; FAISS asks for 39 or more
TRAINING_ROUNDS = 8
TRIALS = 256  # searches by which recall is measured
TRIAL_NOISE = 0.9  # length of what is added to a stored vector to make a trial: cosine about 0.74


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

    Half way, because questions differ more from passages than the trials do.
    """
    trials = _trials(index)
    exact = _best_ten(index, trials)
    target = (1 + recall) / 2
    low, high = 1, int(index.nlist)
    while low < high:
        middle = (low + high) // 2
        if _recall(index, trials, exact, middle) >= target:
            high = middle
        else:
            low = middle + 1
    return low, round(_recall(index, trials, exact, low), 4)


def _trials(index: faiss.IndexIVF) -> Vectors:
    """Stored vectors with noise, of unit length, the same ones each time."""
    random = np.random.default_rng(0)
    chosen = set(random.choice(int(index.ntotal), size=min(TRIALS, index.ntotal), replace=False))
    first, rows = 0, []
    for _, vectors in _contents(index):
        rows += [vectors[n - first] for n in range(first, first + len(vectors)) if n in chosen]
        first += len(vectors)
    trials = np.stack(rows)
    noise = random.standard_normal(trials.shape, dtype=np.float32)
    trials += noise * (TRIAL_NOISE / np.linalg.norm(noise, axis=1, keepdims=True))
    faiss.normalize_L2(trials)
    return trials


def _best_ten(index: faiss.IndexIVF, trials: Vectors) -> Keys:
    """The slots of the ten nearest vectors of all, for each trial."""
    heap = faiss.ResultHeap(len(trials), 10, keep_max=True)
    for slots, vectors in _contents(index):
        count = min(10, len(slots))
        scores, found = faiss.knn(trials, vectors, count, metric=faiss.METRIC_INNER_PRODUCT)
        heap.add_result(scores, slots[found])
    heap.finalize()
    best: Keys = heap.I
    return best


def _recall(index: faiss.IndexIVF, trials: Vectors, exact: Keys, probes: int) -> float:
    params = faiss.SearchParametersIVF(nprobe=probes)
    _, found = index.search(trials, exact.shape[1], params=params)
    shared = [len(np.intersect1d(*pair)) for pair in zip(exact, found, strict=True)]
    return sum(shared) / exact.size


def _contents(index: faiss.IndexIVF) -> Iterator[tuple[Keys, Vectors]]:
    """(slots, vectors) of everything in an approximate index, some lists at a time."""
    waiting: list[tuple[Keys, Vectors]] = []
    for number in range(index.nlist):
        size = index.invlists.list_size(number)
        if size:
            slots = faiss.rev_swig_ptr(index.invlists.get_ids(number), size)
            codes = faiss.rev_swig_ptr(index.invlists.get_codes(number), size * index.code_size)
            vectors = codes.view(np.float16).reshape(size, -1).astype(np.float32)
            waiting.append((slots.copy(), vectors))
        if sum(len(slots) for slots, _ in waiting) >= BATCH or number == index.nlist - 1:
            yield from _joined(waiting)
            waiting = []


def _joined(parts: list[tuple[Keys, Vectors]]) -> Iterator[tuple[Keys, Vectors]]:
    if parts:
        yield np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])
