"""From a question to an answer: the right half of the picture."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from threading import Lock
from typing import Self

from mssqa.ask.spelling import put_right
from mssqa.ask.understand import understand
from mssqa.clock import Clock
from mssqa.compose.rewrite import rewrite
from mssqa.config import Config, load_config
from mssqa.index.store import Index, current_generation, open_index
from mssqa.models import load_models
from mssqa.ports import Models, Store
from mssqa.respond import respond
from mssqa.retrieve.rerank import rerank
from mssqa.retrieve.search import search
from mssqa.types import Answer, Article, Checked, Event, Hit, Interval, Query, Turn

_OPENING = Lock()


class QA:
    """An open index with its models loaded. Threads may share it; a newer index is picked up."""

    def __init__(self, config: Config, models: Models) -> None:
        self._config = config
        self._models = models
        self._index = open_index(config, embedder=models.embedder.fingerprint)
        self._reopening = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the index go."""
        self._index.close()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        publishers: Sequence[str] = (),
        window: Interval | None = None,
    ) -> Answer:
        """What the articles say to a question, every sentence checked; or that they do not say.

        Args:
            question: 1 to 2,000 characters, in any language.
            history: earlier turns, oldest first.
            as_of: nothing published later is used, nor anything of unknown date.
            publishers: only these are used; empty means all.
            window: only what was published within it is used, and nothing of unknown date.

        Raises:
            QuestionError: the question is empty, too long or not text.
            IndexingError: the index has been replaced by one that cannot be used.
        """
        *_, last = self.stream(
            question, history=history, as_of=as_of, publishers=publishers, window=window
        )
        assert isinstance(last, Checked)
        return last.answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        publishers: Sequence[str] = (),
        window: Interval | None = None,
    ) -> Iterator[Event]:
        """The evidence, each sentence of the answer, then the whole `Answer`; see `ask`."""
        clock, store = Clock(), self._newest()
        with clock("understand"):
            query = self._understood(question, store, history, as_of, publishers, window)
        return respond(query, store, self._models, self._config, clock)

    def search(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        publishers: Sequence[str] = (),
        window: Interval | None = None,
    ) -> tuple[Hit, ...]:
        """The passages found for a question, best first after a look at each; see `ask`."""
        store = self._newest()
        query = self._understood(question, store, history, as_of, publishers, window)
        hits = search(query, store, self._models.embedder, self._config.retrieval)
        return rerank(query, hits, self._models.reader)

    def articles(self) -> tuple[Article, ...]:
        """All articles, newest first, those of unknown date last."""
        return self._newest().articles()

    def article(self, article_id: str) -> Article:
        """The article of that id.

        Raises:
            ArticleError: there is none.
        """
        return self._newest().article(article_id)

    def _newest(self) -> Index:
        """The current generation; one that is replaced closes when its last question is done."""
        with self._reopening:
            if self._index.generation != current_generation(self._config.index.path):
                self._index = open_index(self._config, embedder=self._models.embedder.fingerprint)
            return self._index

    def _understood(
        self,
        question: str,
        store: Store,
        history: Sequence[Turn],
        as_of: date | None,
        publishers: Sequence[str],
        window: Interval | None,
    ) -> Query:
        query = understand(
            put_right(question, store, self._models.embedder),
            history=history,
            as_of=as_of,
            publishers=publishers,
            window=window,
            today=datetime.now(tz=UTC).date(),
            parser=self._models.parser,
            rewrite=self._rewritten if self._chats else None,
        )
        return replace(query, question=question)

    @property
    def _chats(self) -> bool:
        """Whether a chat model writes, which may also rewrite what is asked."""
        return self._config.generator.kind in {"transformers", "openai"}

    def _rewritten(self, question: str, history: Sequence[Turn]) -> str | None:
        generator = self._models.generator
        return rewrite(question, history, generator) if generator else None


def open_qa(config: Config) -> QA:
    """Load the configured models and open the configured index. Slow: open once, ask often.

    Raises:
        IndexingError: the index is missing, damaged, or was made with other settings.
        ModelError: the weights are missing or will not load.
    """
    current_generation(config.index.path)  # if there is none, say so before the slow part
    return QA(config, load_models(config))


def answer(
    question: str,
    *,
    history: Sequence[Turn] = (),
    as_of: date | None = None,
    publishers: Sequence[str] = (),
    window: Interval | None = None,
) -> Answer:
    """`QA.ask` over the index of the configuration in force when it was first called."""
    with _OPENING:
        qa = _configured()
    return qa.ask(question, history=history, as_of=as_of, publishers=publishers, window=window)


@cache
def _configured() -> QA:
    return open_qa(load_config())
