"""`ask`, `search`: from a question to what the articles say."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mssqa.apps.cli.options import AsJson, Limits, Places, grouped
from mssqa.apps.cli.output import say, say_json, say_table
from mssqa.apps.render import credit, line, render
from mssqa.types import Answer, Hit

if TYPE_CHECKING:
    from mssqa.qa import QA

app = typer.Typer()

QuestionArgument = Annotated[str | None, typer.Argument(metavar="QUESTION", help="In words.")]
BatchOption = Annotated[
    Path | None,
    typer.Option(
        "--batch",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        allow_dash=True,
        help="Answer each line of a JSON Lines file (- for standard input) with a line of JSON.",
    ),
]
ExplainOption = Annotated[
    bool, typer.Option("--explain", help="Show the passages found, their ranks and the time taken.")
]


@app.command(epilog='Example:  mssqa ask "How many officers has Kenya sent?" --as-of 2024-12-31')
@grouped
def ask(
    places: Places,
    limits: Limits,
    question: QuestionArgument = None,
    *,
    batch: BatchOption = None,
    as_json: AsJson = False,
    explain: ExplainOption = False,
) -> None:
    """Answer a question from the articles, with numbered quotes."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a QUESTION or --batch FILE, one of them")
    window = limits.window
    from mssqa.qa import open_qa

    qa = open_qa(places.read())
    if batch is not None:
        raise typer.Exit(_answer_batch(qa, batch, limits))
    assert question is not None
    scope = {"as_of": limits.as_of, "window": window, "publishers": limits.publishers}
    hits = qa.search(question, **scope) if explain else ()
    answer = qa.ask(question, **scope)
    if as_json:
        found = {"hits": [hit.to_dict() for hit in hits]} if explain else {}
        say_json(answer.to_dict() | found)
        return
    say(render(answer, style="text"))
    if explain:
        _explain(answer, hits)


@app.command(epilog='Example:  mssqa search "port of Mombasa" --since 2025-01-01')
@grouped
def search(
    places: Places,
    limits: Limits,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words or a question.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show the passages that a question would be answered from, best first."""
    window = limits.window
    from mssqa.qa import open_qa

    hits = open_qa(places.read()).search(
        query, as_of=limits.as_of, window=window, publishers=limits.publishers
    )
    if as_json:
        say_json({"query": query, "hits": [hit.to_dict() for hit in hits]})
        return
    for number, hit in enumerate(hits, start=1):
        article = hit.passage.article
        say(f"{number}. {line(article.title)} ({credit(article)})  {article.id}")
        say(f"   {line(hit.passage.text)}\n")
    if not hits:
        say("Nothing was found.")


def _answer_batch(qa: "QA", batch: Path, limits: Limits) -> int:
    from mssqa.apps.cli.batch import Asked, answer_lines

    def ask_one(asked: Asked) -> Answer:
        return qa.ask(
            asked.question,
            history=asked.history or (),
            as_of=asked.as_of or limits.as_of,
            window=limits.window,
            publishers=limits.publishers,
        )

    bad = False
    with ExitStack() as stack:
        dash = str(batch) == "-"
        lines = sys.stdin.buffer if dash else stack.enter_context(batch.open("rb"))
        for reply in answer_lines(lines, ask_one):
            bad |= "error" in reply
            say_json(reply)
    return int(bad)


def _explain(answer: Answer, hits: tuple[Hit, ...]) -> None:
    say("\nPassages found:\n")
    rows = [
        (number, hit.lexical_rank or "–", hit.dense_rank or "–", f"{hit.score:.4f}", _passage(hit))
        for number, hit in enumerate(hits, start=1)
    ]
    say_table(("#", "words", "meaning", "score", "passage"), rows)
    say("\nMilliseconds: " + ", ".join(f"{name} {ms:.1f}" for name, ms in timings(answer)))


def timings(answer: Answer) -> list[tuple[str, Any]]:
    """(stage, milliseconds) in the order of the stages."""
    return list(answer.timings_ms.items())


def _passage(hit: Hit) -> str:
    article = hit.passage.article
    text = line(hit.passage.text)
    beginning = text if len(text) <= 160 else text[:160].rsplit(" ", 1)[0] + " …"
    return f"{line(article.title)} ({credit(article)}): {beginning}"
