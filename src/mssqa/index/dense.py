"""Searching the vectors. Only this module and `dense_write` know FAISS.

A vector lives in a *slot*, its number in FAISS; `keys` tells which passage is in each slot (an
approximate index may have empty slots).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from mssqa.errors import IndexCorruptError
from mssqa.index.ranking import settle
from mssqa.ports import Ranking, Vectors

Keys = NDArray[np.int64]

VECTORS_FILE = "dense.faiss"
KEYS_FILE = "dense.keys.npy"
EMPTY = np.iinfo(np.int64).min  # the key of an empty slot
SCORE_DIGITS = 5  # what stands behind is rounding noise of 32-bit sums


class Dense:
    """The vectors of a generation, open for searching. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        try:
            self.index: Any = faiss.read_index(str(folder / VECTORS_FILE))
            self.keys: Keys = np.load(folder / KEYS_FILE, allow_pickle=False)
        except (OSError, RuntimeError, ValueError) as error:
            raise IndexCorruptError(f"cannot read the vectors in {str(folder)!r}") from error
        order = np.argsort(self.keys, kind="stable")
        self._slots: Keys = order[np.count_nonzero(self.keys == EMPTY) :]  # in key order

    @property
    def passages(self) -> Keys:
        """The keys of the passages that have a vector, ascending."""
        return self.keys[self._slots]

    @property
    def lists(self) -> int:
        """The centroids of an approximate index; 0 if it is exact."""
        return int(self.index.nlist) if isinstance(self.index, faiss.IndexIVF) else 0

    def search(
        self, vector: Vectors, *, limit: int, allowed: NDArray[np.bool_] | None = None
    ) -> Ranking:
        """The passages nearest to a vector of shape (dimensions,), best first.

        Args:
            vector: unit length.
            limit: passages at most; as many are found if so many are allowed.
            allowed: which of `passages`, in that order, may be found; None means all.
        """
        count = len(self._slots) if allowed is None else int(np.count_nonzero(allowed))
        if not count or limit < 1:
            return ()
        selector = None if allowed is None else self._selector(allowed)
        probes = self._probes(count)

        def fetch(wanted: int) -> Iterator[tuple[int, float]]:
            found = min(wanted, count)
            scores, slots = self._nearest(vector, found, selector, probes)
            if slots[-1] < 0:  # the probed lists hold too few
                scores, slots = self._nearest(vector, found, selector, self.lists)
            keys = self.keys[slots[slots >= 0]]
            return zip(keys.tolist(), scores.tolist(), strict=False)

        with threads(1):
            return settle(lambda wanted: tuple(fetch(wanted)), limit=limit, digits=SCORE_DIGITS)

    def vectors(self, keys: Keys) -> Vectors:
        """The vectors of those passages, one row for each, in their order."""
        slots = self._slots[np.searchsorted(self.passages, keys)]
        if self.lists and self.index.direct_map.no():
            self.index.set_direct_map_type(faiss.DirectMap.Hashtable)
        found: Vectors = self.index.reconstruct_batch(slots)
        return found

    def _selector(self, allowed: NDArray[np.bool_]) -> faiss.IDSelectorBitmap:
        mask = np.zeros(len(self.keys), dtype=np.bool_)
        mask[self._slots] = allowed
        return faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))

    def _probes(self, count: int) -> int:
        """More lists if fewer passages are allowed: about as many vectors are compared."""
        if not self.lists:
            return 0
        return min(self.lists, -(-int(self.index.nprobe) * len(self._slots) // count))

    def _nearest(
        self, vector: Vectors, count: int, selector: faiss.IDSelector | None, probes: int
    ) -> tuple[Vectors, Keys]:
        given = {} if selector is None else {"sel": selector}
        params = (
            faiss.SearchParametersIVF(nprobe=probes, **given)
            if probes
            else faiss.SearchParameters(**given)
        )
        scores, slots = self.index.search(vector[None], count, params=params)
        return scores[0], slots[0]


@contextmanager
def threads(count: int) -> Iterator[None]:
    """FAISS uses so many threads within, in this thread of ours.

    One for a search: a single vector gains nothing from more, and the embedder wants them.
    """
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(count)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
