"""One article added to 5,000: seconds until a search finds it, in a process that is warm.

The corpus is made of news pages in a folder of its own. Prints one JSON object.

    MSSQA_DATA=... python bench/incremental.py [--pages 5000] [--folder DIR]
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import news

from mssqa.build import build_index
from mssqa.config import Config, load_config
from mssqa.index.store import open_index
from mssqa.models import load_embedder
from mssqa.ports import Embedder
from mssqa.types import Query

ROUNDS = 5
WORDS = ("osprey", "quince", "yarrow", "kelp", "marten")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--folder", type=Path, help="keep corpus and index here for the next run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        config = load_config(corpus__path=folder / "corpus", index__path=folder / "index")
        _write_corpus(config.corpus.path, options.pages)
        sys.stdout.write(
            json.dumps(_measured(config, load_embedder(config.embedder)), indent=1) + "\n"
        )


def _measured(config: Config, embedder: Embedder) -> dict[str, Any]:
    first = build_index(config, embedder=embedder, progress=_tell)
    added = [_until_found(config, embedder, number) for number in range(ROUNDS)]
    started = time.perf_counter()
    last = build_index(config, embedder=embedder)
    unchanged = time.perf_counter() - started
    for number in range(ROUNDS):
        _path(config, number).unlink()
    started = time.perf_counter()
    build_index(config, embedder=embedder)
    removed = time.perf_counter() - started
    return {
        "articles": last.articles,
        "passages": last.passages,
        "first_build_seconds": round(first.seconds, 1),
        "first_build_embedded": first.embedded,
        "add_until_found_seconds": [round(seconds, 2) for seconds in added],
        "add_until_found_median_seconds": round(statistics.median(added), 2),
        "nothing_changed_seconds": round(unchanged, 2),
        "remove_seconds": round(removed, 2),
    }


def _until_found(config: Config, embedder: Embedder, number: int) -> float:
    word = WORDS[number]
    _path(config, number).write_text(
        f"---\ntitle: The {word} of the delta\npublished: 2024-05-0{number + 1}\n---\n\n"
        f"A {word} was seen in the delta on Monday, for the first time in {number + 9} years.\n\n"
        "The park's keepers have asked fishermen to stay on the other side of the river.\n"
    )
    started = time.perf_counter()
    build_index(config, embedder=embedder)
    with open_index(config, embedder=embedder.fingerprint) as index:
        query = Query(question=word, text=f"Where was the {word} seen?")
        lexical = index.lexical(query, limit=1)
        dense = index.dense(query, embedder.encode([query.text])[0], limit=10)
    seconds = time.perf_counter() - started
    assert lexical[0][0] in {key for key, _ in dense}, "the new article was not found"
    return seconds


def _path(config: Config, number: int) -> Path:
    return config.corpus.path / f"added-{number}.md"


def _tell(step: str, done: int, total: int) -> None:
    if done % 500 == 0:
        sys.stderr.write(f"{step} {done} of {total}" + "\n")


def _write_corpus(folder: Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for page in news.pages()[:count]:
        fields = {
            "title": page["title"] or "",
            "published": (page["published"] or "").replace("/", "-"),
            "url": page["url"],
        }
        front = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
        (folder / f"{page['id']:05d}.md").write_text(f"---\n{front}---\n\n{page['text']}\n")


if __name__ == "__main__":
    main()
