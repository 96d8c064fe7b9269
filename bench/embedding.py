"""Embedding: mssqa's packaged embedder against the plain recipe, by turns in one process.

    MSSQA_DATA=... python bench/embedding.py [--chunks 1500] [--rounds 5] [--threads 2]

The plain recipe is `SentenceTransformer.encode` as it comes, float32, over 500-character chunks of
news pages; both get the same chunks, model and threads. Prints one JSON object.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import news
import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from mssqa.config import Embedder
from mssqa.models import load_embedder
from mssqa.models.processor import chosen_precision
from mssqa.models.weights import MINILM_WEIGHTS, packaged

CHARACTERS = 500
QUESTIONS = 200
LOAD_OURS = "from mssqa import config, models; models.load_embedder(config.Embedder())"
LOAD_PLAIN = (
    "from sentence_transformers import SentenceTransformer as S; "
    "S({folder!r}, device='cpu', local_files_only=True)"
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    sys.stdout.write(json.dumps(_measured(**vars(options)), indent=1) + "\n")


def _measured(*, chunks: int, rounds: int, threads: int) -> dict[str, Any]:
    texts, questions = _texts(chunks)
    torch.set_num_threads(threads)
    folder = str(packaged(MINILM_WEIGHTS).parent)
    plain = SentenceTransformer(folder, device="cpu", local_files_only=True)
    ours = load_embedder(Embedder(threads=threads))
    cosines = (ours.encode(texts) * plain.encode(texts)).sum(axis=1)
    seconds = _by_turns((plain.encode, ours.encode), texts, rounds)
    capabilities = torch.cpu.get_capabilities()
    tokens = sum(min(count + 2, ours.max_tokens) for count in ours.count_tokens(texts))
    return {
        "processor": capabilities.get("cpu_name"),
        "features": [name for name in ("avx512_bf16", "amx_bf16") if capabilities.get(name)],
        "precision": str(chosen_precision("auto")),
        "threads": threads,
        "chunks": len(texts),
        "rounds": rounds,
        "plain_tokens_per_second": round(tokens / seconds[0]),
        "tokens_per_second": round(tokens / seconds[1]),
        "ratio": round(seconds[0] / seconds[1], 2),
        "cosine_min": round(float(cosines.min()), 5),
        "cosine_percentile_1": round(float(np.percentile(cosines, 1)), 5),
        "plain_question_ms": _one_at_a_time(plain.encode, questions),
        "question_ms": _one_at_a_time(ours.encode, questions),
        "plain_load_seconds": _cold(LOAD_PLAIN.format(folder=folder)),
        "load_seconds": _cold(LOAD_OURS),
    }


def _texts(chunks: int) -> tuple[list[str], list[str]]:
    pages = [page["text"] for page in news.pages()]
    questions = [query["question"] for query in news.queries()][:QUESTIONS]
    cut = [page[at : at + CHARACTERS] for page in pages for at in range(0, len(page), CHARACTERS)]
    return random.Random(0).sample(cut, chunks), questions


def _by_turns(
    encoders: Sequence[Callable[[list[str]], Any]], texts: list[str], rounds: int
) -> list[float]:
    """The median seconds of each, run one after the other in every round."""
    turns = [[_seconds(encode, texts) for encode in encoders] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*turns, strict=True)]


def _one_at_a_time(encode: Callable[[list[str]], Any], questions: Sequence[str]) -> dict[str, Any]:
    times = [_seconds(encode, [question]) * 1000 for question in questions]
    return {
        "median": round(statistics.median(times), 1),
        "p95": round(float(np.percentile(times, 95)), 1),
    }


def _cold(code: str) -> float:
    """The median seconds that a fresh interpreter needs for the code."""
    times = [
        _seconds(subprocess.check_output, [sys.executable, "-W", "ignore", "-c", code])
        for _ in range(3)
    ]
    return round(statistics.median(times), 1)


def _seconds(call: Callable[[list[str]], Any], argument: list[str]) -> float:
    started = time.perf_counter()
    call(argument)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
