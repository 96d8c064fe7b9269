"""`serve`: the chat page."""

from typing import Annotated

import typer

from mssqa.apps.cli.options import Places, grouped

app = typer.Typer()


@app.command(epilog="Example:  mssqa serve --port 8000")
@grouped
def serve(
    places: Places,
    *,
    host: Annotated[
        str | None, typer.Option("--host", metavar="ADDRESS", help="Listen on this address.")
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", metavar="N", help="Listen on this port; 0: a free one.")
    ] = None,
    everyone: Annotated[
        bool, typer.Option("--open", help="Let everybody ask, without a login.")
    ] = False,
) -> None:
    """Open the page, and its doors for programs: HTTP and MCP (docs/http.md).

    Without users it is for this computer alone. With users (mssqa user add) everybody logs in, and
    administrators change the articles. On another address than this computer's own it needs users,
    or --open: then everybody may ask, and only administrators who log in change anything. Passwords
    travel as they are: before others use it, put it behind a proxy with https, and name it in
    page.names.
    """
    config = places.read(page__host=host, page__port=port)
    from mssqa.apps.accounts import policy
    from mssqa.apps.listen import listener

    # Refused before Gradio is loaded, which takes seconds.
    policy(config.page, everyone=everyone)
    listener(config.page).close()
    from mssqa.apps.web import serve_page

    serve_page(config, everyone=everyone)
