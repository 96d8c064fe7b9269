"""How a build is told: a bar while it runs, and what it did."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from mssqa.apps.render import line
from mssqa.report import BuildReport

if TYPE_CHECKING:
    from rich.progress import Progress

Item = TypeVar("Item")

MOST_NAMED = 20  # files listed of each kind; skipped ones are all listed, with the reason


@contextmanager
def building() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error, if that is a terminal, for (step, done, total)."""
    with _bars() as bars:
        bar = bars.add_task("loading", total=None)
        yield lambda step, done, total: bars.update(
            bar, description=step, completed=done, total=total
        )


@contextmanager
def counted(items: Sequence[Item]) -> Iterator[Iterable[Item]]:
    """The items, with a bar on standard error, if that is a terminal, while they are taken."""
    with _bars() as bars:
        yield bars.track(items, description="asking")


def _bars() -> "Progress":
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def report_text(report: BuildReport) -> str:
    """What a build did, for people: the counts, then the files.

    >>> print(report_text(BuildReport(generation="g1", added=("a.md",), articles=1, passages=3,
    ...     embedded=3, seconds=0.5)))
    1 added, 0 changed, 0 renamed, 0 removed, 0 unchanged, 0 skipped
    added    a.md
    1 articles, 3 passages (3 embedded anew), 0.5 s, generation g1
    """
    kinds = {
        "added": report.added,
        "changed": report.changed,
        "renamed": tuple(f"{old} → {new}" for old, new in report.renamed),
        "removed": report.removed,
    }
    skipped = tuple(f"{each.path}: {each.reason}" for each in report.skipped)
    counts = {kind: len(files) for kind, files in kinds.items()}
    counts |= {"unchanged": len(report.unchanged), "skipped": len(skipped)}
    return "\n".join(
        (
            ", ".join(f"{count} {kind}" for kind, count in counts.items()),
            *(each for kind, files in kinds.items() for each in _named(kind, files)),
            *(f"skipped  {line(each)}" for each in skipped),
            _totals(report),
        )
    )


def _totals(report: BuildReport) -> str:
    return (
        f"{report.articles:,} articles, {report.passages:,} passages "
        f"({report.embedded:,} embedded anew), {report.seconds:.1f} s, "
        f"generation {report.generation}"
    )


def _named(kind: str, files: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{kind:<8} {line(each)}" for each in islice(files, MOST_NAMED))
    if len(files) > MOST_NAMED:
        yield f"{kind:<8} … and {len(files) - MOST_NAMED:,} more"
