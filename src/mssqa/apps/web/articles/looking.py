"""What the Articles tab shows of the corpus and the index."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock

from mssqa import corpus
from mssqa.apps.web.articles.asked import Look
from mssqa.apps.web.articles.listing import Shelf, count
from mssqa.apps.web.articles.plot import plot
from mssqa.apps.web.articles.view import listed, reading, summary, trashed, undated
from mssqa.apps.web.trouble import WordedError
from mssqa.apps.web.wording import Wording
from mssqa.config import Config
from mssqa.errors import ArticleError, IndexNotFoundError
from mssqa.index.store import current_generation, open_any
from mssqa.ingest import ingest
from mssqa.ingest.clean import Removed
from mssqa.types import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The tab as it stands: HTML, and what its script needs beside it."""

    locked: str = ""  # why nothing is shown
    generation: str = ""
    summary: str = ""
    told: str = ""  # how many were found, in words
    list: str = ""
    trash: str = ""
    months: str = ""
    dated: bool = False  # whether there is anything to plot
    publishers: tuple[str, ...] = ()


class Looking:
    """The articles of whatever index is there now. Threads may share it; no model is needed."""

    def __init__(self, config: Config, *, today: Callable[[], date] = date.today) -> None:
        self._config = config
        self._today = today
        self._shelf = Shelf("", ())
        self._lock = Lock()

    @property
    def generation(self) -> str:
        """The name of the index that is there now, empty if there is none: one small file.

        Raises:
            IndexCorruptError: it cannot be told.
        """
        try:
            return current_generation(self._config.index.path)
        except IndexNotFoundError:
            return ""

    def look(self, look: Look, words: Wording) -> Seen:
        """The tab as it stands.

        Raises:
            IndexingError: the index is damaged.
        """
        shelf = self._newest()
        counts = count(shelf.articles)
        left_out = sum(each.published is None for each in shelf.articles)
        found = shelf.find(look.wanted)
        return Seen(
            generation=shelf.generation,
            summary=summary(shelf, words, today=self._today()),
            told=words("articles.found", count=len(found)) if look.words else "",
            list=listed(found, words, open_id=look.open, empty=not shelf.articles),
            trash=trashed(corpus.trash(self._config.corpus.path), words),
            months=plot(counts, words) + undated(left_out, words),
            dated=bool(counts),
            publishers=shelf.publishers,
        )

    def open(self, article_id: str, words: Wording) -> str:
        """One article as it is indexed and quoted, and what was left out of its file.

        Raises:
            ArticleError: there is no such article any more.
        """
        known = {each.id: each for each in self._newest().articles}
        if article_id not in known:
            raise WordedError("articles.gone")
        article = known[article_id]
        return reading(article, self._removed(article), words, today=self._today())

    def _removed(self, article: Article) -> tuple[Removed, ...] | None:
        """What cleaning took out of the file; None if the file holds something else by now."""
        folder = self._config.corpus.path
        try:
            read = ingest(folder / article.path, corpus=folder)
        except ArticleError:
            return None
        return read.removed if read.article.id == article.id else None

    def _newest(self) -> Shelf:
        with self._lock:
            if (generation := self.generation) != self._shelf.generation:
                self._shelf = self._read() if generation else Shelf("", ())
            return self._shelf

    def _read(self) -> Shelf:
        with open_any(self._config.index.path) as index:
            return Shelf(index.generation, index.articles())
