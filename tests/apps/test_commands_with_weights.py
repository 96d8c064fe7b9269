"""The commands that need weights, with the packaged ones, run in this process one after another."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from small_corpus import page
from typer.testing import CliRunner

from mssqa.apps.cli import app
from mssqa.apps.feedback import Feedback, Verdict, shaping
from mssqa.config import load_config
from mssqa.qa import open_qa

pytestmark = pytest.mark.model

Run = Callable[..., Any]

HARBOUR = page(
    "Harbour opens a basin",
    "The harbour opened its third basin on Monday, the minister of transport said.\n\n"
    "Ships from four continents will dock there. Dockers asked for a safety report.",
    published="2025-03-03",
    publisher="The Gazette",
)
RICE = page(
    "Rice rises again",
    "The price of rice rose by eleven percent in May, the statistics office reported.\n\n"
    "Farmers blamed the late rains in the north of the country for the small harvest.",
    published="2024-06-02",
    publisher="Market Post",
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("home")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "harbour.md").write_text(HARBOUR)
    (folder / "rice.md").write_text(RICE)
    before = Path.cwd()
    os.chdir(folder)
    runner = CliRunner()
    assert runner.invoke(app, ["build"]).stdout.startswith(
        "1 added, 0 changed, 0 renamed, 0 removed, 0 unchanged, 0 skipped\nadded    harbour.md\n"
    )
    yield lambda *arguments, **more: runner.invoke(app, list(arguments), **more)
    os.chdir(before)


def test_an_answer_comes_with_its_quote(run: Run) -> None:
    done = run("ask", "Who said that the harbour opened its third basin?")
    assert done.exit_code == 0
    assert "[1] Harbour opens a basin (The Gazette, 3 Mar 2025)\n" in done.stdout
    assert "    “The harbour opened its third basin on Monday, the minister" in done.stdout


def test_an_answer_as_json_is_one_line_and_its_quote_is_exact(run: Run) -> None:
    done = run("ask", "Who said that the harbour opened its third basin?", "--json")
    assert done.stdout.count("\n") == 1
    answer = json.loads(done.stdout)
    assert answer["status"] == "supported"
    first = answer["citations"][0]
    shown = json.loads(run("show", first["article"]["id"], "--json").stdout)
    assert shown["text"][first["start"] : first["end"]] == first["quote"]


def test_explain_shows_both_ranks_and_the_time_taken(run: Run) -> None:
    question = "Who said that the harbour opened its third basin?"
    told = run("ask", question, "--explain").stdout
    assert "words" in told
    assert "meaning" in told
    assert "Milliseconds: understand" in told
    (hit,) = json.loads(run("ask", question, "--explain", "--json").stdout)["hits"]
    assert (hit["lexical_rank"], hit["dense_rank"]) == (1, 1)


def test_limits_are_handed_on_and_a_declined_answer_is_no_failure(run: Run) -> None:
    for limit in (
        ("--as-of", "2025-03-02"),
        ("--since", "2025-03-04"),
        ("--until", "2025-03-02"),
        ("--publisher", "Market Post"),
    ):
        done = run("ask", "Who said that the harbour opened its third basin?", "--json", *limit)
        assert (done.exit_code, json.loads(done.stdout)["status"]) == (0, "declined")


def test_a_question_that_is_none_ends_with_its_exit_code(run: Run) -> None:
    done = run("ask", "???")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "error: the question holds no word\n" in done.stderr


def test_a_batch_answers_each_line_in_order_and_fails_if_one_is_bad(run: Run) -> None:
    lines = (
        '{"id": "a", "question": "Who said that the harbour opened its third basin?"}\n'
        '{"question": ""}\n'
        '{"question": "Who said that the harbour opened its third basin?", "as_of": "2020-01-01"}\n'
    )
    done = run("ask", "--batch", "-", "--json", input=lines)
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 1
    assert (first["id"], first["status"]) == ("a", "supported")
    assert second == {
        "id": 2,
        "error": {
            "kind": "QuestionError",
            "message": "the question is empty",
            "hint": "ask in words, in at most 2,000 characters",
        },
    }
    assert (third["id"], third["status"]) == (3, "declined")
    assert run("ask", "--batch", "-", input=lines.splitlines()[0]).exit_code == 0


def test_search_shows_passages(run: Run) -> None:
    assert run("search", "basin").stdout.startswith(
        "1. Harbour opens a basin (The Gazette, 3 Mar 2025)"
    )
    told = json.loads(run("search", "basin", "--json").stdout)
    assert [hit["article"]["path"] for hit in told["hits"]] == ["harbour.md"]
    assert run("search", "basin", "--until", "2020-01-01").stdout == "Nothing was found.\n"


def test_articles_are_added_removed_and_restored(run: Run) -> None:
    added = run("add", "rice.md", "missing.md", "rice.md")
    assert added.exit_code == 1
    assert added.stdout == (
        "added  corpus/2024-06-02-rice-rises-again.md\n"
        "there already  corpus/2024-06-02-rice-rises-again.md\n"
    )
    assert "missing.md" in added.stderr
    assert "1 added" in added.stderr

    found = json.loads(run("search", "price of rice", "--json").stdout)["hits"][0]["article"]
    removed = run("remove", "2024-06-02-rice-rises-again.md")
    assert f"mssqa restore {found['id']}" in removed.stdout
    hits = json.loads(run("search", "price of rice", "--json").stdout)["hits"]
    assert found["id"] not in [hit["article"]["id"] for hit in hits]

    assert found["id"] in run("restore").stdout
    assert run("restore", found["id"]).exit_code == 0
    hits = json.loads(run("search", "price of rice", "--json").stdout)["hits"]
    assert hits[0]["article"] == found
    assert run("remove", found["id"]).exit_code == 0


def test_nothing_to_add_leaves_the_index_alone(run: Run) -> None:
    done = run("add", "missing.md")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "unchanged" not in done.stderr


def test_build_reports_as_json_too(run: Run) -> None:
    told = json.loads(run("build", "--json").stdout)
    assert (told["unchanged"], told["embedded"]) == (["harbour.md"], 0)


def test_doctor_finds_everything_well_or_says_what_to_type(run: Run) -> None:
    well = run("doctor")
    assert well.exit_code == 0
    assert {line.split()[0] for line in well.stdout.splitlines()} == {"ok"}
    current = Path("index", Path("index", "CURRENT").read_text().strip(), "catalog.sqlite")
    whole = current.read_bytes()
    current.write_bytes(whole[:-1] + b"x")
    ill = run("doctor", "--json")
    current.write_bytes(whole)
    assert ill.exit_code == 1
    bad = [check for check in json.loads(ill.stdout)["checks"] if not check["ok"]]
    assert [(check["subject"], check["hint"]) for check in bad] == [
        ("index", "run: mssqa build --full")
    ]


def test_test_questions_are_asked_and_compared_with_a_run_before(run: Run) -> None:
    case = {
        "id": "q1",
        "question": "Who said that the harbour opened its third basin?",
        "type": "fact",
        "answers": ["minister of transport"],
        "articles": ["harbour.md"],
        "split": "dev",
        "written": "before",
    }
    Path("cases.jsonl").write_text(json.dumps(case))
    first = run("evaluate", "cases.jsonl", "--save", "before.jsonl")
    assert first.stdout.startswith("| questions of | questions | correct |")
    again = json.loads(run("evaluate", "cases.jsonl", "--compare", "before.jsonl", "--json").stdout)
    assert [outcome["correct"] for outcome in again["outcomes"]] == [True]
    assert again["changes"] == []
    assert run("evaluate", "cases.jsonl", "--compare", "before.jsonl").stdout.endswith(
        "0 changed\n"
    )


def test_what_readers_thought_is_exported_and_evaluated(run: Run) -> None:
    config = load_config()
    feedback = Feedback(config.page.data, settings=shaping(config))
    with open_qa(config) as qa:
        answer = qa.ask("Who said that the harbour opened its third basin?")
    feedback.add(answer, Verdict.GOOD)
    feedback.add(answer, Verdict.WRONG_FACT)
    exported = run("feedback", "export")
    assert exported.stderr.startswith("1 left out: what would be right is not known")
    Path("cases.jsonl").write_text(exported.stdout)
    done = run("evaluate", "cases.jsonl", "--only", "own", "--json")
    (outcome,) = json.loads(done.stdout)["outcomes"]
    assert (outcome["type"], outcome["correct"]) == ("feedback: good", True)
