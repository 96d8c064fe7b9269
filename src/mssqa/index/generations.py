"""The folder of an index: generations side by side, one of them current, and who may touch what.

    index/CURRENT                  the name of the current generation
    index/build.lock               held by the one build that may write; says who holds it
    index/000007-1a2b3c4d/         a generation: never changed once it has this name
    index/000007-1a2b3c4d/held     locked, shared, by everybody who reads the generation
    index/partial/                 what a build is writing; thrown away if it does not end

Locks belong to the operating system: those of a dead process are free.
"""

import logging
import os
import re
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import IO

import portalocker

from mssqa.errors import IndexBusyError, IndexCorruptError, IndexingError, IndexNotFoundError
from mssqa.index.files import sync, sync_entry

CURRENT = "CURRENT"
PARTIAL = "partial"
HELD = "held"
BUILD_LOCK = "build.lock"

_GENERATION = re.compile(r"(\d{6,})-[0-9a-f]{8}")
_NEXT = "CURRENT.next"
_OURS = {CURRENT, _NEXT, PARTIAL, BUILD_LOCK}
_SHARED = portalocker.LockFlags.SHARED | portalocker.LockFlags.NON_BLOCKING
_EXCLUSIVE = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
_TRIES = 100  # of a reader, while builds replace the generation it is about to open
_PAUSE_SECONDS = 0.05
_ELSEWHERE = "choose another folder with --index"

_log = logging.getLogger(__name__)


def current(path: Path) -> str:
    """The name of the current generation of the index in `path`: one small file is read.

    Raises:
        IndexNotFoundError: there is none.
        IndexCorruptError: the name is not one.
    """
    try:
        name = (path / CURRENT).read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexNotFoundError(f"there is no index in {str(path)!r}") from error
    except (OSError, ValueError) as error:
        raise IndexCorruptError(f"cannot read {str(path / CURRENT)!r}: {error}") from error
    if not _GENERATION.fullmatch(name):
        raise IndexCorruptError(f"{str(path / CURRENT)!r} names no generation: {name[:40]!r}")
    return name


def hold(path: Path) -> tuple[Path, IO[bytes]]:
    """The folder of the current generation, and a lock that keeps it until it is closed.

    Raises:
        IndexNotFoundError: there is no index.
        IndexCorruptError: the generation that CURRENT names is missing.
    """
    for _ in range(_TRIES):
        folder = path / current(path)
        try:
            lock = (folder / HELD).open("rb")
        except OSError as error:
            if folder.name == current(path):
                raise IndexCorruptError(f"{str(folder)!r} is missing or damaged") from error
            continue
        with suppress(portalocker.LockException):
            portalocker.lock(lock, _SHARED)
            if (folder / HELD).exists():
                return folder, lock
        lock.close()  # a build is just removing it: CURRENT names another by now
        time.sleep(_PAUSE_SECONDS)
    raise IndexBusyError(f"the index in {str(path)!r} changes faster than it can be opened")


@contextmanager
def building(path: Path, *, timeout_seconds: float) -> Iterator[None]:
    """Be the only build of the index in `path`; leftovers of dead builds are swept first.

    Raises:
        IndexBusyError: another build holds it for longer than that.
        IndexingError: the folder holds something else, or cannot be written.
    """
    _refuse_foreign(path)
    with ExitStack() as held:
        try:
            path.mkdir(parents=True, exist_ok=True)
            lock = held.enter_context((path / BUILD_LOCK).open("ab+", buffering=0))
            _wait(lock, path, timeout_seconds)
            _sign(lock)
            sweep(path)
        except OSError as error:
            raise IndexingError(f"cannot write the index folder {str(path)!r}: {error}") from error
        yield


@contextmanager
def partial(path: Path) -> Iterator[Path]:
    """A folder to write a generation in. It is removed if it is still there at the end."""
    folder = path / PARTIAL
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def next_name(path: Path, digest: str) -> str:
    """A name for the next generation: one more than the highest number, and what is in it."""
    matches = [_GENERATION.fullmatch(entry.name) for entry in path.iterdir()]
    highest = max((int(match[1]) for match in matches if match), default=0)
    return f"{highest + 1:06d}-{digest[:8]}"


def publish(folder: Path, name: str) -> None:
    """Give a finished folder its name and make it current; all of it is on disk before that."""
    (folder / HELD).touch()
    sync(folder)
    index = folder.parent
    folder.rename(index / name)
    (index / _NEXT).write_text(f"{name}\n", "ascii")
    sync(index / _NEXT)
    sync_entry(index)
    (index / _NEXT).rename(index / CURRENT)
    sync_entry(index)


def sweep(path: Path) -> None:
    """Remove what dead builds left behind, and old generations that nobody holds.

    Only the one build may call it.
    """
    (path / _NEXT).unlink(missing_ok=True)
    shutil.rmtree(path / PARTIAL, ignore_errors=True)
    try:
        kept = current(path)
    except IndexingError:
        return  # nothing says which of them is good: the build that follows will
    for entry in sorted(path.iterdir()):
        if _GENERATION.fullmatch(entry.name) and entry.name != kept:
            _remove_unless_held(entry)


def _remove_unless_held(folder: Path) -> None:
    try:
        lock = (folder / HELD).open("rb")
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)  # a dead build had begun to remove it
        return
    with lock, suppress(portalocker.LockException):
        portalocker.lock(lock, _EXCLUSIVE)
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_foreign(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise IndexingError(f"the index folder {str(path)!r} is a file", hint=_ELSEWHERE)
    if not path.exists() or (path / CURRENT).exists():
        return
    names = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
    foreign = [name for name in names if name not in _OURS and not _GENERATION.fullmatch(name)]
    if foreign:
        raise IndexingError(
            f"the folder {str(path)!r} holds something else than an index: {foreign[0]!r}",
            hint=_ELSEWHERE,
        )


def _wait(lock: FileIO, path: Path, timeout_seconds: float) -> None:
    deadline = time.monotonic() + timeout_seconds
    told = False
    while True:
        try:
            return portalocker.lock(lock, _EXCLUSIVE)
        except portalocker.LockException as error:
            lock.seek(0)
            holder = lock.read().decode("utf-8", "replace").strip() or "an unknown process"
            if time.monotonic() >= deadline:
                message = f"another build holds the index in {str(path)!r}: {holder}"
                raise IndexBusyError(message) from error
        if not told:
            _log.warning("waiting for another build of %s: %s", path, holder)
            told = True
        time.sleep(_PAUSE_SECONDS)


def _sign(lock: FileIO) -> None:
    """Write into the lock file who holds it, for those who wait."""
    since = datetime.now(UTC).isoformat(timespec="seconds")
    lock.truncate(0)
    lock.write(f"process {os.getpid()} on {socket.gethostname()} since {since}\n".encode())
