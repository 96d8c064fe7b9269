"""One generation of the index, open for reading: catalog, words and vectors together."""

import weakref
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import IO, Any, Self

import numpy as np

from mssqa.config import Config
from mssqa.errors import IndexCorruptError
from mssqa.index import generations, manifest
from mssqa.index.catalog import Catalog
from mssqa.index.dense import Dense
from mssqa.index.lexical import Lexical
from mssqa.index.manifest import Manifest, settings_of
from mssqa.ports import Ranking, Vectors
from mssqa.types import Article, Passage, Query, Span

LEXICAL_FOLDER = "lexical"


class Index:
    """The `Store` on disk. It keeps its generation until it is closed; threads may share it."""

    def __init__(self, folder: Path, lock: IO[bytes], made: Manifest) -> None:
        self.folder = folder
        self.manifest = made
        with ExitStack() as opened:
            opened.callback(lock.close)
            self.catalog = Catalog(folder)
            opened.callback(self.catalog.close)
            self.vectors = Dense(folder)
            self.words = Lexical(folder / LEXICAL_FOLDER)
            self._close = weakref.finalize(self, opened.pop_all().close)

    @property
    def generation(self) -> str:
        """Its name."""
        return self.folder.name

    def close(self) -> None:
        """Let the generation go; a build may remove it then."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def articles(self) -> tuple[Article, ...]:
        """All of them, newest first, undated last, then by path."""
        return self.catalog.articles()

    def article(self, article_id: str) -> Article:
        """The article of that id, or ArticleError."""
        return self.catalog.article(article_id)

    def copies(self, article_id: str) -> tuple[Article, ...]:
        """The other articles that are near-duplicates of it, by path."""
        return self.catalog.copies(article_id)

    def passages(self, keys: Sequence[int]) -> tuple[Passage, ...]:
        """The passages of those keys, in their order."""
        return self.catalog.passages(keys)

    def sentences(self, passage: Passage) -> tuple[Span, ...]:
        """The sentences of a passage as spans of its article."""
        return self.catalog.sentences(passage)

    def lexical(self, query: Query, *, limit: int) -> Ranking:
        """The passages that share words with `query.text`, within the query's limits."""
        return self.words.search(query, limit=limit)

    def spelt_like(self, word: str, *, limit: int) -> tuple[int, ...]:
        """The passages with words spelt nearly as one that stands in none; else nothing."""
        return self.words.spelt_like(word, limit=limit)

    def dense(self, query: Query, vector: Vectors, *, limit: int) -> Ranking:
        """The passages nearest to a vector of shape (dimensions,), within the query's limits."""
        return self.vectors.search(vector, limit=limit, allowed=self.catalog.allowed(query))


def open_index(config: Config, *, embedder: str) -> Index:
    """The current generation of the configured index.

    Args:
        config: where the index is, and the settings it must have been made with.
        embedder: fingerprint of the embedder that it must have been made with.

    Raises:
        IndexNotFoundError: there is no index.
        IndexMismatchError: another version, embedder or setting made it.
        IndexCorruptError: a file is missing, or one byte of it is not as it was written.
    """
    return _open(config.index.path, embedder=embedder, settings=settings_of(config))


def open_any(path: Path) -> Index:
    """The current generation of the index in `path`, whatever embedder and settings made it.

    Raises:
        IndexNotFoundError: there is no index.
        IndexMismatchError: another version of mssqa made it.
        IndexCorruptError: a file is missing, or one byte of it is not as it was written.
    """
    return _open(path, embedder=None, settings={})


def current_generation(path: Path) -> str:
    """The name of the generation that `open_index` would open now; reads one small file.

    Raises:
        IndexNotFoundError: there is no index in `path`.
    """
    return generations.current(path)


def check(folder: Path) -> tuple[int, int]:
    """The articles and passages of a generation, once its parts have been seen to agree.

    Raises:
        IndexCorruptError: a part cannot be opened, or holds other passages than the catalog.
    """
    with closing(Catalog(folder)) as catalog:
        articles, passages = catalog.check()
        keys = catalog.keys()
    words = Lexical(folder / LEXICAL_FOLDER).passages
    if words != passages:
        raise IndexCorruptError(f"{passages} passages, but words of {words} in {str(folder)!r}")
    if not np.array_equal(Dense(folder).passages, keys):
        raise IndexCorruptError(f"vectors of other passages than the catalog's in {str(folder)!r}")
    return articles, passages


def verify(path: Path) -> Manifest:
    """The manifest of the index in `path`, once every byte and every part has been checked.

    Raises:
        IndexNotFoundError: there is no index.
        IndexMismatchError: another version of mssqa made it.
        IndexCorruptError: something is missing, damaged or does not agree with the rest.
    """
    with open_any(path) as index:
        if check(index.folder) != (index.manifest.articles, index.manifest.passages):
            raise IndexCorruptError(f"the manifest in {str(index.folder)!r} counts otherwise")
        return index.manifest


def _open(path: Path, *, embedder: str | None, settings: Mapping[str, Any]) -> Index:
    folder, lock = generations.hold(path)
    with ExitStack() as held:
        held.callback(lock.close)
        made = manifest.read(folder)
        manifest.compare(made, embedder=embedder or made.embedder, settings=settings)
        manifest.check_files(folder, made)
        held.pop_all()
    return Index(folder, lock, made)
