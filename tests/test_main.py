"""The command as a program of its own."""

import os
import subprocess
import sys

import pytest

import mssqa

HEAVY = ("torch", "transformers", "sentence_transformers", "gradio", "faiss", "tantivy", "numpy")


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "importtime", "-m", "mssqa", *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=os.environ | environ, check=False
    )


def imported(done: subprocess.CompletedProcess[str]) -> set[str]:
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


def test_help_is_printed_without_loading_anything_heavy() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "Usage: mssqa" in done.stdout
    assert imported(done) >= {"typer", "mssqa"}
    assert imported(done).isdisjoint(HEAVY)


def test_the_version_is_printed() -> None:
    assert run("--version").stdout == f"mssqa {mssqa.__version__}\n"


@pytest.mark.parametrize(
    ("environ", "style"),
    [
        ({"LC_ALL": "C"}, ()),
        ({"LC_ALL": "C"}, ("--json",)),
        ({"PYTHONIOENCODING": "ascii"}, ("--json",)),
    ],
)
def test_output_is_utf8_whatever_the_locale_says(
    environ: dict[str, str], style: tuple[str, ...]
) -> None:
    assert (
        "élections « été »"
        in run("config", "--corpus", "élections « été »", *style, **environ).stdout
    )
