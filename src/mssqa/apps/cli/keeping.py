"""`build`, `add`, `remove`, `restore`, `show`: the corpus and its index."""

from typing import TYPE_CHECKING, Annotated

import typer

from mssqa.apps.cli.options import AsJson, Places, grouped
from mssqa.apps.cli.output import complain, note, say, say_json, say_table
from mssqa.apps.cli.report import building, report_text
from mssqa.apps.render import credit, line
from mssqa.errors import ArticleError

if TYPE_CHECKING:
    from mssqa.config import Config
    from mssqa.report import BuildReport

app = typer.Typer()

WhichArgument = Annotated[
    str, typer.Argument(metavar="ID|PATH", help="The article's id, or its file in the corpus.")
]


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
    """Bring the index up to date with the corpus, which stays as it is."""
    config = places.read()
    from mssqa.build import build_index
    from mssqa.build import watch as watch_corpus
    from mssqa.models import load_embedder

    # Loaded once: a file that comes while a second one loads would go unseen.
    embedder = load_embedder(config.embedder) if watch else None
    with building() as progress:
        report = build_index(config, full=full, embedder=embedder, progress=progress)
    _say_report(report, as_json=as_json)
    if watch:
        note(f"Watching {str(config.corpus.path)!r} (Ctrl+C ends it).")
        for report in watch_corpus(config, embedder=embedder):
            _say_report(report, as_json=as_json)


@app.command(epilog="Example:  mssqa add story.html https://news.example/a-story")
@grouped
def add(
    places: Places,
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="FILE|URL...", help="Articles to add.")
    ] = None,
    *,
    feed: Annotated[
        str | None,
        typer.Option("--feed", metavar="URL", help="Add what an RSS or Atom feed lists."),
    ] = None,
) -> None:
    """Save articles into the corpus as clean Markdown, and update the index."""
    if not sources and not feed:
        raise typer.BadParameter("name a FILE or a URL, or a --feed")
    config = places.read()
    from mssqa import corpus
    from mssqa.ingest.fetch import feed as read_feed

    listed = read_feed(feed, config=config.corpus) if feed else ()
    done = failed = 0
    for source in (*(sources or ()), *listed):
        try:
            saved = corpus.add(source, config=config.corpus)
        except ArticleError as error:
            complain(error)
            failed += 1
        else:
            say(f"{'added' if saved.is_new else 'there already'}  {saved.path}")
            done += 1
    if done:
        _update(config)
    raise typer.Exit(1 if failed else 0)


@app.command(epilog="Example:  mssqa remove 2025-03-04-harbour-reopens.md")
@grouped
def remove(places: Places, article: WhichArgument) -> None:
    """Move an article to the trash of the corpus, and update the index."""
    config = places.read()
    from mssqa import corpus
    from mssqa.apps.cli.articles import indexed

    trashed = corpus.remove(indexed(article, config), config.corpus.path)
    say(f"removed  {trashed.path}  (to bring it back: mssqa restore {trashed.article_id})")
    _update(config)


@app.command(epilog="Example:  mssqa restore 1f0c2a9be4d37586")
@grouped
def restore(
    places: Places,
    article: Annotated[
        str | None, typer.Argument(metavar="ID", help="Which; without it, the trash is listed.")
    ] = None,
) -> None:
    """Bring an article back from the trash, or list what is in it."""
    config = places.read()
    from mssqa import corpus

    if article is None:
        rows = [(each.article_id, each.path) for each in corpus.trash(config.corpus.path)]
        say_table(("id", "was"), rows) if rows else note("The trash is empty.")
        return
    say(f"restored  {corpus.restore(article, config.corpus.path)}")
    _update(config)


@app.command(epilog="Example:  mssqa show corpus/2025-03-04-harbour-reopens.md --removed")
@grouped
def show(
    places: Places,
    which: Annotated[
        str, typer.Argument(metavar="ID|FILE", help="An article's id, or any file of an article.")
    ],
    *,
    removed: Annotated[
        bool, typer.Option("--removed", help="What cleaning took out of the file, and why.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show an article as it is indexed and quoted."""
    config = places.read()
    from mssqa.apps.cli.articles import look_up

    found = look_up(which, config)
    article, blocks = found.article, found.removed
    if as_json:
        say_json(
            article.to_dict()
            | {"dated_by": article.dated_by, "language": article.language, "text": article.text}
            | {"removed": [{"reason": each.reason, "text": each.text} for each in blocks]}
        )
        return
    say(f"{line(article.title)} ({credit(article)})")
    say(f"{article.id}  {article.path}\n")
    if not removed:
        say(article.text)
        return
    for block in blocks:
        say(f"[{block.reason}] {block.text}\n")
    say(f"{len(blocks)} removed")


def _update(config: "Config") -> None:
    from mssqa.build import build_index

    with building() as progress:
        note(report_text(build_index(config, progress=progress)))


def _say_report(report: "BuildReport", *, as_json: bool) -> None:
    if as_json:
        say_json(report.to_dict())
    else:
        say(report_text(report))
