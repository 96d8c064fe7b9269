"""Serving the page: to this computer; to others only with users, or if it is meant to be open."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from types import FrameType

import gradio as gr
import typer
import uvicorn
from fastapi import FastAPI
from gradio.routes import App
from starlette.routing import Mount
from starlette.types import ASGIApp

from mssqa.apps.accounts import Accounts, Policy, policy
from mssqa.apps.listen import address, is_loopback, listener
from mssqa.apps.web.articles.adding import MOST_BYTES
from mssqa.apps.web.front import FrontDoor
from mssqa.apps.web.guard import visitor
from mssqa.apps.web.headers import allowed_scripts
from mssqa.apps.web.login import Logins
from mssqa.apps.web.look import head, theme
from mssqa.apps.web.opening import Opening
from mssqa.apps.web.page import build_page
from mssqa.apps.web.programs import Programs
from mssqa.apps.web.tools import tools
from mssqa.config import Config, Page

MOST_CONNECTIONS = 1_000  # an open page holds two
MOST_PAGES = 1_000  # whose state is kept
MOST_THREADS = 100  # more than questions may wait
MAX_HEADERS = 64 * 1024  # bytes, with the address
ENDS_WITHIN = 3  # seconds that running requests are given when the page is ended


def serve_page(config: Config, *, everyone: bool = False) -> None:
    """Build the page and serve it until Ctrl+C; see `serve`."""
    opening = Opening.of(config)
    serve(build_page(config, opening), config.page, opening, everyone=everyone)


def serve(demo: gr.Blocks, config: Page, opening: Opening, *, everyone: bool = False) -> None:
    """Serve the page until Ctrl+C, and open the index meanwhile.

    Args:
        demo: the page.
        config: the address to listen on, and where the accounts are.
        opening: what opens the index and the models.
        everyone: whether other computers are served without asking who it is.

    Raises:
        ConfigError: the address is not this computer's own, and there are no users.
        MssqaError: the address is not of this computer, or the port is taken.
    """
    who = policy(config, everyone=everyone)
    with listener(config) as heard:
        inner = behind(demo, opening)
        server = _Server(front(inner, config, who), inner)
        typer.echo(f"The chat page is at {address(heard)} (Ctrl+C ends it).", err=True)
        if who is Policy.USERS and not is_loopback(config.host):
            typer.echo("Passwords travel as they are: put it behind a proxy with https.", err=True)
        opening.start()
        with suppress(KeyboardInterrupt):
            server.run(sockets=[heard])


def front(app: ASGIApp, config: Page, who: Policy) -> FrontDoor:
    """An app behind the front door."""
    return FrontDoor(
        app,
        policy=who,
        logins=Logins(Accounts(config.data)),
        names=(socket.gethostname(), config.host, *config.names.replace(",", " ").split()),
        scripts=allowed_scripts(head()),
    )


def behind(demo: gr.Blocks, opening: Opening) -> FastAPI:
    """The page and its doors, open to whoever comes so far."""
    server = tools(Programs(opening))
    demo.max_threads = MOST_THREADS
    demo.state_session_capacity = MOST_PAGES

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    app = FastAPI(
        routes=server.streamable_http_app().routes,
        lifespan=running,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        demo,
        path="/",
        auth_dependency=lambda request: visitor(request).name or "",
        theme=theme(),
        head=head(),
        max_file_size=MOST_BYTES,
        show_error=False,
        enable_monitoring=False,
        run_history=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        footer_links=[],
    )
    # With a newer protocol gradio_client 2 takes whatever has a path for a file, and fetches it.
    demo.config["protocol"] = "sse_v2.1"
    return mounted


class _Server(uvicorn.Server):
    """Ends though pages are open, each of which holds on to a connection."""

    def __init__(self, app: ASGIApp, inner: FastAPI) -> None:
        settings = uvicorn.Config(
            app,
            log_level="warning",
            server_header=False,
            ws="none",
            limit_concurrency=MOST_CONNECTIONS,
            h11_max_incomplete_event_size=MAX_HEADERS,
            timeout_graceful_shutdown=ENDS_WITHIN,
        )
        super().__init__(settings)
        mounted = (route.app for route in inner.routes if isinstance(route, Mount))
        self._pages = [app for app in mounted if isinstance(app, App)]

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """What Ctrl+C does, besides letting go of the open pages."""
        for page in self._pages:
            page.stop_event.set()
        super().handle_exit(sig, frame)
