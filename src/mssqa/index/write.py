"""Writing a generation: catalog, vectors and words beside the current ones; checked, then current.

Each step is told to `progress` before it begins, as (step, done, total).
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from mssqa.config import Config
from mssqa.errors import IndexingError
from mssqa.index import catalog_write, dense_write, generations, lexical, manifest
from mssqa.index.catalog import Catalog, Entry, FileRecord, passage_key
from mssqa.index.dense import KEYS_FILE, VECTORS_FILE, Keys
from mssqa.index.files import digests, link_or_copy
from mssqa.index.manifest import Manifest
from mssqa.index.store import LEXICAL_FOLDER, Index, check
from mssqa.ports import Embedder, Vectors
from mssqa.types import Article, Passage

Progress = Callable[[str, int, int], None]
"""Called with a step, how much of it is done and how much there is."""

_DISK_FULL = ("No space left", "quota exceeded", "is full")  # as the system and SQLite say it
BATCH = 512  # passages embedded between two calls of `progress`


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What the next generation has that `base` has not, and the other way round."""

    base: Index | None  # where it starts from; None starts from nothing
    donor: Index | None  # made with the same embedder: its vectors are used again
    gone: tuple[str, ...]  # ids of articles of `base` that are left out or replaced
    added: tuple[Entry, ...]  # new articles, and those that replace one
    files: tuple[FileRecord, ...]  # all that were found
    stories: tuple[tuple[str, ...], ...]  # ids of articles that are near-duplicates

    @property
    def moved(self) -> frozenset[str]:
        """Ids of replaced articles whose passages, title, date and publisher remain."""
        base = self.base
        if base is None:
            return frozenset()
        gone = set(self.gone)
        again = [entry.article for entry in self.added if entry.article.id in gone]
        return frozenset(
            article.id for article in again if _reads_like(base.article(article.id), article)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A generation that has become current."""

    generation: str
    articles: int
    passages: int
    embedded: int  # passages whose vector was computed anew


def write(
    changes: Changes,
    *,
    config: Config,
    embedder: Embedder,
    input_of: Callable[[Passage], str],
    progress: Progress,
) -> Written:
    """Write the next generation of the configured index and make it current.

    Only the holder of `generations.building` may call it. `input_of` gives what the embedder is
    to see of a passage, from which `Entry.inputs` was made.

    Raises:
        IndexingError: it cannot be written; the current generation is as before.
    """
    path = config.index.path
    with _translated(path), generations.partial(path) as folder:
        progress("catalog", 0, 1)
        _write_catalog(folder, changes)
        embedded, kind = _write_vectors(folder, changes, config, embedder, input_of, progress)
        progress("words", 0, 1)
        _write_words(folder, changes)
        progress("check", 0, 1)
        checksums = _checksums(folder, changes.base)
        articles, passages = check(folder)
        made = Manifest(
            format=manifest.FORMAT,
            embedder=embedder.fingerprint,
            settings=manifest.settings_of(config),
            articles=articles,
            passages=passages,
            dense=kind,
            files=checksums,
        )
        manifest.write(folder, made)
        name = generations.next_name(path, _content(made, changes.files))
        progress("switch", 0, 1)
        generations.publish(folder, name)
        progress("switch", 1, 1)
    return Written(generation=name, articles=articles, passages=passages, embedded=embedded)


def input_digest(text: str) -> bytes:
    """What stands in the catalog for an embedder's input: 16 bytes of its SHA-256."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


def _reads_like(old: Article, new: Article) -> bool:
    return replace(old, path=new.path, url=new.url, dated_by=new.dated_by) == new


def _write_catalog(folder: Path, changes: Changes) -> None:
    catalog_write.write(
        folder,
        base=changes.base.folder if changes.base else None,
        gone=changes.gone,
        added=changes.added,
        files=changes.files,
        stories=changes.stories,
    )


def _write_vectors(
    folder: Path,
    changes: Changes,
    config: Config,
    embedder: Embedder,
    input_of: Callable[[Passage], str],
    progress: Progress,
) -> tuple[int, dict[str, object]]:
    """Write the vectors; how many passages were embedded, and how the vectors are searched."""
    base, moved = changes.base, changes.moved
    new = [entry for entry in changes.added if entry.article.id not in moved]
    out = [article_id for article_id in changes.gone if article_id not in moved]
    if base is not None and not new and not out:
        for name in (VECTORS_FILE, KEYS_FILE):
            link_or_copy(base.folder / name, folder / name)
        return 0, dict(base.manifest.dense)
    keys, vectors, embedded = _vectors(new, changes.donor, embedder, input_of, progress)
    progress("vectors", 0, 1)
    kind = dense_write.write(
        folder,
        previous=base.vectors if base else None,
        kept=_kept(base, out),
        keys=keys,
        vectors=vectors,
        config=config.index,
    )
    return embedded, asdict(kind)


def _kept(base: Index | None, out: Sequence[str]) -> Keys:
    if base is None:
        return np.empty(0, dtype=np.int64)
    return np.setdiff1d(base.vectors.passages, base.catalog.keys_of(out), assume_unique=True)


def _vectors(
    entries: Sequence[Entry],
    donor: Index | None,
    embedder: Embedder,
    input_of: Callable[[Passage], str],
    progress: Progress,
) -> tuple[Keys, Vectors, int]:
    """Keys and vectors of the passages of entries, and how many were embedded to that end."""
    passages = [passage for entry in entries for passage in entry.passages]
    inputs = [digest for entry in entries for digest in entry.inputs]
    keys = np.array(
        [passage_key(e.article.id, p.ordinal) for e in entries for p in e.passages], dtype=np.int64
    )
    first = {digest: row for row, digest in reversed(list(enumerate(inputs)))}
    lent = {} if donor is None else _lent(donor, first)
    missing = [row for digest, row in first.items() if digest not in lent]
    vectors = np.empty((len(keys), embedder.encode([]).shape[1]), dtype=np.float32)
    for done in range(0, len(missing), BATCH):
        progress("embed", done, len(missing))
        rows = missing[done : done + BATCH]
        vectors[rows] = embedder.encode([input_of(passages[row]) for row in rows])
    if donor is not None and lent:
        vectors[[first[digest] for digest in lent]] = donor.vectors.vectors(
            np.array(list(lent.values()), dtype=np.int64)
        )
    return keys, vectors[[first[digest] for digest in inputs]], len(missing)


def _lent(donor: Index, inputs: Sequence[bytes] | dict[bytes, int]) -> dict[bytes, int]:
    """For each input that the donor has embedded, the passage whose vector that is."""
    found = {digest: donor.catalog.key_of_input(digest) for digest in inputs}
    return {digest: key for digest, key in found.items() if key is not None}


def _write_words(folder: Path, changes: Changes) -> None:
    """Add to the words of `base`; or write them anew if a passage of it is gone.

    tantivy counts deleted passages in its word statistics until it happens to merge their
    segments, so rankings would depend on what an index has been through.
    """
    words, base, moved = folder / LEXICAL_FOLDER, changes.base, changes.moved
    if base is None or any(article_id not in moved for article_id in changes.gone):
        with closing(Catalog(folder)) as catalog:
            lexical.write(words, catalog.everything())
        return
    lexical.carry_over(base.folder / LEXICAL_FOLDER, words)
    new = [entry for entry in changes.added if entry.article.id not in moved]
    if new:
        lexical.write(words, _keyed(new))


def _keyed(entries: Sequence[Entry]) -> Iterator[tuple[int, Passage]]:
    for entry in entries:
        article_id = entry.article.id
        for passage in entry.passages:
            yield passage_key(article_id, passage.ordinal), passage


def _checksums(folder: Path, base: Index | None) -> dict[str, str]:
    """The SHA-256 of every file; those that are links to a file of `base` are known already."""
    names = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )
    known = {} if base is None else _linked(folder, names, base)
    return known | digests(folder, [name for name in names if name not in known])


def _linked(folder: Path, names: Sequence[str], base: Index) -> dict[str, str]:
    return {
        name: base.manifest.files[name]
        for name in names
        if name in base.manifest.files and (folder / name).samefile(base.folder / name)
    }


def _content(made: Manifest, files: Sequence[FileRecord]) -> str:
    """Hexadecimal digits that are the same for the same files, embedder and settings."""
    parts = [made.format, made.embedder, dict(made.settings), [(f.path, f.digest) for f in files]]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        full = any(sign in str(error) for sign in _DISK_FULL)
        hint = "free some space on the disk, then run: mssqa build" if full else None
        raise IndexingError(
            f"cannot write the index in {str(path)!r}: {error}; the old one is as it was", hint=hint
        ) from error
