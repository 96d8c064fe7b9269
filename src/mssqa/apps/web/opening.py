"""The index and the models, opened once, while the page is already up."""

import logging
from collections.abc import Callable
from threading import Lock, Thread

from mssqa.config import Config
from mssqa.errors import MssqaError
from mssqa.qa import QA, open_qa

log = logging.getLogger(__name__)


class Opening:
    """What opens the index and the models. Whoever comes first waits; everybody shares them."""

    def __init__(self, open_qa: Callable[[], QA]) -> None:
        self._open_qa = open_qa
        self._qa: QA | None = None
        self._lock = Lock()

    @classmethod
    def of(cls, config: Config) -> "Opening":
        """What opens the configured index."""
        return cls(lambda: open_qa(config))

    def qa(self) -> QA:
        """Opened, waiting for it if need be. What failed before is tried again.

        Raises:
            MssqaError: the index or the models will not open.
        """
        with self._lock:
            if self._qa is None:
                self._qa = self._open_qa()
            return self._qa

    def start(self) -> None:
        """Begin to open in the background."""
        Thread(target=self._try, name="opening", daemon=True).start()

    def _try(self) -> None:
        try:
            self.qa()
        except MssqaError as error:
            log.warning("%s (%s)", error, error.hint)
