"""Pictures of the page for the README: `python docs/screenshots.py` writes docs/img/.

It serves a few articles made up for it, with the shipped models, and needs Chromium
(`make browser`). Look at every picture before it is committed.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from mssqa.apps.accounts import Accounts
from mssqa.build import build_index
from mssqa.config import load_config

IMAGES = Path(__file__).parent / "img"
COLOURS = 192  # of a picture: text stays sharp, and the file a third
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
DARK = DESKTOP | {"color_scheme": "dark"}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 780},
    "is_mobile": True,
    "has_touch": True,
}
SMALLEST = PHONE | {"viewport": {"width": 320, "height": 640}}
USER, PASSWORD = "amina", "many ferries to Orran"
SLOWEST_MS = 120_000
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")

FERRIES = "How many ferries sail from Calder each day?"
HURT = "How many people were hurt in the Calder flood?"
OPENING = "Why did the harbour of Calder open a third basin?"
UNSAID = "How long does the crossing to Orran take?"

ARTICLES = {
    "basin": (
        "Calder's harbour opens a third basin",
        "2025-03-03",
        "The Gazette",
        """
        The harbour of Calder opened its third basin on Monday, a year later than planned.

        Ingrid Solberg, the harbour master, told the town council that the two old basins could
        no longer take ships longer than 200 metres. The harbour opened the third basin because
        the old ones had become too shallow for grain ships.

        Forty ferries sail from Calder each day, the harbour office said.

        The work cost 31 million crowns, of which the county paid half.
        """,
    ),
    "summer": (
        "More ferries for the summer",
        "2025-06-10",
        "Quay News",
        """
        The harbour office has put out a new timetable. Fifty-two ferries now sail from Calder
        each day, it said on Tuesday.

        Most of the new crossings go to Orran, where the music festival begins in July.

        Tomas Weil, the head of the ferry company, said that Calder needed a second ticket hall.
        """,
    ),
    "flood": (
        "Flood cuts off the lower town",
        "2025-07-02",
        "The Gazette",
        """
        Nine people were hurt in the Calder flood on Tuesday night, the mayor said.

        Water from the river Wen stood a metre deep in the market hall. Ninety houses in the
        lower town were without power on Wednesday.
        """,
    ),
    "hospital": (
        "Hospital treats the hurt after the flood",
        "2025-07-02",
        "Quay News",
        """
        Six people were hurt in the Calder flood on Tuesday night, the county hospital said.

        Four of them were allowed to go home on Wednesday.
        """,
    ),
    "fare": (
        "Ferry to Orran grows dearer",
        "2024-11-04",
        "The Gazette",
        """
        The ferry fare to Orran rose from 40 to 45 crowns on Monday, the ferry company said.

        Pupils wrote to the council to complain.
        """,
    ),
    "pupils": (
        "Pupils to pay less on the ferry",
        "2025-03-10",
        "Quay News",
        """
        The ferry company cut the fare to Orran for pupils to 20 crowns in March.

        Petra Lindt, who speaks for the pupils of Calder, said that Orran was a long way to swim.
        """,
    ),
}


def main() -> None:
    """Write all pictures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        build(folder)
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        with served(folder) as url:
            take(browser, url)
        Accounts(folder / "data").add(USER, PASSWORD)
        with served(folder) as url:
            take_of_user(browser, url)
        browser.close()


def take(browser: Browser, url: str) -> None:
    """The main states of the page."""
    page = opened(browser, url, DESKTOP)
    page.wait_for_selector(".examples li", timeout=SLOWEST_MS)
    save(page, "empty")
    ask(page, OPENING)
    open_source(page)
    save(page, "answer")
    for name, question in (("figures", FERRIES), ("disagree", HURT), ("declined", UNSAID)):
        ask(page, question, anew=True)
        save(page, name)
    page.get_by_role("tab", name="Articles").click()
    page.wait_for_selector("#keeping .articles .title", timeout=SLOWEST_MS)
    save(page, "articles")
    dark = opened(browser, url, DARK)
    ask(dark, FERRIES)
    open_source(dark)
    save(dark, "dark")
    phone = opened(browser, url, PHONE)
    ask(phone, FERRIES)
    save(phone, "phone")
    open_source(phone)
    save(phone, "phone-sources")


def take_of_user(browser: Browser, url: str) -> None:
    """The page of somebody who has logged in; it speaks French after the first picture."""
    page = opened(browser, url, DESKTOP, log_in=True)
    ask(page, HURT)
    ask(page, FERRIES, anew=True)
    to_top(page)
    page.get_by_role("button", name="Conversations").click()
    page.wait_for_selector("#talks .title", timeout=SLOWEST_MS)
    save(page, "user")
    page = opened(browser, url, DESKTOP, log_in=True, language="fr")
    ask(page, UNSAID)
    to_top(page)
    save(page, "french")
    page = opened(browser, url, SMALLEST, log_in=True, language="fr")
    page.wait_for_selector(".examples li", timeout=SLOWEST_MS)
    save(page, "smallest")


def build(folder: Path) -> None:
    """An index of the articles above, in a folder."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, (title, published, publisher, text) in ARTICLES.items():
        head = f'---\ntitle: "{title}"\npublished: {published}\npublisher: {publisher}\n---\n'
        blocks = (" ".join(block.split()) for block in text.strip().split("\n\n"))
        (corpus / f"{name}.md").write_text("\n\n".join((head, *blocks)) + "\n", "utf-8")
    build_index(load_config(corpus__path=corpus, index__path=folder / "index"))


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a page over the index in a folder."""
    corpus, index = folder / "corpus", folder / "index"
    places = ["--corpus", str(corpus), "--index", str(index), "--port", "0"]
    settings = {"MSSQA_PAGE__DATA": str(folder / "data"), "MSSQA_GENERATOR__KIND": "quote"}
    command = [sys.executable, "-m", "mssqa", "serve", *places]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=os.environ | settings
    ) as process:
        assert process.stderr is not None
        found = (re.search(r"is at (http://\S+/)", line) for line in process.stderr)
        yield next(filter(None, found))[1]
        process.terminate()


def opened(
    browser: Browser, url: str, look: dict[str, Any], *, log_in: bool = False, language: str = ""
) -> Page:
    """The page, ready to answer."""
    page = browser.new_context(**look, locale="en-GB", device_scale_factor=1).new_page()
    page.goto(url)
    if log_in:
        page.get_by_label("Name").fill(USER)
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
    page.wait_for_selector(".asking[data-state=open]", timeout=SLOWEST_MS)
    if language:
        page.get_by_label("Language").select_option(language)
        page.wait_for_selector(f"html[lang={language}]")
    return page


def ask(page: Page, question: str, *, anew: bool = False) -> None:
    """Ask, and wait for the answer and for what is suggested after it."""
    if anew:
        page.get_by_role("button", name="New", exact=True).click()
    page.locator("#question").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".exchange:last-child .verdict", timeout=SLOWEST_MS)
    page.mouse.move(0, 0)
    page.wait_for_timeout(6_000)


def open_source(page: Page) -> None:
    """The article behind the first marker."""
    page.locator(".exchange:last-child .marker").first.click()
    page.wait_for_selector(".opened mark", timeout=SLOWEST_MS)
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)


def to_top(page: Page) -> None:
    """Where the menu of languages stands, and the way out."""
    page.evaluate("scrollTo(0, 0)")


def save(page: Page, name: str) -> None:
    """The page as it is seen, as a small PNG."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
