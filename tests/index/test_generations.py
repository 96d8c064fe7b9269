"""The index folder: who may write, who reads what, and what is swept."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from mssqa.errors import IndexBusyError, IndexCorruptError, IndexingError, IndexNotFoundError
from mssqa.index.generations import building, current, hold, next_name, partial, publish, sweep


def published(path: Path, digest: str = "0a1b2c3d4e") -> str:
    """A new generation that holds one file."""
    with building(path, timeout_seconds=0), partial(path) as folder:
        (folder / "file").write_text(digest)
        name = next_name(path, digest)
        publish(folder, name)
    return name


def names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())


def test_a_published_generation_is_current(tmp_path: Path) -> None:
    name = published(tmp_path)
    assert name == "000001-0a1b2c3d"
    assert current(tmp_path) == name
    assert names(tmp_path) == [name, "CURRENT", "build.lock"]
    assert names(tmp_path / name) == ["file", "held"]


def test_numbers_go_up(tmp_path: Path) -> None:
    published(tmp_path)
    assert published(tmp_path) == "000002-0a1b2c3d"


def test_there_is_no_index_in_a_missing_or_empty_folder(tmp_path: Path) -> None:
    for folder in (tmp_path / "missing", tmp_path):
        with pytest.raises(IndexNotFoundError):
            hold(folder)


@pytest.mark.parametrize("name", ["", "../../etc", "000001", "000001-0A1B2C3D", "\x00", "ümläut"])
def test_a_current_that_names_no_generation_is_corrupt(tmp_path: Path, name: str) -> None:
    (tmp_path / "CURRENT").write_text(name, "utf-8")
    with pytest.raises(IndexCorruptError):
        hold(tmp_path)


def test_a_current_generation_that_is_missing_is_corrupt(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("000001-0a1b2c3d\n")
    with pytest.raises(IndexCorruptError, match="000001-0a1b2c3d"):
        hold(tmp_path)


def test_a_held_generation_is_kept_until_it_is_let_go(tmp_path: Path) -> None:
    first = published(tmp_path)
    folder, lock = hold(tmp_path)
    second = published(tmp_path)
    with building(tmp_path, timeout_seconds=0):
        assert names(tmp_path) == [first, second, "CURRENT", "build.lock"]
    lock.close()
    with building(tmp_path, timeout_seconds=0):
        assert names(tmp_path) == [second, "CURRENT", "build.lock"]
    assert folder.name == first


def test_what_a_dead_build_left_is_swept(tmp_path: Path) -> None:
    name = published(tmp_path)
    (tmp_path / "partial" / "lexical").mkdir(parents=True)
    (tmp_path / "CURRENT.next").write_text("00")
    (tmp_path / "000009-00000000").mkdir()  # it had been renamed, but CURRENT had not
    with building(tmp_path, timeout_seconds=0):
        assert names(tmp_path) == [name, "CURRENT", "build.lock"]


def test_without_current_no_generation_is_swept(tmp_path: Path) -> None:
    name = published(tmp_path)
    (tmp_path / "CURRENT").unlink()
    sweep(tmp_path)
    assert names(tmp_path) == [name, "build.lock"]


def fail(folder: Path) -> None:
    with partial(folder) as unfinished:
        (unfinished / "file").touch()
        raise RuntimeError


def test_a_partial_generation_is_removed_when_its_build_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        fail(tmp_path)
    assert names(tmp_path) == []


def test_a_second_build_is_told_who_holds_the_index(tmp_path: Path) -> None:
    with building(tmp_path, timeout_seconds=0):
        begun = f"process {os.getpid()} on "
        with pytest.raises(IndexBusyError, match=begun), building(tmp_path, timeout_seconds=0.1):
            pass


def test_a_second_build_waits_for_the_first_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    order = []
    first = ExitStack()
    first.enter_context(building(tmp_path, timeout_seconds=0))

    def end_first() -> None:
        while not caplog.messages:
            time.sleep(0.01)
        order.append("first ends")
        first.close()

    with ThreadPoolExecutor(1) as pool:
        ending = pool.submit(end_first)
        with building(tmp_path, timeout_seconds=20):
            order.append("second begins")
        ending.result()
    assert order == ["first ends", "second begins"]
    assert caplog.messages[0].startswith(f"waiting for another build of {tmp_path}: process ")


def test_the_lock_of_a_dead_build_is_free(tmp_path: Path) -> None:
    (tmp_path / "build.lock").write_text("process 1 on elsewhere since 2020-01-01")
    with building(tmp_path, timeout_seconds=0):
        assert (tmp_path / "build.lock").read_text().startswith(f"process {os.getpid()}")


@pytest.mark.parametrize("name", ["thesis.doc", "catalog.sqlite", "000001"])
def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(IndexingError, match=name), building(tmp_path, timeout_seconds=0):
        pass
    assert names(tmp_path) == [name]


def test_hidden_files_are_no_reason_to_refuse_a_folder(tmp_path: Path) -> None:
    (tmp_path / ".gitkeep").touch()
    published(tmp_path)
    assert (tmp_path / ".gitkeep").exists()


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index").touch()
    with (
        pytest.raises(IndexingError, match="is a file"),
        building(tmp_path / "index", timeout_seconds=0),
    ):
        pass
