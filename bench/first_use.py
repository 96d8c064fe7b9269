"""How long a reader waits: from the address to typing, and from Enter to the first evidence.

    python bench/first_use.py FOLDER [--loads N] [--questions N]

Serves the starter articles with the kind of generator `quote`, as `mssqa serve` does, with an index
in FOLDER, and uses the page as a reader does, in Debian's Chromium (`make browser`). Each load is
a browser with nothing kept from before. The very first question is asked once the page says that
it is open, of a server that nobody has asked anything yet. Prints JSON.
"""

import argparse
import json
import shutil
import statistics
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from page import ROOT, served
from playwright.sync_api import Browser, Page, sync_playwright

from mssqa.evaluate.cases import load_cases

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
SLOWEST_MS = 120_000
PAUSE_MS = 3_000  # between an answer and the next question, as a reader has it

# Milliseconds since the page was asked for, when the box takes what is typed.
TYPING = """() => new Promise((told) => {
    const look = () => {
        const box = document.querySelector('#question');
        if (box === null || document.activeElement !== box) return requestAnimationFrame(look);
        requestAnimationFrame(() => told(performance.now()));
    };
    look();
})"""

# Milliseconds from now until a source is on the screen; null if the question is declined.
EVIDENCE = """() => {
    const began = performance.now();
    const sources = document.querySelector('.sources .cards');
    sources.replaceChildren();
    window.evidence = new Promise((told) => {
        new MutationObserver((_, observer) => {
            const found = sources.querySelector('.card') !== null;
            if (!found && document.querySelector('.exchange .verdict') === null) return;
            observer.disconnect();
            requestAnimationFrame(() => told(found ? performance.now() - began : null));
        }).observe(document.body, { childList: true, subtree: true });
    });
}"""


def main() -> None:
    """Serve, load, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--loads", type=int, default=8)
    parser.add_argument("--questions", type=int, default=20)
    options = parser.parse_args()
    cases = load_cases(ROOT / "tests" / "data" / "questions.jsonl")
    asked = [each.question for each in cases if not each.history and each.answers]
    with served(options.folder / "first-use") as (url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(FLAGS)
        )
        first, *later = evidence(browser, url, asked, count=options.questions + 1)
        typing = [loaded(browser, url) for _ in range(options.loads)]
        browser.close()
    printed = {
        "typing_ms": spread(typing),
        "very_first_evidence_ms": round(first),
        "evidence_ms": spread(later),
    }
    sys.stdout.write(json.dumps(printed, indent=1) + "\n")


def loaded(browser: Browser, url: str) -> float:
    """Milliseconds until a browser that was never here takes what is typed."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(url, wait_until="commit")
        return float(page.evaluate(TYPING))


def evidence(browser: Browser, url: str, questions: Sequence[str], *, count: int) -> list[float]:
    """Milliseconds until the first source, of the first `count` questions that are not declined."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(url)
        page.wait_for_selector(".asking[data-state=open]", timeout=SLOWEST_MS)
        taken = (waited(page, each) for each in questions)
        return list(islice((each for each in taken if each is not None), count))


def waited(page: Page, question: str) -> float | None:
    """Milliseconds until a question has its first source, of a page that is otherwise at rest.

    None if it is declined.
    """
    page.get_by_role("button", name="New", exact=True).click()
    page.locator("#question").fill(question)
    page.evaluate(EVIDENCE)
    page.keyboard.press("Enter")
    milliseconds: float | None = page.evaluate("window.evidence")
    page.wait_for_selector(".exchange .verdict", timeout=SLOWEST_MS)
    page.wait_for_timeout(PAUSE_MS)
    return milliseconds


def spread(milliseconds: Sequence[float]) -> dict[str, int]:
    """How many there are, their median and the slowest."""
    return {
        "count": len(milliseconds),
        "median": round(statistics.median(milliseconds)),
        "slowest": round(max(milliseconds)),
    }


if __name__ == "__main__":
    main()
