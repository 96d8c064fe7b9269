"""`mssqa evaluate`, over a small corpus with the real weights."""

import json
from pathlib import Path

import pytest
from small_corpus import config_in, page, write_files
from small_sets import SQUAD2, write_set
from typer.testing import CliRunner

from mssqa.apps.cli import app
from mssqa.build import build_index

CASE = {
    "id": "q1",
    "question": "How many ferries will sail at dawn?",
    "type": "number",
    "answers": ["forty"],
    "articles": ["harbour.md"],
    "split": "dev",
    "written": "before",
}


@pytest.mark.model
def test_it_prints_a_table_writes_the_page_and_names_what_changed(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    write_files(config, {"harbour.md": page("Harbour reopens", "Forty ferries will sail at dawn.")})
    build_index(config)
    questions, kept, written = (tmp_path / name for name in ("q.jsonl", "kept.jsonl", "page.md"))
    questions.write_text(json.dumps(CASE), "utf-8")
    places = ["--index", str(config.index.path), "--corpus", str(config.corpus.path)]
    evaluate = ["evaluate", str(questions), *places]

    first = CliRunner().invoke(app, [*evaluate, "--save", str(kept), "--page", str(written)])
    assert first.exit_code == 0, first.output
    assert "| all | 1 | 1.00 | 1.00 |" in first.stdout
    assert first.stdout.splitlines()[2] in written.read_text("utf-8")

    again = CliRunner().invoke(app, [*evaluate, "--compare", str(kept)])
    assert again.stdout.endswith("\n0 changed\n")


def test_a_missing_file_of_questions_is_named(tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["evaluate", str(tmp_path / "none.jsonl")])
    assert run.exit_code == 2
    assert "none.jsonl" in run.stderr


@pytest.mark.model
def test_public_sets_are_measured_where_there_is_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_set(tmp_path, "squad2_dev_half", SQUAD2)
    monkeypatch.setenv("MSSQA_DATA", str(tmp_path))
    run = CliRunner().invoke(app, ["evaluate", "--only", "squad2", "--all", "--json"])
    assert run.exit_code == 0, run.output
    (measured,) = json.loads(run.stdout)["sets"]
    assert [figure["questions"] for figure in measured["figures"]] == [2, 2, 3, 3, 3]


@pytest.mark.parametrize(
    ("names", "message"),
    [("nonsense", "there is no set 'nonsense'"), ("squad2", "MSSQA_DATA is not set")],
)
def test_a_set_that_is_not_known_or_not_there_is_named(
    names: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MSSQA_DATA", raising=False)
    run = CliRunner().invoke(app, ["evaluate", "--only", names])
    assert run.exit_code == 2
    assert message in run.stderr
