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
        bool, typer.Option("--open", help="Serve other computers without asking who it is.")
    ] = False,
) -> None:
    """Open the chat page; on another address than this computer's own it asks for a login."""
    config = places.read(page__host=host, page__port=port)
    from mssqa.apps.accounts import login
    from mssqa.apps.listen import free_port

    # Refused before Gradio is loaded, which takes seconds.
    login(config.page, everyone=everyone)
    free_port(config.page)
    from mssqa.apps.web import serve_page

    serve_page(config, everyone=everyone)
