"""From a question to an answer: the right half of the picture."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from threading import Lock
from typing import Self

from mssqa.ask.understand import understand
from mssqa.compose.claims import draft
from mssqa.compose.verify import verify
from mssqa.compose.write import sentence, write
from mssqa.config import Config, load_config
from mssqa.index.store import Index, current_generation, open_index
from mssqa.models import load_embedder, load_reader
from mssqa.ports import Embedder, Reader, Store
from mssqa.retrieve.copies import allowed
from mssqa.retrieve.read import read
from mssqa.retrieve.search import search
from mssqa.types import (
    Answer,
    Article,
    Checked,
    Event,
    Found,
    Hit,
    Interval,
    Query,
    Status,
    Turn,
    Wrote,
)

_OPENING = Lock()


class QA:
    """An open index with its models loaded. Threads may share it; a newer index is picked up."""

    def __init__(self, config: Config, embedder: Embedder, reader: Reader) -> None:
        self._config = config
        self._embedder = embedder
        self._reader = reader
        self._index = open_index(config, embedder=embedder.fingerprint)
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
        clock = _Clock()
        with clock("understand"):
            query = understand(
                question, history=history, as_of=as_of, publishers=publishers, window=window
            )
        return self._events(query, self._newest(), clock)

    def search(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        publishers: Sequence[str] = (),
        window: Interval | None = None,
    ) -> tuple[Hit, ...]:
        """The passages that the answer to a question would be read from, best first; see `ask`."""
        query = understand(
            question, history=history, as_of=as_of, publishers=publishers, window=window
        )
        return search(query, self._newest(), self._embedder, self._config.retrieval)

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
                self._index = open_index(self._config, embedder=self._embedder.fingerprint)
            return self._index

    def _events(self, query: Query, store: Store, clock: "_Clock") -> Iterator[Event]:
        with clock("search"):
            hits = search(query, store, self._embedder, self._config.retrieval)
        with clock("read"):
            found = read(query, hits, store, self._reader, self._config.reader)
        enough = bool(found) and found[0].support >= self._config.reader.min_support
        evidence = found if enough else ()
        yield Found(evidence=evidence)
        with clock("compose"):
            unchecked = draft(query, evidence)
        with clock("verify"):
            claims = verify(unchecked)
        for claim in claims:
            yield Wrote(sentence=sentence(claim), checked=True)
        yield Checked(
            answer=Answer(
                query=query,
                status=Status.SUPPORTED if claims else Status.DECLINED,
                text=write(claims, query, undated=_undated(query, store)),
                claims=claims,
                evidence=evidence if claims else (),
                nearest=() if claims else found,
                generation=store.generation,
                timings_ms=clock.stopped(),
            )
        )


def open_qa(config: Config) -> QA:
    """Load the configured models and open the configured index. Slow: open once, ask often.

    Raises:
        IndexingError: the index is missing, damaged, or was made with other settings.
        ModelError: the weights are missing or will not load.
    """
    current_generation(config.index.path)  # if there is none, say so before the slow part
    return QA(config, load_embedder(config.embedder), load_reader(config.reader))


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


def _undated(query: Query, store: Store) -> int:
    """How many articles a limit on dates leaves out because their date is unknown."""
    if not query.limits_dates:
        return 0
    anytime = replace(query, window=None, as_of=None)
    return sum(article.published is None for article in allowed(store.articles(), anytime))


class _Clock:
    """How long each stage took, in milliseconds."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self._stages[stage] = 1000 * (time.perf_counter() - began)

    def stopped(self) -> dict[str, float]:
        return {**self._stages, "total": 1000 * (time.perf_counter() - self._began)}
