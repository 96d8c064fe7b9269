"""`evaluate`: how well questions with known answers fare."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from mssqa.apps.cli.options import AsJson, Places, grouped
from mssqa.apps.cli.output import note, say, say_json
from mssqa.apps.cli.report import building, counted
from mssqa.errors import ConfigError

if TYPE_CHECKING:
    from mssqa.config import Config
    from mssqa.evaluate.figures import Measured
    from mssqa.evaluate.metrics import Outcome

app = typer.Typer()

QUESTIONS = Path("tests/data/questions.jsonl")
OWN = "own"
DATA = "MSSQA_DATA"
SETS = "Public sets"

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """What is measured, and how much of it."""

    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="NAMES",
            help="`own` for the questions of FILE, and sets, with commas between: "
            "squad2, newsqa, clapnq, realtimeqa, headlines, ramdocs, qags, canard.",
            rich_help_panel=SETS,
        ),
    ] = None
    sample: Annotated[
        int | None,
        typer.Option(
            "--sample",
            metavar="N",
            min=1,
            help="Ask at most so many of each set.",
            rich_help_panel=SETS,
        ),
    ] = None
    all: Annotated[
        bool, typer.Option("--all", help="Ask all of each set.", rich_help_panel=SETS)
    ] = False
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep",
            metavar="DIR",
            help="Keep the indexes of the sets here for the next time.",
            rich_help_panel=SETS,
        ),
    ] = None

    def names(self) -> tuple[str, ...]:
        """What is measured, in order: without --only everything there is data for."""
        from mssqa.evaluate.sets import BENCHES

        if self.only:
            return tuple(name.strip() for name in self.only.split(","))
        return (OWN, *BENCHES) if os.environ.get(DATA) else (OWN,)

    def public(self) -> tuple[str, ...]:
        """The sets among them.

        Raises:
            ConfigError: one is not known, or there is no data.
        """
        from mssqa.evaluate.sets import check

        names = tuple(name for name in self.names() if name != OWN)
        check(names)
        if names and not os.environ.get(DATA):
            hint = f"{DATA} names the folder that holds bench/; or --only {OWN}"
            raise ConfigError(f"{DATA} is not set", hint=hint)
        return names

    @property
    def data(self) -> Path:
        """The folder that holds `bench/`."""
        return Path(os.environ[DATA])

    @property
    def most(self) -> int | None:
        """Rows of each set at most, 0 for all, None for what is usual."""
        return 0 if self.all else self.sample


@app.command(epilog="Example:  mssqa evaluate --save today.jsonl --compare yesterday.jsonl")
@grouped
def evaluate(
    places: Places,
    which: Which,
    questions: QuestionsArgument = QUESTIONS,
    *,
    save: SaveOption = None,
    compare: CompareOption = None,
    page: PageOption = None,
    as_json: AsJson = False,
) -> None:
    """Ask test questions and measure the answers; with MSSQA_DATA set, the public sets too.

    By type: how many are correct and rest on the right article, how much of
    what is cited or declined rightly is, exact quotes, seconds of each stage.
    """
    config = places.read()
    from mssqa.evaluate import report, run

    names, public = which.names(), which.public()
    before = run.load(compare) if compare else ()
    outcomes = _own(config, questions, quiet=as_json) if OWN in names else ()
    if save:
        run.save(outcomes, save)
    measured: list[Measured] = []
    _write(page, outcomes, measured, config)
    for one in _measured(public, config, which):
        measured.append(one)
        note(f"{one.name}: {one.seconds:.0f} s")
        _write(page, outcomes, measured, config)
        if not as_json:
            say(f"\n{report.figures([one])}")
    changes = report.changes(before, outcomes) if compare else ()
    if as_json:
        say_json(_plain(outcomes, measured) | {"changes": changes})
    elif compare:
        say("\n".join((f"\n{len(changes)} changed", *changes)))


def _own(config: "Config", questions: Path, *, quiet: bool) -> tuple["Outcome", ...]:
    from mssqa.evaluate import report, run
    from mssqa.evaluate.cases import load_cases
    from mssqa.qa import open_qa

    cases, files = load_cases(questions), run.files_of(config.corpus.path)
    with open_qa(config) as qa, counted(cases) as one_by_one:
        outcomes = run.evaluate(one_by_one, qa, files=files)
    if not quiet:
        tables = (report.summary(outcomes), report.seconds(outcomes), report.by_type(outcomes))
        say("\n\n".join(tables))
    return outcomes


def _measured(names: Sequence[str], config: "Config", which: Which) -> Iterator["Measured"]:
    from mssqa.evaluate.sets import measure
    from mssqa.evaluate.sets.tools import load_tools

    if not names:
        return
    with ExitStack() as stack:
        keep = which.keep or Path(stack.enter_context(TemporaryDirectory(prefix="mssqa-")))
        progress = stack.enter_context(building())
        tools = load_tools(config, data=which.data, folder=keep, progress=progress)
        yield from measure(names, tools, most=which.most)


def _write(
    page: Path | None,
    outcomes: Sequence["Outcome"],
    measured: Sequence["Measured"],
    config: "Config",
) -> None:
    """The page with all that is measured so far: a run that is broken off leaves what it has."""
    from mssqa.evaluate.page import page as written

    if page:
        today = datetime.now(UTC).date()
        page.write_text(written(outcomes, measured, config=config, today=today), "utf-8")


def _plain(outcomes: Sequence["Outcome"], measured: Sequence["Measured"]) -> dict[str, object]:
    from dataclasses import asdict

    return {
        "outcomes": [outcome.model_dump(mode="json") for outcome in outcomes],
        "sets": [asdict(one) for one in measured],
    }
