"""The files of the corpus to their articles, but for those that an earlier build has read."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from mssqa.errors import ArticleError, CorpusError
from mssqa.index.catalog import FileRecord
from mssqa.index.plan import owners
from mssqa.ingest import ingest
from mssqa.report import Skipped
from mssqa.types import Article

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the files of the corpus hold."""

    files: Mapping[str, FileRecord]  # by path
    articles: Mapping[str, Article]  # of the files that were read this time, by path
    unopened: tuple[Skipped, ...]  # files that could not even be opened


def read_all(
    folder: Path,
    paths: Sequence[Path],
    *,
    known: Sequence[FileRecord],
    progress: Callable[[str, int, int], None],
) -> Reading:
    """Read those of the files that are not known, and those that take a duplicate's place.

    A known file with the same bytes under the same path is not read again, unless the article it
    shares with another file has been indexed from that file so far.

    Raises:
        CorpusError: none of the files holds an article; the message says why the first do not.
    """
    before = {file.path: file for file in known}
    files, unopened = _opened(folder, paths, progress)
    articles: dict[str, Article] = {}
    todo = [path for path, file in files.items() if not _is_known(file, before)]
    files |= {path: before[path] for path in files.keys() - set(todo)}
    todo = todo or _heirs(files, articles, known)
    while todo:
        for done, path in enumerate(todo):
            progress("read", done, len(todo))
            files[path] = _read(folder, files[path], articles)
        todo = _heirs(files, articles, known)
    if not owners(files.values()):
        raise _nothing(folder, [*refused(files), *unopened])
    return Reading(files=files, articles=articles, unopened=unopened)


def refused(files: Mapping[str, FileRecord]) -> tuple[Skipped, ...]:
    """The files that could not be read, and why."""
    return tuple(
        Skipped(path=file.path, reason=file.reason)
        for file in files.values()
        if file.reason is not None
    )


def _opened(
    folder: Path, paths: Sequence[Path], progress: Callable[[str, int, int], None]
) -> tuple[dict[str, FileRecord], tuple[Skipped, ...]]:
    """The files by path, with their digests, and those that cannot be opened."""
    files, unopened = {}, []
    for done, file in enumerate(paths):
        progress("scan", done, len(paths))
        path = file.relative_to(folder).as_posix()
        try:
            path.encode()
            raw = file.read_bytes()
            digest = sha256(raw).hexdigest()
            files[path] = FileRecord(path=path, digest=digest, size=len(raw))
        except (OSError, UnicodeError) as error:
            readable = path.encode("utf-8", "replace").decode()
            unopened.append(Skipped(path=readable, reason=f"it cannot be opened: {error}"))
    return files, tuple(unopened)


def _heirs(
    files: Mapping[str, FileRecord], articles: Mapping[str, Article], known: Sequence[FileRecord]
) -> list[str]:
    """Known files that have not been read now, whose article was indexed from another file."""
    indexed_from = owners(known)
    return [
        path
        for article_id, path in owners(files.values()).items()
        if path not in articles and indexed_from.get(article_id) != path
    ]


def _is_known(file: FileRecord, before: Mapping[str, FileRecord]) -> bool:
    return file.path in before and before[file.path].digest == file.digest


def _read(folder: Path, file: FileRecord, articles: dict[str, Article]) -> FileRecord:
    """The file with what is in it; its article, if there is one, goes into `articles`."""
    try:
        article = ingest(folder / file.path, corpus=folder).article
        for field in (article.title, article.publisher, article.url, article.language):
            (field or "").encode()  # SQLite takes no lone surrogates
        articles[file.path] = article
        return replace(file, article=article.id, reason=None)
    except ArticleError as error:
        return replace(file, article=None, reason=str(error.__cause__ or error))
    except Exception as error:  # noqa: BLE001 - no fault of a reader may stop a build
        _log.exception("cannot read %s", file.path)
        return replace(file, article=None, reason=f"{type(error).__name__}: {error}")


def _nothing(folder: Path, skipped: Sequence[Skipped]) -> CorpusError:
    reasons = "; ".join(f"{skip.path}: {skip.reason}" for skip in skipped[:3])
    return CorpusError(f"no file of the corpus {str(folder)!r} could be read: {reasons}")
