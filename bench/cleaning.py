"""Blocks that cleaning removed and blocks that it kept, drawn at random for a reader to judge.

    MSSQA_DATA=/path/to/data python bench/cleaning.py --count 50 --seed 1 --half 1

A block is judged within its page: was something removed that belongs to the article, was
something kept that does not? Half 0 of the pages is for looking at failures, half 1 for counting.
"""

import argparse
import random
import sys
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time
from zlib import crc32

import news

from mssqa.ingest.clean import Cleaned, Reason, clean
from mssqa.ingest.clean.blocks import blocks
from mssqa.ingest.clean.look import look


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A page and what cleaning made of it."""

    name: str
    title: str | None
    blocks: tuple[tuple[str, Reason | None], ...]  # in order, each with the reason of its removal
    milliseconds: float

    @property
    def lost(self) -> float:
        """The share of the words of its prose that were removed, 0 to 1."""
        prose = [(len(b.split()), why is not None) for b, why in self.blocks if look(b).prose]
        return sum(n for n, gone in prose if gone) / max(sum(n for n, _ in prose), 1)


def main() -> None:
    """Print the draws, then what became of the pages as a whole."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=50, help="blocks of either kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--half", type=int, choices=(0, 1), default=1)
    parser.add_argument("--untitled", action="store_true", help="withhold the page's title")
    options = parser.parse_args()
    pages = [judged(page, untitled=options.untitled) for page in read(options.half)]
    chance = random.Random(options.seed)
    for heading, removed in (("REMOVED", True), ("KEPT", False)):
        places = [
            (page, at)
            for page in pages
            for at, (_, why) in enumerate(page.blocks)
            if (why is not None) is removed
        ]
        drawn = chance.sample(places, min(options.count, len(places)))
        for number, (page, at) in enumerate(drawn, 1):
            sys.stdout.write(shown(page, at, f"{heading} {number}"))
    sys.stdout.write(summary(pages))


def read(half: int) -> list[dict[str, str]]:
    """The pages of one half, by the parity of their id's checksum."""
    return [page for page in news.pages() if crc32(str(page["id"]).encode()) % 2 == half]


def judged(page: dict[str, str], *, untitled: bool) -> Judged:
    """A page cleaned, block by block."""
    title = None if untitled else page["title"]
    begun = process_time()
    cleaned = clean(page["text"], title=title)
    spent = process_time() - begun
    return Judged(
        name=f"{page['id']} {page['url']}",
        title=page["title"],
        blocks=tuple(reasons(page["text"], cleaned)),
        milliseconds=1000 * spent,
    )


def reasons(page: str, cleaned: Cleaned) -> list[tuple[str, Reason | None]]:
    """Every block of a page with the reason of its removal, None if it was kept."""
    kept = cleaned.text.split("\n\n") if cleaned.text else []
    courses: dict[int, list[tuple[str, Reason | None]]] = {0: []}  # by the number kept so far
    for done, block in enumerate(blocks(page)):
        after: dict[int, list[tuple[str, Reason | None]]] = {}
        for here, course in courses.items():
            gone = done - here
            if gone < len(cleaned.removed) and cleaned.removed[gone].text == block:
                after[here] = [*course, (block, cleaned.removed[gone].reason)]
            if here < len(kept) and kept[here] == block:
                after[here + 1] = [*course, (block, None)]
        courses = after
    return courses[len(kept)]


def shown(page: Judged, at: int, heading: str) -> str:
    """A block between its two neighbours on either side, with what became of each."""
    lines = [f"\n== {heading}: {page.name}", f"   {page.title}"]
    for near in range(max(at - 2, 0), min(at + 3, len(page.blocks))):
        text, why = page.blocks[near]
        mark = ">>" if near == at else "  "
        text = text if near == at else textwrap.shorten(text, 110)
        lines.append(f"{mark} [{why or 'kept'}] {text}")
    return "\n".join(lines) + "\n"


def summary(pages: Sequence[Judged]) -> str:
    """Counts over all pages."""
    why = Counter(reason for page in pages for _, reason in page.blocks)
    bare = [page.name for page in pages if all(reason for _, reason in page.blocks)]
    losing = sorted((page for page in pages if page.lost > 0.5), key=lambda page: -page.lost)
    times = sorted(page.milliseconds for page in pages)
    kept = why.pop(None)
    return "\n".join(
        [
            f"\n{len(pages)} pages, {kept} blocks kept, {why.total()} removed",
            *(f"  {count:6} {reason}" for reason, count in why.most_common()),
            f"processor time per page, median: {times[len(times) // 2]:.1f} ms",
            f"processor time per page, 95th of 100: {times[int(0.95 * len(times))]:.1f} ms",
            f"{len(bare)} pages without a block: {bare}",
            f"{len(losing)} pages that lose more than half of their prose:",
            *(f"  {page.lost:.2f} {page.name} | {page.title}" for page in losing),
            "",
        ]
    )


if __name__ == "__main__":
    main()
