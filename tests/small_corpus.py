"""Small corpora on disk, and all that can be compared of the indexes built from them."""

import os
import resource
import signal
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from doubles import FakeEmbedder

from mssqa.build import build_index
from mssqa.config import Config, load_config
from mssqa.errors import IndexingError
from mssqa.index.store import Index, open_index
from mssqa.report import BuildReport
from mssqa.types import Interval, Query

QUERIES = (
    Query(question="?", text="When will the harbour open its new basin?"),
    Query(question="?", text="rice prices", as_of=date(2025, 3, 4)),
    Query(question="?", text="the minister of the harbour", publishers=("THE Gazette",)),
    Query(question="?", text="police", window=Interval(start=date(2025, 3, 2))),
)


def config_in(folder: Path, **settings: Any) -> Config:
    """Settings for a corpus and an index in a folder."""
    places = {"corpus__path": folder / "corpus", "index__path": folder / "index"}
    return load_config(**(places | settings))


def write_files(config: Config, files: Mapping[str, str]) -> None:
    """Make the corpus hold these files, by path, and no others."""
    folder = config.corpus.path
    for old in folder.rglob("*") if folder.exists() else ():
        if old.is_file() and old.relative_to(folder).as_posix() not in files:
            old.unlink()
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def page(title: str, text: str, *, published: str = "", publisher: str = "") -> str:
    """A Markdown file with front matter."""
    lines = [f'title: "{title}"']
    lines += [f"published: {published}"] if published else []
    lines += [f'publisher: "{publisher}"'] if publisher else []
    return "---\n" + "\n".join(lines) + f"\n---\n\n{text}\n"


def built(config: Config, embedder: FakeEmbedder, *, full: bool = False) -> BuildReport:
    """Build, and see to it that nothing but the current generation is left."""
    report = build_index(config, embedder=embedder, full=full)
    left = sorted(path.name for path in config.index.path.iterdir())
    assert left == sorted([report.generation, "CURRENT", "build.lock"])
    return report


def opened(config: Config, embedder: FakeEmbedder) -> Index:
    return open_index(config, embedder=embedder.fingerprint)


def contents(config: Config, embedder: FakeEmbedder) -> dict[str, Any]:
    """Everything an index answers, in terms that do not depend on how it came about."""
    with opened(config, embedder) as index:
        articles = index.articles()
        keys = index.catalog.keys()
        passages = index.passages(keys.tolist())
        vectors = index.vectors.vectors(keys)
        return {
            "articles": articles,
            "copies": [index.copies(article.id) for article in articles],
            "passages": passages,
            "sentences": [index.sentences(passage) for passage in passages],
            "vectors": vectors.round(4).tolist(),
            "lexical": [index.lexical(query, limit=5) for query in QUERIES],
            "dense": [
                index.dense(query, embedder.encode([query.text])[0], limit=5) for query in QUERIES
            ],
        }


def build_and_die(folder: Path, at: str) -> None:
    """Build what is in a folder; at the step of that name, die as by `kill -9`."""

    def progress(step: str, done: int, _: int) -> None:
        if f"{step} {done}" == at:
            os.kill(os.getpid(), signal.SIGKILL)

    build_index(config_in(folder), embedder=FakeEmbedder(), progress=progress)


def build_on_a_full_disk(folder: Path, most_bytes: int) -> None:
    """Build where no file may be larger than that; exit 3 if this was said in so many words."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    try:
        build_index(config_in(folder), embedder=FakeEmbedder())
    except IndexingError as error:
        sys.exit(3 if "cannot write the index" in str(error) else 4)
