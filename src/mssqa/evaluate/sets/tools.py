"""What the public sets are measured with: the models, and small indexes of given pages."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from mssqa.build import build_index
from mssqa.config import Config, Generator
from mssqa.errors import CorpusError
from mssqa.models import load_models
from mssqa.ports import Models
from mssqa.qa import QA
from mssqa.types import Answer, Hit, Query, Status

Progress = Callable[[str, int, int], None]
"""Called with (set, done, total)."""


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article of a set, before it is a file."""

    text: str
    title: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The product's own parts."""

    config: Config
    models: Models
    data: Path  # the folder that holds bench/
    folder: Path  # for indexes; those that are there already are used again
    progress: Progress

    def follow(self, name: str, rows: Sequence[Item]) -> Iterator[Item]:
        """What is measured, one by one, with progress told."""
        for done, row in enumerate(rows):
            self.progress(name, done, len(rows))
            yield row
        self.progress(name, len(rows), len(rows))


def load_tools(config: Config, *, data: Path, folder: Path, progress: Progress) -> Tools:
    """Load the configured models once; questions are answered by quotes alone.

    Raises:
        ModelError: the weights are missing or will not load.
    """
    quoting = config.model_copy(update={"generator": Generator(kind="quote")})
    return Tools(
        config=quoting,
        models=load_models(quoting),
        data=data,
        folder=folder,
        progress=progress,
    )


def place(config: Config, folder: Path) -> Config:
    """The settings, for corpus and index in that folder."""
    return config.model_copy(
        update={
            "corpus": config.corpus.model_copy(update={"path": folder / "corpus"}),
            "index": config.index.model_copy(update={"path": folder / "index"}),
        }
    )


def write_files(files: Mapping[str, str], folder: Path) -> None:
    """Write them; those that are there already stay as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        file = folder / name
        if not file.exists():
            file.write_text(text, "utf-8")


def markdown(page: Page) -> str:
    r"""A page as a file of the corpus.

    >>> markdown(Page(text="Rice rose.", title="Rice", published=date(2025, 3, 4)))
    '---\ntitle: "Rice"\npublished: 2025-03-04\n---\n\nRice rose.\n'
    """
    lines = [f"title: {json.dumps(page.title, ensure_ascii=False)}"] if page.title else []
    lines += [f"published: {page.published}"] if page.published else []
    head = ["---", *lines, "---", ""] if lines else []
    return "\n".join((*head, page.text, ""))


def day(text: str | None) -> date | None:
    """A day as the sets write it: 2024/03/22 or 2024-03-22.

    >>> day("2024/03/22"), day(None)
    (datetime.date(2024, 3, 22), None)
    """
    found = re.fullmatch(r"(\d{4})[/-](\d\d)[/-](\d\d)", text or "")
    return date(*map(int, found.groups())) if found else None


def asked(
    question: str,
    pages: Iterable[Page],
    tools: Tools,
    *,
    as_of: date | None = None,
    search: bool = False,
) -> tuple[Answer, tuple[Hit, ...]]:
    """What the product answers from these pages alone, and the passages that a search finds.

    Without `search` no passages. Where none of the pages holds an article, it has nothing to find
    and declines.
    """
    files = {f"{number:05d}.md": markdown(page) for number, page in enumerate(pages)}
    key = sha256(json.dumps(files).encode()).hexdigest()[:16]
    config = place(tools.config, tools.folder / key)
    write_files(files, config.corpus.path)
    try:
        build_index(config, embedder=tools.models.embedder)
    except CorpusError:
        query = Query(question=question, text=question)
        return Answer(query=query, status=Status.DECLINED, text="", generation="none"), ()
    with QA(config, tools.models) as qa:
        answer = qa.ask(question, as_of=as_of)
        return answer, qa.search(question, as_of=as_of) if search else ()
