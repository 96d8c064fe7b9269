"""Serving the page: to this computer; to others only with users, or if it is meant to be open."""

import os
from threading import Event

import gradio as gr
import typer
from gradio.themes import Base, Font

from mssqa.apps.accounts import login
from mssqa.apps.listen import free_port
from mssqa.apps.web.opening import Opening
from mssqa.apps.web.page import build_page
from mssqa.config import Config, Page

FONT = (Font("system-ui"), Font("sans-serif"))  # Gradio's own themes may fetch theirs
MONO = (Font("ui-monospace"), Font("monospace"))


def serve_page(config: Config, *, everyone: bool = False) -> None:
    """Build the page and serve it until Ctrl+C; see `launch`."""
    opening = Opening.of(config)
    serve(build_page(config, opening), config.page, opening, everyone=everyone)


def serve(demo: gr.Blocks, config: Page, opening: Opening, *, everyone: bool = False) -> None:
    """Serve the page until Ctrl+C, and open the index meanwhile; see `launch`."""
    url = launch(demo, config, everyone=everyone)
    typer.echo(f"The chat page is at {url} (Ctrl+C ends it).", err=True)
    opening.start()
    try:
        Event().wait()
    except KeyboardInterrupt:
        demo.close(verbose=False)


def launch(demo: gr.Blocks, config: Page, *, everyone: bool = False) -> str:
    """Serve the page in the background, and say at which address.

    Args:
        demo: the page.
        config: the address to listen on, and where the accounts are.
        everyone: whether other computers are served without asking who it is.

    Raises:
        ConfigError: the address is not this computer's own, and there are no users.
        MssqaError: the address is not of this computer, or the port is taken.
    """
    auth = login(config, everyone=everyone)
    port = free_port(config)
    _go_round_proxies(config.host)
    _, url, _ = demo.launch(
        server_name=config.host,
        server_port=port,
        auth=auth,
        theme=Base(font=FONT, font_mono=MONO),
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        max_file_size="1kb",  # nothing here takes files, though Gradio would
        enable_monitoring=False,
        run_history=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        footer_links=[],
    )
    return url


def _go_round_proxies(host: str) -> None:
    """Gradio asks its own page whether it is up; no proxy of the environment can know."""
    own = {host, "localhost", "127.0.0.1", "::1"}
    for name in ("no_proxy", "NO_PROXY"):
        others = {each for each in os.environ.get(name, "").split(",") if each}
        os.environ[name] = ",".join(sorted(own | others))
