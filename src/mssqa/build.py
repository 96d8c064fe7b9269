"""From the corpus folder to a new generation of the index: the left half of the picture.

Only what changed is read, split and embedded again; the outcome is that of building all anew.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np

from mssqa import corpus
from mssqa.config import Config
from mssqa.errors import IndexingError, IndexNotFoundError, MssqaError
from mssqa.index import generations
from mssqa.index.catalog import Entry, FileRecord
from mssqa.index.manifest import settings_of
from mssqa.index.plan import difference, owners
from mssqa.index.store import Index, open_any
from mssqa.index.write import Changes, Progress, Written, write
from mssqa.ingest import ingest
from mssqa.ingest.duplicates import Signature, stories
from mssqa.ingest.entry import entry_of
from mssqa.ingest.reading import Reading, read_all, refused
from mssqa.ingest.split import embedding_input
from mssqa.models import load_embedder
from mssqa.ports import Embedder
from mssqa.report import BuildReport, Skipped
from mssqa.types import Article

_log = logging.getLogger(__name__)


def quietly(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def build_index(
    config: Config,
    *,
    full: bool = False,
    embedder: Embedder | None = None,
    progress: Progress = quietly,
) -> BuildReport:
    """Bring the index up to date with the corpus; readers go on with the old one meanwhile.

    Args:
        config: where corpus and index are, and all that changes an index.
        full: read and embed everything anew, whatever there is.
        embedder: instead of the one that the settings name.
        progress: called with (step, done, total) as the build goes on.

    Raises:
        CorpusError: the corpus is missing or empty, or not one of its files could be read.
        IndexBusyError: another build holds the index.
        IndexingError: the index cannot be written.

    An index that is damaged, or made by another version, is built anew. Whatever is raised, the
    index is as it was.
    """
    started = time.perf_counter()
    _keep_apart(config)
    limit = config.index.lock_timeout_seconds
    with generations.building(config.index.path, timeout_seconds=limit):
        embedder = embedder or load_embedder(config.embedder)
        report = _build(config, full=full, embedder=embedder, progress=progress)
        generations.sweep(config.index.path)
    return replace(report, seconds=time.perf_counter() - started)


def watch(
    config: Config,
    *,
    embedder: Embedder | None = None,
    progress: Progress = quietly,
    debounce_ms: int = 1_000,
) -> Iterator[BuildReport]:
    """Build, then again whenever files of the corpus change, without end.

    A build that fails is logged, and tried again after the next change. Files that change within
    `debounce_ms` milliseconds are built together.
    """
    from watchfiles import watch as changes

    embedder = embedder or load_embedder(config.embedder)
    stirred = changes(
        config.corpus.path, debounce=debounce_ms, rust_timeout=100, yield_on_timeout=True
    )
    pending = True  # the first time round, whatever changed before we looked
    for changed in stirred:
        if not changed and not pending:
            continue
        pending = False
        try:
            report = build_index(config, embedder=embedder, progress=progress)
        except MssqaError as error:
            _log.error("the index stays as it was: %s (%s)", error, error.hint)
        else:
            yield report


def add_article(source: str | Path, config: Config, *, embedder: Embedder | None = None) -> Article:
    """Save the article of a file or a web address into the corpus, and index it.

    Raises:
        ArticleError: it cannot be fetched, read or saved, or holds no article.
        IndexingError: it is in the corpus, but the index cannot be written.
    """
    saved = corpus.add(source, config=config.corpus)
    build_index(config, embedder=embedder)
    return ingest(saved.path, corpus=config.corpus.path).article


def remove_article(article_id: str, config: Config, *, embedder: Embedder | None = None) -> Article:
    """Move the file of an article to the trash, and take it out of the index.

    Raises:
        ArticleError: the index knows no such article, or its file cannot be moved.
        IndexNotFoundError: there is no index.
    """
    with open_any(config.index.path) as index:
        article = index.article(article_id)
    corpus.remove(article, config.corpus.path)
    build_index(config, embedder=embedder)
    return article


def restore_article(
    article_id: str, config: Config, *, embedder: Embedder | None = None
) -> Article:
    """Bring the file of an article back from the trash, and index it.

    Raises:
        ArticleError: the trash holds no such article.
    """
    path = corpus.restore(article_id, config.corpus.path)
    build_index(config, embedder=embedder)
    return ingest(path, corpus=config.corpus.path).article


def _build(config: Config, *, full: bool, embedder: Embedder, progress: Progress) -> BuildReport:
    with ExitStack() as opened:
        previous = _previous(config.index.path)
        if previous is not None:
            opened.callback(previous.close)
        donor = None if full or not _made_with(embedder, previous) else previous
        base = donor if donor and donor.manifest.settings == settings_of(config) else None
        folder = config.corpus.path
        known = base.catalog.files if base else ()
        reading = read_all(folder, corpus.files(folder), known=known, progress=progress)
        changes = _changes(reading, base, donor, config, embedder, progress)
        if base is not None and _is_same(changes, base):
            written = _as_it_is(base)
        else:
            written = write(
                changes,
                config=config,
                embedder=embedder,
                input_of=embedding_input,
                progress=progress,
            )
        return _report(written, reading, previous.catalog.files if previous else ())


def _keep_apart(config: Config) -> None:
    articles, index = config.corpus.path.resolve(), config.index.path.resolve()
    if articles.is_relative_to(index) or index.is_relative_to(articles):
        raise IndexingError(
            f"the corpus {str(articles)!r} and the index {str(index)!r} lie within each other",
            hint="choose another folder with --index",
        )


def _previous(path: Path) -> Index | None:
    """The current generation, if it is whole and of this version."""
    try:
        return open_any(path)
    except IndexNotFoundError:
        return None
    except IndexingError as error:
        _log.warning("building anew: %s", error)
        return None


def _made_with(embedder: Embedder, index: Index | None) -> bool:
    return index is not None and index.manifest.embedder == embedder.fingerprint


def _changes(
    reading: Reading,
    base: Index | None,
    donor: Index | None,
    config: Config,
    embedder: Embedder,
    progress: Progress,
) -> Changes:
    owned_now = owners(reading.files.values())
    owned = owners(base.catalog.files) if base else {}
    new = [
        reading.articles[path]
        for article_id, path in sorted(owned_now.items(), key=lambda item: item[1])
        if path in reading.articles
        and not (
            base and article_id in owned and base.article(article_id) == reading.articles[path]
        )
    ]
    added = []
    for done, article in enumerate(new):
        progress("split", done, len(new))
        added.append(entry_of(article, embedder=embedder, config=config.passages))
    replaced = {entry.article.id for entry in added} & owned.keys()
    gone = tuple(sorted(replaced | (owned.keys() - owned_now.keys())))
    return Changes(
        base=base,
        donor=donor,
        gone=gone,
        added=tuple(added),
        files=tuple(reading.files[path] for path in sorted(reading.files)),
        stories=_stories(base, gone, added, config),
    )


def _stories(
    base: Index | None, gone: Sequence[str], added: Sequence[Entry], config: Config
) -> tuple[tuple[str, ...], ...]:
    stored = dict(base.catalog.signatures()) if base else {}
    for article_id in gone:
        del stored[article_id]
    stored |= {entry.article.id: entry.signature for entry in added}
    signatures: dict[str, Signature] = {
        name: np.frombuffer(packed, dtype="<u4") for name, packed in stored.items()
    }
    return stories(signatures, min_similarity=config.corpus.near_duplicate_similarity)


def _is_same(changes: Changes, base: Index) -> bool:
    return not changes.gone and not changes.added and changes.files == base.catalog.files


def _as_it_is(base: Index) -> Written:
    made = base.manifest
    return Written(
        generation=base.generation, articles=made.articles, passages=made.passages, embedded=0
    )


def _report(written: Written, reading: Reading, before: Sequence[FileRecord]) -> BuildReport:
    files = reading.files
    changed = difference(_indexed(before), _indexed(tuple(files.values())))
    skipped = [*refused(files), *_repeated(files), *reading.unopened]
    return BuildReport(
        generation=written.generation,
        added=changed.added,
        changed=changed.changed,
        renamed=changed.renamed,
        removed=changed.removed,
        unchanged=changed.unchanged,
        skipped=tuple(sorted(skipped, key=lambda skip: skip.path)),
        articles=written.articles,
        passages=written.passages,
        embedded=written.embedded,
        seconds=0,
    )


def _indexed(files: Sequence[FileRecord]) -> dict[str, FileRecord]:
    """The files from which articles are indexed, by path."""
    first = set(owners(files).values())
    return {file.path: file for file in files if file.path in first}


def _repeated(files: Mapping[str, FileRecord]) -> list[Skipped]:
    """The files whose article is indexed from another file."""
    first = owners(files.values())
    return [
        Skipped(path=file.path, reason=f"same text as {first[file.article]}")
        for file in files.values()
        if file.article is not None and first[file.article] != file.path
    ]
