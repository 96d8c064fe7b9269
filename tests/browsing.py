"""A page in a process of its own, and visitors who come to it with a real Chromium."""

import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from doubles import FakeEmbedder
from page_with_doubles import serve_forked
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    WebError,
    expect,
    sync_playwright,
)
from small_corpus import config_in, page, write_files

from mssqa.build import build_index

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
INSTALL = "there is no Chromium: run `make browser` (as root), or: apt-get install chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PASSWORD = "a long walk by the quay"  # of everybody
LEAVING = ("^AbortError: signal is aborted", "^Unexpected error Connection errored out")
"""What Gradio complains of when a page is left or loaded again while something is under way."""

HOSTILE = "<img src=x onerror=alert(1)>{{value}} ${alert(2)} `tick` [a](javascript:alert(3)) &amp;"
QUOTE = "The harbour opened its third basin on Monday, the minister said."
FERRIES = page(
    "More ferries sail",
    "Forty ferries sail at dawn, the harbour office reported.",
    published="2025-04-10",
    publisher="Quay News",
)
FILES = {
    "harbour.md": page(
        "Harbour opens a third basin",
        "\n\n".join(f"Filler number {n} is about nothing in particular." for n in range(40))
        + f"\n\n{QUOTE} Ships from four continents will dock there.\n\n"
        + "\n\n".join(f"Padding number {n} tells of nothing either." for n in range(40)),
        published="2025-03-03",
        publisher="The Gazette",
    ),
    "ferries.md": FERRIES,
    "hostile.md": page(
        f"The mayor wrote {HOSTILE}".replace('"', "'"),
        f"The mayor of the quay wrote {HOSTILE} on a wall of the old customs house.",
        published="2025-02-02",
        publisher="The <script>alert(4)</script> ${alert(5)}",
    ),
}
"""What the page is tried over, unless a test brings articles of its own."""

SETTLED = """() => Promise.allSettled(document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().endTime < 5_000)  // others never end
    .map((each) => each.finished))"""

FORKS = multiprocessing.get_context("forkserver")
SLOWEST_MS = 30_000  # anything on the page; the machine may be busy

Look = Literal["desktop", "phone", "dark", "still"]
LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "still": {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"},
}

