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
    from mssqa.apps.accounts import policy
    from mssqa.apps.listen import listener

    # Refused before Gradio is loaded, which takes seconds.
    policy(config.page, everyone=everyone)
    listener(config.page).close()
    from mssqa.apps.web import serve_page

    serve_page(config, everyone=everyone)
