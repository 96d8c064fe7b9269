"""A build that is killed leaves the old index or the new one, whole; the next build goes on."""

import multiprocessing
import random
import signal
import time
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest
from doubles import FakeEmbedder
from small_corpus import (
    build_and_die,
    build_on_a_full_disk,
    built,
    config_in,
    contents,
    page,
    write_files,
)

from mssqa.index.store import verify

KILLS = 20
STEPS = ("scan", "read", "split", "catalog", "embed", "vectors", "words", "check", "switch")

SERVER = multiprocessing.get_context("forkserver")  # imports once, forks for every build
SERVER.set_forkserver_preload(["mssqa.build"])


def state(number: int) -> dict[str, str]:
    """A corpus in which every file says which state it belongs to."""
    return {
        f"{name}.md": page(
            f"Report {name} of day {number}",
            f"On day {number} the harbour counted {number * 7 + 3} ships from {name}.\n\n"
            f"The minister was told of it on day {number}.",
        )
        for name in ("north", "south", f"only-{number}")
    }


def undisturbed(folder: Path, number: int) -> dict[str, Any]:
    """What an index of that state holds that nobody interrupted."""
    config = config_in(folder / f"undisturbed-{number}")
    write_files(config, state(number))
    built(config, FakeEmbedder())
    return contents(config, FakeEmbedder())


def started(folder: Path, *, die_at: str = "") -> ForkServerProcess:
    process = SERVER.Process(target=build_and_die, args=(folder, die_at))
    process.start()
    return process


def test_a_build_killed_at_any_moment_leaves_the_old_index_or_the_new_one(tmp_path: Path) -> None:
    config, embedder = config_in(tmp_path), FakeEmbedder()
    expected = [undisturbed(tmp_path, number) for number in range(2)]
    write_files(config, state(0))
    started(tmp_path).join()
    begun = time.monotonic()
    write_files(config, state(1))
    started(tmp_path).join()
    longest = 1.2 * (time.monotonic() - begun)
    now, moments = 1, random.Random(7)
    for kill in range(KILLS):
        write_files(config, state(1 - now))
        process = started(tmp_path)
        time.sleep(moments.uniform(0, longest))
        process.kill()
        process.join()
        verify(config.index.path)
        found = contents(config, embedder)
        assert found in expected
        if kill % 5 == 4:
            built(config, embedder)  # sees to it that nothing of the dead is left
            found = contents(config, embedder)
            assert found == expected[1 - now]
        now = expected.index(found)


@pytest.mark.parametrize("step", [*(f"{step} 0" for step in STEPS), "switch 1"])
def test_a_build_killed_at_a_step_leaves_an_index_and_the_next_build_sweeps(
    tmp_path: Path, step: str
) -> None:
    config = config_in(tmp_path)
    write_files(config, state(0))
    built(config, FakeEmbedder())
    old = contents(config, FakeEmbedder())
    write_files(config, state(1))
    process = started(tmp_path, die_at=step)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    verify(config.index.path)
    left = contents(config, FakeEmbedder())
    built(config, FakeEmbedder())
    new = contents(config, FakeEmbedder())
    assert (left, new != old) == (new if step == "switch 1" else old, True)


@pytest.mark.parametrize("most_bytes", [0, 1000, 9000])
def test_a_disk_that_takes_no_more_leaves_the_old_index_and_no_leftovers(
    tmp_path: Path, most_bytes: int
) -> None:
    config = config_in(tmp_path)
    write_files(config, state(0))
    built(config, FakeEmbedder())
    old = contents(config, FakeEmbedder())
    write_files(config, state(1))
    process = SERVER.Process(target=build_on_a_full_disk, args=(tmp_path, most_bytes))
    process.start()
    process.join()
    assert process.exitcode == 3
    assert contents(config, FakeEmbedder()) == old
    assert not (config.index.path / "partial").exists()
