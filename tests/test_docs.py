"""What the README and the page of settings promise is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mssqa.config import settings_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SETTINGS = (ROOT / "docs" / "settings.md").read_text("utf-8")


def test_the_page_of_settings_lists_every_one_as_it_is() -> None:
    assert settings_table() in SETTINGS, "run: make docs"


def test_every_file_that_the_readme_names_in_docs_exists() -> None:
    named = set(re.findall(r"docs/[\w./-]*\w", README))
    assert "docs/settings.md" in named
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 200


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"^make (\w+)", README, re.MULTILINE)) <= targets


def test_every_command_of_the_readme_exists() -> None:
    from typer.main import get_command

    from mssqa.apps.cli import app

    commands = set(get_command(app).list_commands(None))  # type: ignore[attr-defined]
    assert set(re.findall(r"^mssqa (\w+)", README, re.MULTILINE)) <= commands


@pytest.mark.model
@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_the_python_of_the_readme_runs(block: str, tmp_path: Path) -> None:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus", target_is_directory=True)
    for program in ("import mssqa; mssqa.build_index(mssqa.load_config())", block):
        ended = subprocess.run(
            [sys.executable, "-c", program],
            check=False,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip()
