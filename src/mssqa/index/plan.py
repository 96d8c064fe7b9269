"""What a build has to do, worked out from file records alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mssqa.index.catalog import FileRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How the files of the corpus differ from those of an earlier build, by path."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]  # (old path, new path)
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]


def owners(files: Iterable[FileRecord]) -> dict[str, str]:
    """For each article id the file it is indexed from: of several, the first by path.

    >>> both = [FileRecord(path=path, digest="", size=0, article="1") for path in ("b", "a")]
    >>> owners(both)
    {'1': 'a'}
    """
    found: dict[str, str] = {}
    for file in files:
        if file.article is not None:
            found[file.article] = min(file.path, found.get(file.article, file.path))
    return found


def difference(before: Mapping[str, FileRecord], now: Mapping[str, FileRecord]) -> Difference:
    """Compare the files from which articles are indexed, before and now, each keyed by its path.

    A file that is new under a path, with the bytes of one that is gone, is renamed.
    """
    new = sorted(now.keys() - before.keys())
    gone = sorted(before.keys() - now.keys(), reverse=True)
    places = {before[path].digest: path for path in gone}
    pairs = [(places.pop(now[path].digest, None), path) for path in new]
    renamed = [(old, path) for old, path in pairs if old is not None]
    both = sorted(now.keys() & before.keys())
    same = {path for path in both if before[path].digest == now[path].digest}
    return Difference(
        added=tuple(sorted(set(new) - {path for _, path in renamed})),
        changed=tuple(path for path in both if path not in same),
        renamed=tuple(sorted(renamed)),
        removed=tuple(sorted(set(gone) - {path for path, _ in renamed})),
        unchanged=tuple(path for path in both if path in same),
    )
