"""`build`, `add`, `remove`, `restore`, `show`: the corpus and its index."""

from typing import TYPE_CHECKING, Annotated

import typer

from mssqa.apps.cli.options import AsJson, Places, grouped
from mssqa.apps.cli.output import say, say_json

if TYPE_CHECKING:
    from mssqa.types import BuildReport

app = typer.Typer()


@app.command(epilog="Example:  mssqa build --corpus news --index news-index")
@grouped
def build(
    places: Places,
    *,
    full: Annotated[
        bool, typer.Option("--full", help="Start afresh instead of updating the index.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on, and update whenever the corpus changes.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the index up to date with the corpus. The corpus itself is never written to."""
    config = places.read()
    from mssqa.apps.cli.progress import bar
    from mssqa.build import build_index
    from mssqa.build import watch as watch_corpus

    def report(done: "BuildReport") -> None:
        say_json(_report_dict(done)) if as_json else say(_report_text(done))

    with bar() as progress:
        report(build_index(config, full=full, progress=progress))
    if watch:
        for done in watch_corpus(config):
            report(done)
