"""`ask`, `search`: from a question to what the articles say."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from mssqa.apps.cli.options import AsJson, Limits, Places, Scope, grouped
from mssqa.apps.cli.output import say, say_json, say_table
from mssqa.apps.render import credit, line, render
from mssqa.types import Answer, Hit

if TYPE_CHECKING:
    from mssqa.qa import QA

app = typer.Typer()

QuestionArgument = Annotated[str | None, typer.Argument(metavar="QUESTION", help="In words.")]
BatchOption = Annotated[
    str | None,
    typer.Option(
        "--batch",
        metavar="FILE",
        help="Answer each line of a JSON Lines file (- for standard input) with a line of JSON: "
        "question; if you like id, as_of, and history, a list of question and answer.",
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
    """Answer a question from the articles, with numbered quotes.

    The question may say of when: "in June 2024", "as of March 2025", "latest".
    What no article says, the answer names: it is partial then, or declined.
    """
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a QUESTION or --batch FILE, one of them")
    scope = limits.scope
    from mssqa.qa import open_qa

    if batch is not None:
        with _lines(batch) as lines:
            raise typer.Exit(_answer_batch(open_qa(places.read()), lines, scope))
    assert question is not None
    qa = open_qa(places.read())
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
    scope = limits.scope
    from mssqa.qa import open_qa

    hits = open_qa(places.read()).search(query, **scope)
    if as_json:
        say_json({"query": query, "hits": [hit.to_dict() for hit in hits]})
        return
    for number, hit in enumerate(hits, start=1):
        article = hit.passage.article
        say(f"{number}. {line(article.title)} ({credit(article)})  {article.id}")
        say(f"   {line(hit.passage.text)}\n")
    if not hits:
        say("Nothing was found.")


def _lines(batch: str) -> BinaryIO:
    if batch == "-":
        return sys.stdin.buffer
    try:
        return Path(batch).open("rb")
    except OSError as error:
        raise typer.BadParameter(f"cannot read --batch {batch!r}: {error.strerror}") from error


def _answer_batch(qa: "QA", lines: BinaryIO, scope: Scope) -> int:
    from mssqa.apps.cli.batch import Asked, answer_lines

    def ask_one(asked: Asked) -> Answer:
        own: Scope = {**scope, "as_of": asked.as_of or scope["as_of"]}
        return qa.ask(asked.question, history=asked.history or (), **own)

    bad = False
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
    say("\nMilliseconds: " + ", ".join(f"{k} {ms:.1f}" for k, ms in answer.timings_ms.items()))


def _passage(hit: Hit) -> str:
    article = hit.passage.article
    text = line(hit.passage.text)
    beginning = text if len(text) <= 160 else text[:160].rsplit(" ", 1)[0] + " …"
    return f"{line(article.title)} ({credit(article)}): {beginning}"
