"""Writing a catalog: a copy of the one before, without what is gone, with what is new."""

import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from mssqa.index.catalog import CATALOG_FILE, SCHEMA, SENTENCES, Entry, FileRecord, passage_key

_SETTINGS = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -200000;
"""  # a half-written file is thrown away with its folder, and the build syncs a whole one itself
_NEW_ARTICLE = """
INSERT INTO article (
    id, path, title, text, published, dated_by, publisher, url, language, sentences, signature
) VALUES (
    :id, :path, :title, :text, :published, :dated_by, :publisher, :url, :language,
    :sentences, :signature
)
"""


def write(
    folder: Path,
    *,
    base: Path | None,
    gone: Iterable[str],
    added: Iterable[Entry],
    files: Iterable[FileRecord],
    stories: Sequence[Sequence[str]],
) -> None:
    """Write the catalog of a generation.

    Args:
        folder: where it goes.
        base: the folder of the generation it starts from; None starts from nothing.
        gone: ids of the articles of `base` that are left out, replaced ones among them.
        added: new articles, and those that replace one.
        files: what was found in every file of the corpus.
        stories: ids of articles that are near-duplicates of each other.

    Raises:
        OSError: the file cannot be written.
    """
    path = folder / CATALOG_FILE
    if base is not None:
        shutil.copyfile(base / CATALOG_FILE, path)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript(_SETTINGS if base else _SETTINGS + SCHEMA)
            connection.execute("BEGIN")
            _remove(connection, gone)
            for entry in added:
                _add(connection, entry)
            _replace_files(connection, files)
            _replace_stories(connection, stories)
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise OSError(f"cannot write the catalog {str(path)!r}: {error}") from error


def _remove(connection: sqlite3.Connection, article_ids: Iterable[str]) -> None:
    ids = [(article_id,) for article_id in article_ids]
    connection.executemany(
        "DELETE FROM passage WHERE article = (SELECT row FROM article WHERE id = ?)", ids
    )
    connection.executemany("DELETE FROM article WHERE id = ?", ids)


def _add(connection: sqlite3.Connection, entry: Entry) -> None:
    article = entry.article
    article_id = article.id
    fields: dict[str, Any] = {
        "id": article_id,
        "path": article.path,
        "title": article.title,
        "text": article.text,
        "published": article.published.isoformat() if article.published else None,
        "dated_by": str(article.dated_by),
        "publisher": article.publisher,
        "url": article.url,
        "language": article.language,
        "sentences": np.array(list(chain(*entry.sentences)), dtype=SENTENCES).tobytes(),
        "signature": entry.signature,
    }
    row = connection.execute(_NEW_ARTICLE, fields).lastrowid
    connection.executemany(
        "INSERT INTO passage (key, article, ordinal, start, end, input) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (passage_key(article_id, p.ordinal), row, p.ordinal, p.start, p.end, digest)
            for p, digest in zip(entry.passages, entry.inputs, strict=True)
        ],
    )


def _replace_files(connection: sqlite3.Connection, files: Iterable[FileRecord]) -> None:
    connection.execute("DELETE FROM file")
    connection.executemany(
        "INSERT INTO file (path, digest, size, article, reason) VALUES (?, ?, ?, ?, ?)",
        [(file.path, file.digest, file.size, file.article, file.reason) for file in files],
    )


def _replace_stories(connection: sqlite3.Connection, stories: Sequence[Sequence[str]]) -> None:
    connection.execute("UPDATE article SET story = NULL WHERE story IS NOT NULL")
    connection.executemany(
        "UPDATE article SET story = ? WHERE id = ?",
        [(number, article_id) for number, ids in enumerate(stories) for article_id in ids],
    )
