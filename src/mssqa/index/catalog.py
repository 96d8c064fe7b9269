"""The catalog: the files that were read, the articles, their passages and sentences, in SQLite.

A passage key is made from its article's id and its ordinal, so it is the same in every index
that holds the passage.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from mssqa.errors import ArticleError, IndexCorruptError
from mssqa.index.limits import days, publisher_key, publisher_keys
from mssqa.types import Article, DatedBy, Passage, Query, Span

CATALOG_FILE = "catalog.sqlite"

SCHEMA = """
CREATE TABLE file (              -- every file of the corpus that a build has looked into
    path TEXT PRIMARY KEY,
    digest TEXT NOT NULL,        -- SHA-256 of its bytes
    size INTEGER NOT NULL,       -- in bytes
    article TEXT,                -- the id of the article in it, or
    reason TEXT                  -- why it could not be read
) WITHOUT ROWID;
CREATE TABLE article (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    published TEXT,
    dated_by TEXT NOT NULL,
    publisher TEXT,
    url TEXT,
    language TEXT NOT NULL,
    sentences BLOB NOT NULL,     -- start, end of each, as little-endian 32-bit numbers
    signature BLOB NOT NULL,     -- for finding near-duplicates
    story INTEGER                -- the same number for articles that tell one story
);
CREATE TABLE passage (
    key INTEGER PRIMARY KEY,
    article INTEGER NOT NULL,    -- article.row
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    input BLOB NOT NULL          -- digest of what the embedder was given
);
CREATE INDEX article_by_story ON article (story) WHERE story IS NOT NULL;
CREATE INDEX passage_by_article ON passage (article);
CREATE INDEX passage_by_input ON passage (input);
"""
_ARTICLE = """
SELECT path, title, text, published, dated_by, publisher, url, language, sentences
FROM article WHERE row = ?
"""
SENTENCES = np.dtype("<u4")
ROWS_AT_ONCE = 500  # before another thread has its turn
ARTICLES_KEPT = 1_000  # in memory, of those last used


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """What a build found in one file: an article or a reason why there is none."""

    path: str  # relative to the corpus, with forward slashes
    digest: str  # SHA-256 of its bytes
    size: int  # bytes
    article: str | None = None  # its id
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article with everything that is derived from it."""

    article: Article
    sentences: tuple[Span, ...]
    passages: tuple[Passage, ...]
    inputs: tuple[bytes, ...]  # of each passage, the digest of what the embedder is given
    signature: bytes


