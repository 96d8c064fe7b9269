"""A page in a process of its own, and visitors who come to it with a real Chromium."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
INSTALL = "there is no Chromium: run `make browser` (as root), or: apt-get install chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
LEAVING = ("^AbortError: signal is aborted", "^Unexpected error Connection errored out")
"""What Gradio complains of when a page is left or loaded again while something is under way."""

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
    """A page that is up, and the folder that holds its `corpus`, `index` and `data`."""

    url: str  # ends with a slash
    folder: Path
    log: Path  # what its process has written


@contextmanager
def serving(command: Sequence[str], folder: Path) -> Iterator[Served]:
    """Run what serves a page of that folder, until the end of the block."""
    log = folder / "page.log"
    with (
        log.open("wb") as errors,
        subprocess.Popen([sys.executable, *command], stdout=errors, stderr=errors) as process,
    ):
        try:
            yield Served(url=_address(log, process), folder=folder, log=log)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Where the page is, once its process says so."""
    give_up = time.monotonic() + 120
    while time.monotonic() < give_up and process.poll() is None:
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
        self.context.set_default_timeout(SLOWEST_MS)
        self.context.on("request", self._see)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))

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

    def _see(self, request: Request) -> None:
        self.requested.append(request.url)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")


Come = Callable[..., Visitor]


@contextmanager
def visiting(browser: Browser, served: Served, look: Look = "desktop") -> Iterator[Visitor]:
    """A visitor; at the end nothing may have been asked of another site, nor gone wrong."""
    context = browser.new_context(**LOOKS[look], service_workers="block", locale="en-GB")
    try:
        visitor = Visitor(context=context, served=served)
        yield visitor
        assert visitor.strayed == [], f"other sites were asked: {visitor.strayed}"
        assert visitor.unexpected == [], f"the console complains: {visitor.unexpected}"
    finally:
        context.close()


def barriers(page: Page, *, within: str = "body") -> list[str]:
    """What axe-core finds serious or critical, one line for each element."""
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
