"""`evaluate`: how well questions with known answers fare."""

from pathlib import Path
from typing import Annotated

import typer

from mssqa.apps.cli.options import AsJson, Places, grouped
from mssqa.apps.cli.output import say, say_json
from mssqa.apps.cli.report import counted

app = typer.Typer()

QUESTIONS = Path("tests/data/questions.jsonl")

QuestionsArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="Test questions, one JSON object a line.")
]
SaveOption = Annotated[
    Path | None, typer.Option("--save", metavar="FILE", help="Keep how each question fared.")
]
CompareOption = Annotated[
    Path | None, typer.Option("--compare", metavar="FILE", help="Against a run saved before.")
]
PageOption = Annotated[
    Path | None, typer.Option("--page", metavar="FILE", help="Write the tables as a page.")
]


@app.command(epilog="Example:  mssqa evaluate --save today.jsonl --compare yesterday.jsonl")
@grouped
def evaluate(
    places: Places,
    questions: QuestionsArgument = QUESTIONS,
    *,
    save: SaveOption = None,
    compare: CompareOption = None,
    page: PageOption = None,
    as_json: AsJson = False,
) -> None:
    """Ask test questions and measure the answers."""
    config = places.read()
    from mssqa.evaluate import report, run
    from mssqa.evaluate.cases import load_cases
    from mssqa.qa import open_qa

    cases = load_cases(questions)
    before = run.load(compare) if compare else ()
    with open_qa(config) as qa, counted(cases) as one_by_one:
        outcomes = run.evaluate(one_by_one, qa)
    if save:
        run.save(outcomes, save)
    tables = report.report(outcomes)
    if page:
        page.write_text(report.titled(tables, questions=questions.name), "utf-8")
    changes = report.changes(before, outcomes) if compare else ()
    if as_json:
        rows = [outcome.model_dump(mode="json") for outcome in outcomes]
        say_json({"outcomes": rows, "changes": changes})
        return
    say(tables)
    if compare:
        say("\n".join((f"\n{len(changes)} changed", *changes)))
