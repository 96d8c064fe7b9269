"""What the index asks of the file system: checksums, links, and being sure that it is on disk."""

import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest
from pathlib import Path


def digests(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """The SHA-256 of files of a folder, by name."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(names, pool.map(lambda name: digest(folder / name), names), strict=True))


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def link_or_copy(source: Path, target: Path) -> None:
    """Make `target` the same file as `source`, which must never be written again."""
    try:
        os.link(source, target)
    except OSError:  # the file system has no hard links
        shutil.copyfile(source, target)


def sync(path: Path) -> None:
    """Everything in a file or a folder is on disk when this returns."""
    if path.is_dir():
        for entry in path.iterdir():
            sync(entry)
    sync_entry(path)


def sync_entry(path: Path) -> None:
    """A file's bytes, or a folder's list of names, are on disk when this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
