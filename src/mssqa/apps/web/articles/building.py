"""A build as it goes on: its steps, then its report."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Thread
from time import sleep

from mssqa.build import build_index
from mssqa.config import Config
from mssqa.errors import IndexBusyError
from mssqa.ports import Embedder
from mssqa.report import BuildReport

PAUSE_SECONDS = 0.1  # between two steps that are told
BEAT_SECONDS = 5.0  # after which a step is told again, as a sign of life
WAITING = "waiting"

# Where each step begins on the bar; roughly by the time that it takes with a few new articles.
_BEGINS = {
    WAITING: 0.0,
    "scan": 0.02,
    "read": 0.06,
    "split": 0.25,
    "catalog": 0.4,
    "embed": 0.45,
    "vectors": 0.85,
    "words": 0.88,
    "check": 0.93,
    "switch": 0.98,
}
_ENDS = dict(zip(_BEGINS, [*list(_BEGINS.values())[1:], 1.0], strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far a build is."""

    name: str = WAITING
    done: int = 0
    total: int = 0

    @property
    def share(self) -> float:
        """How much of the build is done, 0 to 1.

        >>> Step().share, Step(name="switch", done=1, total=1).share
        (0.0, 1.0)
        """
        begins, ends = _BEGINS.get(self.name, 0.0), _ENDS.get(self.name, 1.0)
        return begins + (ends - begins) * (self.done / self.total if self.total else 0)


def build(
    config: Config, embedder: Callable[[], Embedder] | None, *, waits: bool
) -> Iterator[Step | BuildReport]:
    """Build in the background and tell the steps, not each of them, then the report.

    A build goes on to its end though nobody listens any more.

    Args:
        config: where corpus and index are.
        embedder: gives the embedder, which may still be loading; without it, one is loaded.
        waits: whether to wait for another build to end, rather than to fail at once.

    Raises:
        MssqaError: as `build_index` does.
    """
    try:
        yield from _follow(_patience(config, 0), embedder)
    except IndexBusyError:
        if not waits:
            raise
        yield Step()
        yield from _follow(config, embedder)


def _patience(config: Config, seconds: float) -> Config:
    index = config.index.model_copy(update={"lock_timeout_seconds": seconds})
    return config.model_copy(update={"index": index})


def _follow(
    config: Config, embedder: Callable[[], Embedder] | None
) -> Iterator[Step | BuildReport]:
    told: Queue[Step | BuildReport | Exception] = Queue()

    def run() -> None:
        try:
            told.put(build_index(config, embedder=embedder and embedder(), progress=tell))
        except Exception as error:  # noqa: BLE001 - raised where somebody listens
            told.put(error)

    def tell(step: str, done: int, total: int) -> None:
        told.put(Step(name=step, done=done, total=total))

    Thread(target=run, name="building", daemon=True).start()
    last: Step | BuildReport | Exception = Step()
    while isinstance(last := _newest(told, last), Step):
        yield last
        sleep(PAUSE_SECONDS)
    if isinstance(last, Exception):
        raise last
    yield last


def _newest(
    told: "Queue[Step | BuildReport | Exception]", last: Step | BuildReport | Exception
) -> Step | BuildReport | Exception:
    """What was told last; if nothing comes for a while, what was told before."""
    with suppress(Empty):
        last = told.get(timeout=BEAT_SECONDS)
        while True:
            last = told.get_nowait()
    return last
