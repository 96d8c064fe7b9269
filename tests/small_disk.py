"""A small disk that a test can fill: what happens on a full one is tried, not imitated."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

NO_DISK = "there is no full disk to be had: only root can mount one"
BLOCK = 4096  # bytes
NOBODY = 65534


@dataclass(frozen=True, slots=True)
class Disk:
    """A disk, and where it is mounted."""

    folder: Path

    def fill(self) -> None:
        """Leave no room at all."""
        try:
            with (self.folder / "filling").open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(BLOCK))
        except OSError:
            assert shutil.disk_usage(self.folder).free == 0

    def clear(self) -> None:
        """Give the room back."""
        (self.folder / "filling").unlink()


@contextmanager
def small_disk(folder: Path, *, mib: int) -> Iterator[Disk]:
    """A disk of its own in that folder, until the end of the block."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip(NO_DISK)
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def nobody() -> Iterator[None]:
    """Be somebody without rights until the end of the block; only root has any to lay down."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)
