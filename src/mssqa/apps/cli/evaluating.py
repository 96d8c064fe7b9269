"""`evaluate`: how well questions with known answers fare."""

from pathlib import Path
from typing import Annotated

import typer

from mssqa.apps.cli.options import Places, grouped
from mssqa.apps.cli.output import say

app = typer.Typer()

QuestionsArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="Questions with what is expected, as JSON Lines.")
]
SaveOption = Annotated[
    Path | None, typer.Option("--save", metavar="FILE", help="Keep each outcome, to compare with.")
]
CompareOption = Annotated[
    Path | None,
    typer.Option("--compare", metavar="FILE", help="Name each question that fares otherwise."),
]
PageOption = Annotated[
    Path | None, typer.Option("--page", metavar="FILE", help="Write the tables as a page.")
]


@app.command(epilog="Example:  mssqa evaluate tests/data/questions.jsonl --save before.jsonl")
@grouped
def evaluate(
    places: Places,
    questions: QuestionsArgument,
    *,
    save: SaveOption = None,
    compare: CompareOption = None,
    page: PageOption = None,
) -> None:
    """Ask questions with known answers, and print how well they fare."""
    config = places.read()
    from mssqa.evaluate import run
    from mssqa.evaluate.cases import load_cases
    from mssqa.evaluate.report import changes, report, titled
    from mssqa.qa import open_qa

    cases = load_cases(questions)
    before = run.load(compare) if compare else ()
    with open_qa(config) as qa:
        outcomes = run.evaluate(cases, qa)
    if save:
        run.save(outcomes, save)
    if page:
        page.write_text(titled(report(outcomes), questions=questions.name), "utf-8")
    if compare:
        say("\n".join(changes(before, outcomes)) or "no outcome changed")
    else:
        say(report(outcomes))
