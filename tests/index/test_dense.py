"""Vectors: exact below a number of passages, approximate above, both within limits."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mssqa.config import Index
from mssqa.errors import IndexCorruptError
from mssqa.index import dense_write
from mssqa.index.dense import KEYS_FILE, VECTORS_FILE, Dense, Keys
from mssqa.ports import Vectors

CONFIG = Index(exact_passages=1000)


def vectors_of(count: int, *, seed: int = 0) -> Vectors:
    """Unit vectors in heaps, as those of real passages lie."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(99).standard_normal((60, 32))
    rows = centres[random.integers(0, 60, count)] + 0.5 * random.standard_normal((count, 32))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def keys_of(count: int, *, seed: int = 0) -> Keys:
    return np.random.default_rng(seed).permutation(10 * count)[:count].astype(np.int64)


def written(folder: Path, keys: Keys, vectors: Vectors, **given: Any) -> Dense:
    folder.mkdir(exist_ok=True)
    nothing = {"previous": None, "kept": keys[:0], "config": CONFIG}
    dense_write.write(folder, keys=keys, vectors=vectors, **(nothing | given))
    return Dense(folder)


def nearest(keys: Keys, vectors: Vectors, query: Vectors, count: int) -> list[int]:
    return [int(key) for key in keys[np.argsort(-(vectors @ query))][:count]]


def recall(index: Dense, keys: Keys, vectors: Vectors, queries: Vectors) -> float:
    shared = [
        len({k for k, _ in index.search(q, limit=10)} & set(nearest(keys, vectors, q, 10)))
        for q in queries
    ]
    return sum(shared) / (10 * len(queries))


@pytest.fixture(params=[500, 3000], ids=["exact", "approximate"])
def size(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def test_exact_search_finds_the_nearest_in_order(tmp_path: Path) -> None:
    keys, vectors = keys_of(500), vectors_of(500)
    index = written(tmp_path, keys, vectors)
    query = vectors_of(1, seed=5)[0]
    found = index.search(query, limit=20)
    assert [key for key, _ in found] == nearest(keys, vectors, query, 20)
    assert found[0][1] == pytest.approx(float((vectors @ query).max()), abs=1e-5)


def test_equal_scores_go_by_key_also_at_the_limit(tmp_path: Path) -> None:
    vectors = np.repeat(vectors_of(1), 200, axis=0)
    index = written(tmp_path, keys_of(200), vectors)
    found = [key for key, _ in index.search(vectors[0], limit=7)]
    assert found == sorted(keys_of(200).tolist())[:7]


def test_vectors_come_back_as_they_went_in(tmp_path: Path, size: int) -> None:
    keys, vectors = keys_of(size), vectors_of(size)
    index = written(tmp_path, keys, vectors)
    assert np.abs(index.vectors(keys) - vectors).max() < (1e-3 if index.lists else 1e-9)
    assert index.passages.tolist() == sorted(keys.tolist())


def test_only_allowed_passages_are_found_and_as_many_as_wanted(tmp_path: Path, size: int) -> None:
    keys, vectors = keys_of(size), vectors_of(size)
    index = written(tmp_path, keys, vectors)
    query = vectors_of(1, seed=6)[0]
    far = np.argsort(vectors @ query)[:40]
    allowed: NDArray[np.bool_] = np.isin(index.passages, keys[far])
    found = [key for key, _ in index.search(query, limit=30, allowed=allowed)]
    assert found == nearest(keys[far], index.vectors(keys[far]), query, 30)


def test_no_passage_allowed_means_none_found(tmp_path: Path, size: int) -> None:
    index = written(tmp_path, keys_of(size), vectors_of(size))
    nothing = np.zeros(size, dtype=np.bool_)
    assert index.search(vectors_of(1)[0], limit=3, allowed=nothing) == ()


def test_more_wanted_than_there_are(tmp_path: Path, size: int) -> None:
    index = written(tmp_path, keys_of(size), vectors_of(size))
    found = index.search(vectors_of(1)[0], limit=10 * size)
    assert sorted(key for key, _ in found) == index.passages.tolist()


def test_approximate_search_keeps_the_recall_that_is_asked_for(tmp_path: Path) -> None:
    keys, vectors = keys_of(3000), vectors_of(3000)
    index = written(tmp_path, keys, vectors)
    assert index.lists > 0
    assert recall(index, keys, vectors, vectors_of(100, seed=7)) >= CONFIG.recall


def test_the_measured_recall_is_reported(tmp_path: Path) -> None:
    keys = keys_of(3000)
    kind = dense_write.write(
        tmp_path,
        previous=None,
        kept=keys[:0],
        keys=keys,
        vectors=vectors_of(3000),
        config=CONFIG,
    )
    assert kind.name == "approximate"
    assert kind.recall >= (1 + CONFIG.recall) / 2
    assert 1 <= kind.probes <= kind.lists


@pytest.mark.parametrize("start", [800, 3000], ids=["exact", "approximate"])
def test_vectors_are_carried_over_with_what_is_new_and_without_what_is_gone(
    tmp_path: Path, start: int
) -> None:
    keys, vectors = keys_of(start + 300), vectors_of(start + 300)
    first = written(tmp_path / "first", keys[:start], vectors[:start])
    second = written(
        tmp_path / "second", keys[start:], vectors[start:], previous=first, kept=keys[100:start]
    )
    third = written(tmp_path / "third", keys[:50], vectors[:50], previous=second, kept=keys[200:])
    left = np.concatenate((np.arange(50), np.arange(200, start + 300)))
    assert third.passages.tolist() == sorted(keys[left].tolist())
    assert np.abs(third.vectors(keys[left]) - vectors[left]).max() < 1e-3
    assert recall(third, keys[left], vectors[left], vectors_of(60, seed=8)) >= CONFIG.recall


def test_an_approximate_index_that_shrinks_becomes_exact_again(tmp_path: Path) -> None:
    keys, vectors = keys_of(3000), vectors_of(3000)
    first = written(tmp_path / "first", keys, vectors)
    second = written(tmp_path / "second", keys[:0], vectors[:0], previous=first, kept=keys[:900])
    query = vectors_of(1, seed=9)[0]
    assert second.lists == 0
    assert [key for key, _ in second.search(query, limit=10)] == nearest(
        keys[:900], vectors[:900], query, 10
    )


def test_the_same_vectors_make_the_same_bytes(tmp_path: Path) -> None:
    keys, vectors = keys_of(500), vectors_of(500)
    written(tmp_path / "one", keys, vectors)
    first = written(tmp_path / "half", keys[:250], vectors[:250])
    written(tmp_path / "two", keys[250:], vectors[250:], previous=first, kept=keys[:250])
    for name in (VECTORS_FILE, KEYS_FILE):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_file_that_is_no_index_is_corrupt(tmp_path: Path) -> None:
    written(tmp_path, keys_of(10), vectors_of(10))
    (tmp_path / VECTORS_FILE).write_bytes(b"not vectors")
    with pytest.raises(IndexCorruptError):
        Dense(tmp_path)