expect.set_options(timeout=SLOWEST_MS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A page that is up, and the folder of its `corpus`, `index`, `data` and `uploads`."""

    url: str  # ends with a slash
    folder: Path
    log: Path  # what its process has written


@contextmanager
def serving_doubles(files: Mapping[str, str], folder: Path) -> Iterator[Served]:
    """Build an index of the files and serve its page over doubles of the models."""
    config = config_in(folder)
    write_files(config, files)
    build_index(config, embedder=FakeEmbedder())
    with serving_folder(folder) as up:
        yield up


@contextmanager
def serving_folder(folder: Path, *, port: int = 0) -> Iterator[Served]:
    """Serve the page of a folder over doubles of the models, until the end of the block.

    What the page imports takes seconds; it is imported once, in a process that all are forked from.
    """
    log = folder / "page.log"
    log.write_bytes(b"")  # of a page that was there before
    FORKS.set_forkserver_preload(["mssqa.apps.web"])
    process = FORKS.Process(target=serve_forked, args=(folder, port, log))
    process.start()
    try:
        yield Served(url=_address(log, process.is_alive), folder=folder, log=log)
    finally:
        process.terminate()
        process.join(timeout=20)


@contextmanager
def serving(command: Sequence[str], folder: Path) -> Iterator[Served]:
    """Run what serves a page of that folder, until the end of the block."""
    log = folder / "page.log"
    variables = os.environ | {"GRADIO_TEMP_DIR": str(folder / "uploads")}
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            [sys.executable, *command], stdout=errors, stderr=errors, env=variables
        ) as process,
    ):
        try:
            yield Served(url=_address(log, lambda: process.poll() is None), folder=folder, log=log)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _address(log: Path, is_alive: Callable[[], bool]) -> str:
    """Where the page is, once its process says so."""
    give_up = time.monotonic() + 120
    while time.monotonic() < give_up and is_alive():
        if found := re.search(r"is at (http://[\d.:]+/)", log.read_text("utf-8")):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(f"the page did not come up:\n{log.read_text('utf-8')}")


@dataclass(kw_only=True)
class Visitor:
    """Somebody with a browser of their own, and what their pages asked for and complained of."""

    context: BrowserContext
    served: Served
    requested: list[str] = field(default_factory=list)  # addresses
    complaints: list[str] = field(default_factory=list)  # errors of the console and of scripts
    expected: tuple[str, ...] = ()  # patterns of complaints that a test brings about on purpose

    def __post_init__(self) -> None:
        for event, note in self._notes().items():
            self.context.on(event, note)  # type: ignore[call-overload]

    def leave(self) -> None:
        """Close every page, and note nothing more."""
        for each in self.context.pages:
            each.close()
        for event, note in self._notes().items():
            self.context.remove_listener(event, note)

    def open(self, path: str = "", *, tab: str | None = None) -> Page:
        """A new tab of the browser at the page; on one of its tabs, if named."""
        page = self.context.new_page()
        page.on("websocket", lambda socket: self.requested.append(socket.url))
        page.goto(f"{self.served.url}{path}")
        if tab:
            page.get_by_role("tab", name=tab).click()
        return page

    @property
    def strayed(self) -> list[str]:
        """The addresses asked for that are not of the page itself."""
        url = self.served.url
        own = (url, url.replace("http", "ws", 1), f"blob:{url}", "data:")
        return [address for address in self.requested if not address.startswith(own)]

    @property
    def unexpected(self) -> list[str]:
        """The complaints that no test has asked for."""
        return [
            told
            for told in self.complaints
            if not any(re.search(pattern, told) for pattern in self.expected)
        ]

    def _notes(self) -> dict[str, Callable[[Any], None]]:
        return {"request": self._see, "console": self._hear, "weberror": self._hear_of_a_script}

    def _see(self, request: Request) -> None:
        self.requested.append(request.url)

    def _hear_of_a_script(self, error: WebError) -> None:
        self.complaints.append(str(error.error))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")


Come = Callable[..., Visitor]


@dataclass(slots=True)
class Visitors:
    """Those who come to pages with one browser, each with nothing kept from before.

    A context of the browser is lent to one visitor after the other, with what it has loaded of
    the page: to load and compile all of it again takes longer than most tests do.
    """

    opened: ExitStack = field(default_factory=ExitStack)
    browser: Browser | None = None
    idle: dict[Look, list[BrowserContext]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def visiting(self, served: Served, look: Look = "desktop") -> Iterator[Visitor]:
        """A visitor; at the end nothing may have been asked of another site, nor gone wrong."""
        visitor = Visitor(context=self._context(look), served=served)
        try:
            yield visitor
            assert visitor.strayed == [], f"other sites were asked: {visitor.strayed}"
            assert visitor.unexpected == [], f"the console complains: {visitor.unexpected}"
        finally:
            visitor.leave()
            _forget(visitor.context, served)
            self.idle[look].append(visitor.context)

    def leave(self) -> None:
        """Close the browser. While it is open, an event loop runs, which other tests start."""
        self.opened.close()
        self.browser = None
        self.idle.clear()

    def _context(self, look: Look) -> BrowserContext:
        if self.idle[look]:
            return self.idle[look].pop()
        if self.browser is None:
            playwright = self.opened.enter_context(sync_playwright())
            launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            self.browser = self.opened.enter_context(closing(launched))
        settings = LOOKS[look] | {"service_workers": "block", "locale": "en-GB"}
        context = self.browser.new_context(**settings)
        context.set_default_timeout(SLOWEST_MS)
        return context


def _forget(context: BrowserContext, served: Served) -> None:
    """Take from a browser what the page has kept there, but for files of the page."""
    context.set_offline(offline=False)
    context.clear_permissions()
    context.clear_cookies()
    page = context.new_page()
    kept = {"origin": served.url.rstrip("/"), "storageTypes": "local_storage,indexeddb"}
    context.new_cdp_session(page).send("Storage.clearDataForOrigin", kept)
    page.close()


def log_in(visitor: Visitor, name: str, *, tab: str | None = None) -> Page:
    """The page as a user finds it who has just logged in."""
    page = visitor.open()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_have_attribute(
        "title", f"Logged in as {name}"
    )
    if tab:
        page.get_by_role("tab", name=tab).click()
    return page


def barriers(page: Page, *, within: str = "body") -> list[str]:
    """What axe-core finds serious or critical, one line for each element."""
    page.evaluate(SETTLED)
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "part => axe.run(part, {resultTypes: ['violations']}).then(r => r.violations)", within
    )
    return [
        f"{each['id']} ({each['impact']}): {' '.join(map(json.dumps, node['target']))} "
        f"{node['html'][:200]} {node['failureSummary']}"
        for each in found
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]
