"""Commands, run in this process. Those that need weights are in test_commands_with_weights.py."""

import json
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mssqa.apps.accounts import Accounts
from mssqa.apps.cli import app
from mssqa.apps.feedback import Feedback, Verdict
from mssqa.types import Answer, Query, Status

Run = Callable[..., Any]

TEXT = """The harbour reopened on Monday after the storm had closed it for a week.

Forty ferries will sail at dawn, the harbour master said on Tuesday."""

ARTICLE = f"""---
title: Harbour [bold]reopens[/bold]
published: 2025-03-04
publisher: The Quay
---
{TEXT}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "harbour.md").write_text(ARTICLE)
    return tmp_path


@pytest.fixture
def run(home: Path) -> Run:
    assert home.is_dir()
    return lambda *arguments, **more: CliRunner().invoke(app, list(arguments), **more)


def plain(text: str) -> str:
    return " ".join(re.sub(r"\x1b\[[0-9;]*m|[│╭╮╰╯─]", " ", text).split())


def test_alone_it_prints_the_help(run: Run) -> None:
    assert run().exit_code == 0
    assert run().stdout == run("--help").stdout


@pytest.mark.parametrize(
    "command",
    [
        "build",
        "ask",
        "search",
        "show",
        "add",
        "remove",
        "restore",
        "evaluate",
        "serve",
        "doctor",
        "config",
        "user add",
        "user list",
        "user remove",
        "user token",
        "feedback list",
        "feedback export",
    ],
)
def test_every_command_takes_the_places_and_teaches_by_example(run: Run, command: str) -> None:
    help_text = plain(run(*command.split(), "--help").stdout)
    assert re.search(rf"Example: .*mssqa {command}", help_text)
    assert all(option in help_text for option in ("--corpus", "--index", "--config"))


def test_the_help_of_evaluate_names_every_public_set(run: Run) -> None:
    from mssqa.evaluate.sets import BENCHES

    told = plain(run("evaluate", "--help").stdout)
    assert [name for name in BENCHES if name not in told] == []


def test_a_mistyped_command_is_told_the_likely_one(run: Run) -> None:
    done = run("aks")
    assert done.exit_code == 2
    assert "Did you mean 'ask'?" in plain(done.stderr)
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "Who?", "--batch", "-"),
        ("ask", "Who?", "--as-of", "yesterday"),
        ("ask", "Who?", "--as-of", "20250131"),
        ("ask", "Who?", "--since", "2025-02-01", "--until", "2025-01-01"),
        ("ask", "--batch", "missing.jsonl"),
        ("add",),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Usage: mssqa" in plain(done.stderr)


def test_an_error_is_one_line_and_a_hint(run: Run) -> None:
    done = run("show", "nothing", "--index", "none")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "error: there is no index in 'none'\nhint: run: mssqa build\n"


def test_an_error_keeps_its_exit_code(run: Run) -> None:
    done = run("config", env={"MSSQA_PAGE__PORT": "x"})
    assert done.exit_code == 2
    assert done.stderr.startswith("error: page.port: Input should be a valid integer")


def test_only_a_log_level_of_debug_shows_where_an_error_came_from(run: Run) -> None:
    assert "Traceback" not in run("show", "nothing").stderr
    assert "Traceback" in run("show", "nothing", env={"MSSQA_LOG__LEVEL": "debug"}).stderr


def test_an_error_of_the_machine_is_told_in_words(run: Run) -> None:
    done = run("show", "x" * 5000)
    assert done.exit_code == 1
    assert re.fullmatch(r"error: .*File name too long.*\nhint: run: mssqa doctor\n", done.stderr)


def test_config_tells_each_value_and_what_set_it(run: Run, home: Path) -> None:
    (home / "mine.toml").write_text("[page]\nport = 8000\n")
    done = run("config", "--json", "--config", "mine.toml", "--corpus", "news")
    told = json.loads(done.stdout)
    assert told["page.port"] == {"value": 8000, "origin": "mine.toml"}
    assert told["corpus.path"] == {"value": "news", "origin": "command line"}
    assert told["page.host"] == {"value": "127.0.0.1", "origin": "default"}
    assert done.stdout.count("\n") == 1
    table = plain(run("config", "--config", "mine.toml").stdout)
    assert "page.port 8000 mine.toml" in table


def test_show_prints_any_file_as_it_would_be_indexed(run: Run) -> None:
    for which in ("harbour.md", "corpus/harbour.md"):
        shown = run("show", which).stdout
        assert shown.startswith("Harbour [bold]reopens[/bold] (The Quay, 4 Mar 2025)\n")
        assert shown.endswith(f"{TEXT}\n")


def test_show_as_json_holds_the_whole_article(run: Run) -> None:
    done = run("show", "harbour.md", "--json")
    told = json.loads(done.stdout)
    assert done.stdout.count("\n") == 1
    assert told == {
        "id": told["id"],
        "path": "harbour.md",
        "title": "Harbour [bold]reopens[/bold]",
        "publisher": "The Quay",
        "published": "2025-03-04",
        "url": None,
        "dated_by": "front matter",
        "language": "en",
        "text": TEXT,
        "removed": [],
    }


def test_show_removed_prints_each_block_with_its_reason(run: Run, home: Path) -> None:
    (home / "page.txt").write_text(f"Harbour reopens\n\nAdvertisement\n\n{TEXT}")
    shown = run("show", "page.txt", "--removed").stdout
    assert "[advertisement] Advertisement\n" in shown
    assert re.search(r"^\d+ removed$", shown, re.MULTILINE)


def test_nothing_in_an_article_acts_on_the_terminal(run: Run, home: Path) -> None:
    (home / "evil.md").write_text(ARTICLE.replace("storm", "\x1b[2J\x1b]0;own\x07\x9b31mstorm"))
    shown = run("show", "evil.md").stdout
    assert not {"\x1b", "\x07", "\x9b"} & set(shown)
    assert "storm" in shown


def test_users_are_added_listed_and_removed(run: Run) -> None:
    added = run("user", "add", "amina", "--password-stdin", input="a long walk by the quay\n")
    assert (added.exit_code, added.stdout) == (0, "")
    assert json.loads(run("user", "list", "--json").stdout)["users"][0]["name"] == "amina"
    assert "amina" in run("user", "list").stdout
    assert run("user", "remove", "amina").exit_code == 0
    assert json.loads(run("user", "list", "--json").stdout) == {"users": []}


def test_a_short_password_is_refused(run: Run) -> None:
    done = run("user", "add", "amina", "--password-stdin", input="short\n")
    assert done.exit_code == 1
    assert done.stderr == "error: the password has 5 characters\nhint: take 10 to 200\n"


def test_a_password_is_not_asked_for_without_a_terminal(run: Run) -> None:
    done = run("user", "add", "amina", input="a long walk by the quay\n")
    assert done.exit_code == 1
    assert "--password-stdin" in done.stderr


def test_feedback_is_listed_and_what_is_settled_exported(run: Run, home: Path) -> None:
    declined = Answer(
        query=Query(question="Who [red]leads[/red]?", text="Who leads?"),
        status=Status.DECLINED,
        text="The articles do not say.",
        generation="g1",
    )
    Feedback(home / "data").add(declined, Verdict.SHOULD_HAVE_ANSWERED)
    Feedback(home / "data").add(declined, Verdict.GOOD)
    exported = run("feedback", "export")
    assert json.loads(exported.stdout)["question"] == "Who [red]leads[/red]?"
    assert exported.stderr.startswith("1 left out")
    assert "Who [red]leads[/red]?" in run("feedback", "list").stdout
    assert len(json.loads(run("feedback", "list", "--json").stdout)["feedback"]) == 2


def test_an_empty_trash_is_no_error(run: Run) -> None:
    done = run("restore")
    assert (done.exit_code, done.stdout) == (0, "")


def test_a_program_is_given_a_secret_that_stands_for_a_user(run: Run, home: Path) -> None:
    run("user", "add", "amina", "--password-stdin", input="a long walk by the quay\n")
    done = run("user", "token", "amina", "--days", "1")
    known = Accounts(home / "data").logged_in(done.stdout.strip())
    assert (known and known.name, done.stderr) == ("amina", "")
    unknown = run("user", "token", "zoe")
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert "no user 'zoe'" in unknown.stderr


def test_other_computers_are_not_served_without_users(run: Run) -> None:
    done = run("serve", "--host", "0.0.0.0", "--port", "0")
    assert done.exit_code == 2
    assert "mssqa user add" in done.stderr


def test_a_taken_port_is_told_in_words(run: Run) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = str(listener.getsockname()[1])
        done = run("serve", "--port", port)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        f"error: cannot listen on 127.0.0.1 port {port}: Address already in use\n"
        "hint: run: mssqa serve --port 0\n"
    )
