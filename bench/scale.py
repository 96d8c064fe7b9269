"""A million passages: what search in them costs, how much of the exact ten best it finds.

Real sentences are embedded once; each is then repeated with a little noise, as near-copies of it
would lie around it. Queries are other sentences of the same pages and questions about them, so
neither is in the index. Prints one JSON object.

    MSSQA_DATA=... python bench/scale.py [--passages 1000000] [--sentences 20000] [--cache FILE]
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import faiss
import news
import numpy as np

from mssqa.config import Config, Index
from mssqa.index import dense_write
from mssqa.index.dense import Dense, threads
from mssqa.models import load_embedder
from mssqa.ports import Embedder, Vectors
from mssqa.text import sentence_spans

QUERIES = 500
NOISE = 0.3  # length of the noise added to a unit vector: cosine about 0.96 to the sentence
BATCH = 512
BLOCK = 50_000


def main() -> None:
    """Measure and print."""
    options = _options()
    embedder = load_embedder(Config().embedder)
    sentences, questions = _texts(options.sentences + QUERIES)
    embedded = _embedded(sentences, embedder, options.cache)
    queries = {
        "sentences": embedded[:QUERIES],
        "questions": embedder.encode(questions),
    }
    vectors = _noisy(embedded[QUERIES:], options.passages)
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps(_measured(Path(folder), vectors, queries), indent=1) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--sentences", type=int, default=20_000)
    parser.add_argument("--cache", type=Path, help="keep the embedded sentences in this file")
    return parser.parse_args()


def _measured(folder: Path, vectors: Vectors, queries: dict[str, Vectors]) -> dict[str, Any]:
    before = _peak_bytes()
    keys = np.arange(len(vectors), dtype=np.int64)
    started = time.perf_counter()
    kind = dense_write.write(
        folder, previous=None, kept=keys[:0], keys=keys, vectors=vectors, config=Index()
    )
    built = time.perf_counter() - started
    peak = _peak_bytes()
    started = time.perf_counter()
    index = Dense(folder)
    opened = time.perf_counter() - started
    searches = {name: _search(index, vectors, rows) for name, rows in queries.items()}
    return {
        "passages": len(vectors),
        "kind": kind.name,
        "lists": kind.lists,
        "probes": kind.probes,
        "recall_at_build": kind.recall,
        "build_seconds": round(built, 1),
        "open_seconds": round(opened, 2),
        "vectors_in_memory_mb": vectors.nbytes // 2**20,
        "peak_before_build_mb": before // 2**20,
        "peak_mb": peak // 2**20,
        "file_mb": sum(path.stat().st_size for path in folder.iterdir()) // 2**20,
        "search": searches,
    }


def _search(index: Dense, vectors: Vectors, queries: Vectors) -> dict[str, float]:
    exact = _exact(vectors, queries)
    half = np.zeros(len(vectors), dtype=np.bool_)
    half[::50] = True  # as a date window would let through one passage in fifty
    found, plain, limited = [], [], []
    for query in queries:
        started = time.perf_counter()
        ranking = index.search(query, limit=100)
        plain.append(time.perf_counter() - started)
        started = time.perf_counter()
        index.search(query, limit=100, allowed=half)
        limited.append(time.perf_counter() - started)
        found.append({key for key, _ in ranking[:10]})
    shared = [len(mine & set(best)) for mine, best in zip(found, exact.tolist(), strict=True)]
    return {
        "queries": len(queries),
        "recall_at_10": round(sum(shared) / exact.size, 4),
        **_times("", plain),
        **_times("one_in_fifty_allowed_", limited),
    }


def _times(name: str, seconds: list[float]) -> dict[str, float]:
    return {
        f"{name}p50_ms": round(float(np.percentile(seconds, 50)) * 1000, 2),
        f"{name}p95_ms": round(float(np.percentile(seconds, 95)) * 1000, 2),
    }


def _exact(vectors: Vectors, queries: Vectors) -> np.ndarray[Any, np.dtype[np.int64]]:
    flat = faiss.IndexFlatIP(vectors.shape[1])
    best = faiss.ResultHeap(len(queries), 10, keep_max=True)
    with threads(os.cpu_count() or 1):
        for start in range(0, len(vectors), BLOCK):
            flat.reset()
            flat.add(vectors[start : start + BLOCK])
            scores, rows = flat.search(queries, 10)
            best.add_result(scores, rows + start)
    best.finalize()
    rows_of_best: np.ndarray[Any, np.dtype[np.int64]] = best.I
    return rows_of_best


def _texts(count: int) -> tuple[list[str], list[str]]:
    pages = [page["text"] for page in news.pages()]
    spans = ((page, span) for page in pages for span in sentence_spans(page))
    sentences = sorted({page[start:end] for page, (start, end) in spans if 40 < end - start < 160})
    questions = [query["question"] for query in news.queries()]
    return random.Random(0).sample(sentences, count), questions


def _embedded(sentences: list[str], embedder: Embedder, cache: Path | None) -> Vectors:
    if cache is not None and cache.exists():
        kept: Vectors = np.load(cache)
        return kept
    parts = []
    for start in range(0, len(sentences), BATCH):
        parts.append(embedder.encode(sentences[start : start + BATCH]))
        sys.stderr.write(f"embedded {start + len(parts[-1])} of {len(sentences)}" + "\n")
    vectors = np.concatenate(parts)
    if cache is not None:
        np.save(cache, vectors)
    return vectors


def _noisy(vectors: Vectors, count: int) -> Vectors:
    """So many unit vectors: each of the given ones again and again, with noise."""
    generator = np.random.default_rng(0)
    noisy = np.empty((count, vectors.shape[1]), dtype=np.float32)
    for start in range(0, count, BLOCK):
        rows = np.arange(start, min(start + BLOCK, count)) % len(vectors)
        noise = generator.standard_normal((len(rows), vectors.shape[1]), dtype=np.float32)
        noise *= NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
        block = vectors[rows] + noise
        noisy[start : start + len(rows)] = block / np.linalg.norm(block, axis=1, keepdims=True)
    return noisy


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
