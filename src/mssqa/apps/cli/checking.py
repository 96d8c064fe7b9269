"""`doctor`, `config`, `evaluate`: whether things are as they should be."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mssqa.apps.cli.options import AsJson, Places, grouped
from mssqa.apps.cli.output import say, say_json, say_table
from mssqa.apps.cli.report import counted

app = typer.Typer()

QUESTIONS = Path("tests/data/questions.jsonl")


@app.command(epilog="Example:  mssqa doctor")
@grouped
def doctor(places: Places, *, as_json: AsJson = False) -> None:
    """Check that everything works here, and say what to type where it does not."""
    config = places.read()
    from mssqa.apps.cli.checks import checks

    found = []
    for check in checks(config):
        found.append(check)
        if not as_json:
            say(str(check))
    healthy = all(check.ok for check in found)
    if as_json:
        say_json({"ok": healthy, "checks": [asdict(check) for check in found]})
    raise typer.Exit(0 if healthy else 1)


@app.command("config", epilog="Example:  MSSQA_PAGE__PORT=8000 mssqa config")
@grouped
def show_config(places: Places, *, as_json: AsJson = False) -> None:
    """Show every setting, its value and where it came from."""
    settings = places.settings()
    if as_json:
        values = settings.config.model_dump(mode="json")
        say_json(
            {
                name: {"value": values[section][key], "origin": origin}
                for name, _, origin in settings.rows()
                for section, key in [name.split(".")]
            }
        )
    else:
        say_table(("setting", "value", "set by"), settings.rows())


@app.command(epilog="Example:  mssqa evaluate --save today.jsonl --compare yesterday.jsonl")
@grouped
def evaluate(
    places: Places,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Test questions, one JSON object a line.")
    ] = QUESTIONS,
    *,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help="Keep how each question fared.")
    ] = None,
    compare: Annotated[
        Path | None, typer.Option("--compare", metavar="FILE", help="Against a run saved before.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask test questions and measure the answers."""
    config = places.read()
    from mssqa.evaluate import report, run
    from mssqa.evaluate.cases import load_cases
    from mssqa.qa import open_qa

    cases = load_cases(file)
    before = run.load(compare) if compare else ()
    with counted(cases) as one_by_one:
        outcomes = run.evaluate(one_by_one, open_qa(config))
    if save:
        run.save(outcomes, save)
    changes = report.changes(before, outcomes) if compare else ()
    if as_json:
        rows = [outcome.model_dump(mode="json") for outcome in outcomes]
        say_json({"outcomes": rows, "changes": changes})
        return
    say(report.report(outcomes))
    if compare:
        say("\n".join((f"\n{len(changes)} changed", *changes)))