def passage_key(article_id: str, ordinal: int) -> int:
    """The key of a passage: 63 bits of a hash, so that it does not depend on other passages.

    >>> passage_key("00112233445566ff", 0)
    1981770103566303170
    """
    digest = sha256(f"{article_id}/{ordinal}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


class Catalog:
    """The catalog of one generation, open for reading. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        path = folder / CATALOG_FILE
        address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._connection.execute("SELECT count(*) FROM file")
        except sqlite3.Error as error:
            raise IndexCorruptError(f"cannot open the catalog {str(path)!r}: {error}") from error
        self._lock = Lock()
        self._article = lru_cache(ARTICLES_KEPT)(self._read_article)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def articles(self) -> tuple[Article, ...]:
        """All of them, newest first, undated last, then by path."""
        rows = self._rows(
            "SELECT row FROM article ORDER BY published IS NULL, published DESC, path"
        )
        return tuple(self._read_article(row)[0] for (row,) in rows)

    def article(self, article_id: str) -> Article:
        """The article of that id, or ArticleError."""
        for (row,) in self._rows("SELECT row FROM article WHERE id = ?", article_id):
            return self._article(row)[0]
        raise ArticleError(f"no article has the id {article_id!r}")

    def copies(self, article_id: str) -> tuple[Article, ...]:
        """The other articles that tell the same story in the same words, by path."""
        found = self._rows(
            "SELECT row FROM article WHERE id != :id AND story = "
            "(SELECT story FROM article WHERE id = :id) ORDER BY path",
            id=article_id,
        )
        return tuple(self._article(row)[0] for (row,) in found)

    def passages(self, keys: Sequence[int]) -> tuple[Passage, ...]:
        """The passages of those keys, in their order."""
        rows = self._rows(
            "SELECT key, article, ordinal, start, end FROM passage "
            "WHERE key IN (SELECT value FROM json_each(?))",
            json.dumps([int(key) for key in keys]),
        )
        found = {key: where for key, *where in rows}
        return tuple(self._passage(*found[key]) for key in keys)

    def sentences(self, passage: Passage) -> tuple[Span, ...]:
        """The sentences that lie within a passage."""
        for (row,) in self._rows("SELECT row FROM article WHERE id = ?", passage.article.id):
            spans = self._article(row)[1]
            return tuple(s for s in spans if passage.start <= s.start and s.end <= passage.end)
        raise ArticleError(f"no article has the id {passage.article.id!r}")

    @cached_property
    def files(self) -> tuple[FileRecord, ...]:
        """What the build found in each file, by path."""
        rows = self._rows("SELECT path, digest, size, article, reason FROM file ORDER BY path")
        return tuple(
            FileRecord(path=path, digest=digest, size=size, article=article, reason=reason)
            for path, digest, size, article, reason in rows
        )

    def signatures(self) -> Mapping[str, bytes]:
        """The near-duplicate signature of each article, by its id."""
        return dict(self._rows("SELECT id, signature FROM article"))

    def keys(self) -> NDArray[np.int64]:
        """The keys of all passages, ascending."""
        return _numbers(self._rows("SELECT key FROM passage ORDER BY key"))

    def keys_of(self, article_ids: Iterable[str]) -> NDArray[np.int64]:
        """The keys of the passages of those articles."""
        query = "SELECT key FROM passage JOIN article ON article = row WHERE id = ?"
        return _numbers(found for name in article_ids for found in self._rows(query, name))

    def key_of_input(self, digest: bytes) -> int | None:
        """A passage for which the embedder was given this input, if there is one."""
        found = self._rows("SELECT min(key) FROM passage WHERE input = ?", digest)
        key: int | None = next(found)[0]
        return key

    def everything(self) -> Iterator[tuple[int, Passage]]:
        """All passages with their keys, article by article."""
        rows = self._rows("SELECT article, key, ordinal, start, end FROM passage ORDER BY 1, 3")
        for article, key, *where in rows:
            yield key, self._passage(article, *where)

    def check(self) -> tuple[int, int]:
        """How many articles and passages there are; IndexCorruptError if the file is broken."""
        try:
            fault = next(self._rows("PRAGMA quick_check(1)"))[0]
            articles = next(self._rows("SELECT count(*) FROM article"))[0]
            passages = next(self._rows("SELECT count(*) FROM passage"))[0]
        except sqlite3.Error as error:
            raise IndexCorruptError(f"the catalog is damaged: {error}") from error
        if fault != "ok":
            raise IndexCorruptError(f"the catalog is damaged: {fault}")
        return articles, passages

    def allowed(self, query: Query) -> NDArray[np.bool_] | None:
        """Which passages, in the order of their keys, a query's limits let in; None: all."""
        if not query.limits_dates and not query.publishers:
            return None
        when, publishers = days(query), publisher_keys(query)
        published, publisher, article_of = self._limited
        allowed = np.ones(len(published), dtype=np.bool_)
        if query.limits_dates:
            allowed &= (published >= when.first) & (published <= when.last)
        if publishers:
            allowed &= np.isin(publisher, publishers)
        within: NDArray[np.bool_] = allowed[article_of]
        return within

    @cached_property
    def _limited(self) -> tuple[NDArray[np.int64], NDArray[np.str_], NDArray[np.int64]]:
        """Of each article its day (0 if unknown) and publisher; of each passage its article."""
        rows = tuple(self._rows("SELECT row, published, publisher FROM article ORDER BY row"))
        published = [date.fromisoformat(day).toordinal() if day else 0 for _, day, _ in rows]
        publisher = [publisher_key(name or "") for _, _, name in rows]
        article_of = _numbers(self._rows("SELECT article FROM passage ORDER BY key"))
        row_numbers = np.array([row for row, _, _ in rows])
        return np.array(published), np.array(publisher), np.searchsorted(row_numbers, article_of)

    def _passage(self, row: int, ordinal: int, start: int, end: int) -> Passage:
        return Passage(article=self._article(row)[0], ordinal=ordinal, start=start, end=end)

    def _read_article(self, row: int) -> tuple[Article, tuple[Span, ...]]:
        *fields, sentences = next(self._rows(_ARTICLE, row))
        spans = np.frombuffer(sentences, dtype=SENTENCES).reshape(-1, 2).tolist()
        return _article(fields), tuple(Span(start, end) for start, end in spans)

    def _rows(self, query: str, *given: Any, **named: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a batch at a time, so that threads can take turns."""
        with self._lock:
            cursor = self._connection.execute(query, named or given)
        while rows := self._batch(cursor):
            yield from rows

    def _batch(self, cursor: sqlite3.Cursor) -> list[tuple[Any, ...]]:
        with self._lock:
            return cursor.fetchmany(ROWS_AT_ONCE)


def _numbers(rows: Iterable[tuple[int]]) -> NDArray[np.int64]:
    return np.fromiter((number for (number,) in rows), dtype=np.int64)


def _article(fields: Sequence[Any]) -> Article:
    path, title, text, published, dated_by, publisher, url, language = fields
    return Article(
        path=path,
        title=title,
        text=text,
        published=date.fromisoformat(published) if published else None,
        dated_by=DatedBy(dated_by),
        publisher=publisher,
        url=url,
        language=language,
    )
