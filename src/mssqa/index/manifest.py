"""What a generation says of itself: what it was made with, and the checksum of every file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from mssqa.config import Config
from mssqa.errors import IndexCorruptError, IndexMismatchError
from mssqa.index.files import digests

MANIFEST_FILE = "manifest.json"
FORMAT = 2  # of the files on disk; an index of another is built anew from nothing
INGEST = 3  # what reading, cleaning, dating and splitting make of a file; likewise, but for vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The contents of `manifest.json`."""

    format: int
    embedder: str  # fingerprint
    settings: Mapping[str, Any]  # those that change an index
    articles: int
    passages: int
    dense: Mapping[str, Any]  # how vectors are searched, with the recall that was measured
    files: Mapping[str, str]  # path within the generation → SHA-256


def settings_of(config: Config) -> dict[str, Any]:
    """The settings that change an index, and no others, with the version of what reads files.

    >>> settings_of(Config())["passages.max_tokens"]
    256
    """
    return {
        "ingest version": INGEST,
        "corpus.near_duplicate_similarity": config.corpus.near_duplicate_similarity,
        "passages.max_tokens": config.passages.max_tokens,
        "passages.overlap_sentences": config.passages.overlap_sentences,
        "index.exact_passages": config.index.exact_passages,
        "index.recall": config.index.recall,
    }


def write(folder: Path, manifest: Manifest) -> None:
    """Write it, with a checksum of its own."""
    fields = asdict(manifest)
    (folder / MANIFEST_FILE).write_text(_json(fields | {"checksum": _checksum(fields)}), "utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        IndexMismatchError: another version of mssqa wrote it.
        IndexCorruptError: it is missing or damaged.
    """
    path = folder / MANIFEST_FILE
    try:
        fields = json.loads(path.read_text("utf-8"))
        found = fields.pop("format"), fields.pop("checksum")
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise IndexCorruptError(f"cannot read {str(path)!r}: {error}") from error
    if found[0] != FORMAT:
        raise IndexMismatchError(
            f"the index in {str(folder.parent)!r} has format {found[0]!r}; "
            f"this version of mssqa reads format {FORMAT}"
        )
    fields["format"] = FORMAT
    if found[1] != _checksum(fields):
        raise IndexCorruptError(f"{str(path)!r} is damaged: its checksum is another")
    return Manifest(**fields)


def compare(manifest: Manifest, *, embedder: str, settings: Mapping[str, Any]) -> None:
    """Raise IndexMismatchError if the index was made with another embedder or other settings."""
    if manifest.embedder != embedder:
        raise IndexMismatchError(
            f"the index was made with the embedder {manifest.embedder!r}, not {embedder!r}"
        )
    for name, value in settings.items():
        if (made_with := manifest.settings.get(name)) != value:
            raise IndexMismatchError(f"the index was made with {name} = {made_with}, not {value}")


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raise IndexCorruptError unless every file is there, byte by byte as it was written."""
    for name in manifest.files:
        if not (folder / name).is_file():
            raise IndexCorruptError(f"{name!r} is missing from the index in {str(folder)!r}")
    found = digests(folder, tuple(manifest.files))
    for name, digest in manifest.files.items():
        if found[name] != digest:
            raise IndexCorruptError(f"{name!r} is damaged in the index in {str(folder)!r}")


def _checksum(fields: Mapping[str, Any]) -> str:
    return sha256(_json(fields).encode()).hexdigest()


def _json(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, indent=1, sort_keys=True, ensure_ascii=False)
