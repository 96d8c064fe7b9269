"""The index and the models, opened once, while the page is already up."""

import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread
from typing import TypeVar

from mssqa.apps.web.gate import Gate
from mssqa.config import Config
from mssqa.errors import MssqaError, QuestionError
from mssqa.index.store import current_generation
from mssqa.models import load_models
from mssqa.ports import Embedder, Models
from mssqa.qa import QA

Loaded = TypeVar("Loaded")
READ_FIRST = 3  # headlines: the first readings take twice as long as later ones

log = logging.getLogger(__name__)


class Opening:
    """What opens the index and the models. Whoever comes first waits; everybody shares them."""

    def __init__(
        self,
        open_qa: Callable[[], QA],
        gate: Gate | None = None,
        *,
        embedder: Callable[[], Embedder] | None = None,
        models: Callable[[], Models] | None = None,
    ) -> None:
        self.gate = gate or Gate()  # every question passes it
        self.embedder = embedder  # for builds, which load their own without it
        self.models = models  # for suggestions, of which there are none without them
        self._open_qa = open_qa
        self._qa: QA | None = None
        self._error: Exception | None = None
        self._lock = Lock()
        self._then: list[Callable[[], object]] = []

    @classmethod
    def of(cls, config: Config) -> "Opening":
        """What opens the configured index. The models stay, whatever becomes of the index."""
        models = _once(lambda: load_models(config))

        def open_qa() -> QA:
            current_generation(config.index.path)  # if there is none, say so before the slow part
            return QA(config, models())

        gate = Gate(per_minute=config.page.questions_per_minute)
        return cls(open_qa, gate, embedder=lambda: models().embedder, models=models)

    @property
    def is_open(self) -> bool:
        """Whether a question is answered at once."""
        return self._qa is not None

    @property
    def error(self) -> Exception | None:
        """Why the last try failed; None if it did not, or is still under way."""
        return self._error

    def qa(self) -> QA:
        """Opened, waiting for it if need be. What failed before is tried again.

        Raises:
            MssqaError: the index or the models will not open.
        """
        with self._lock:
            if self._qa is None:
                self._qa = self._opened()
            return self._qa

    def start(self) -> None:
        """Begin to open in the background, unless it is being opened or is open."""
        if not self.is_open and not self._lock.locked():
            Thread(target=self._try, name="opening", daemon=True).start()

    def then(self, act: Callable[[], object]) -> None:
        """What is to be done in the background once it is open."""
        self._then.append(act)

    def _opened(self) -> QA:
        try:
            qa = self._open_qa()
            _warm_up(qa)
        except Exception as error:
            self._error = error
            raise
        self._error = None
        return qa

    def _try(self) -> None:
        try:
            self.qa()
            for act in self._then:
                act()
        except MssqaError as error:
            log.warning("%s (%s)", error, error.hint)
        except Exception:
            log.exception("the page did not open as it should")


def _warm_up(qa: QA) -> None:
    """Come as far as the evidence a few times: the first reader waits no longer than others.

    What is asked are headlines: texts of the length and kind that the index has.
    """
    for article in qa.articles()[:READ_FIRST]:
        with suppress(QuestionError):  # a headline need not be one
            next(qa.stream(article.title))


def _once(load: Callable[[], Loaded]) -> Callable[[], Loaded]:
    """The same, loaded by whoever asks first; what failed before is tried again."""
    lock, loaded = Lock(), list[Loaded]()

    def get() -> Loaded:
        with lock:
            if not loaded:
                loaded.append(load())
            return loaded[0]

    return get
