"""Questions that the articles can answer: to begin with, and to go on with. Each was tried.

They are found off the path of any answer: between two tries it is waited until nobody asks. There
is one search at a time: who comes while another is under way gets none rather than a turn.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain, islice, zip_longest
from threading import Lock

from mssqa.apps.web.asking.exchange import Exchange, Source
from mssqa.apps.web.asking.questions import questions
from mssqa.apps.web.opening import Opening
from mssqa.config import Config, Generator
from mssqa.errors import ArticleError
from mssqa.index.store import current_generation
from mssqa.ports import Models
from mssqa.qa import QA
from mssqa.text import sentence_spans
from mssqa.types import Article, Span, Status

MOST_EXAMPLES = 4
MOST_FOLLOW_UPS = 3
MOST_TRIED = 12  # questions, for one list
MOST_ARTICLES = 12  # read for examples, the newest
MOST_SENTENCES = 30  # read of one article
PATIENCE_SECONDS = 5.0  # that a question to be tried waits for those that are asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A question that an article may answer."""

    question: str
    article: str  # its id


def suggestions(config: Config, opening: Opening) -> Callable[[], "Suggestions"] | None:
    """What suggests questions, made once when first called; None if the models are not to be had.

    Args:
        config: the settings of the index.
        opening: whose models are used; it has to be open when the function is called.
    """
    models = opening.models
    is_quiet = partial(opening.gate.is_quiet, within_seconds=PATIENCE_SECONDS)
    return models and cache(lambda: Suggestions(config, models(), is_quiet=is_quiet))


class Suggestions:
    """What may be asked of one index. Threads may share it.

    Args:
        config: where the index is.
        models: what reads it.
        is_quiet: waits a while until nobody asks; False if somebody still does.
    """

    def __init__(self, config: Config, models: Models, *, is_quiet: Callable[[], bool]) -> None:
        quoting = config.model_copy(update={"generator": Generator(kind="quote")})
        self._qa = QA(quoting, replace(models, generator=None))  # words nothing: it is only tried
        self._parser = models.parser
        self._is_quiet = is_quiet
        self._index = config.index.path
        self._searching = Lock()
        self._examples: dict[str, tuple[str, ...]] = {}  # by generation

    def examples(self) -> tuple[str, ...]:
        """Questions to begin with, of different articles, the newest first."""
        generation = current_generation(self._index)
        with self._searching:
            if generation not in self._examples:
                newest = self._qa.articles()[:MOST_ARTICLES]
                asked = _in_turn(self._candidates(article, ()) for article in newest)
                found = self._answered(asked, most=MOST_EXAMPLES)
                self._examples = {generation: found} if found else {}
        return self._examples.get(generation, ())

    def follow_ups(self, exchange: Exchange, *, asked: Sequence[str]) -> tuple[str, ...]:
        """Questions that the articles answer which the exchange came upon.

        Args:
            exchange: the last one of the conversation.
            asked: the questions of the conversation, which are not suggested again.
        """
        if not self._searching.acquire(blocking=False):
            return ()
        try:
            sources = exchange.citations or exchange.nearest
            found = _in_turn(self._beside(article, sources) for article in _ids(sources))
            fresh = (each for each in found if each.question not in asked)
            return self._answered(fresh, most=MOST_FOLLOW_UPS)
        finally:
            self._searching.release()

    def _beside(self, article_id: str, sources: Sequence[Source]) -> Iterator[Candidate]:
        """What else an article answers, nearest to what was quoted of it first."""
        quoted = [Span(s.start, s.end) for s in sources if s.article.id == article_id]
        try:
            return self._candidates(self._qa.article(article_id), quoted)
        except ArticleError:  # it was removed meanwhile
            return iter(())

    def _candidates(self, article: Article, quoted: Sequence[Span]) -> Iterator[Candidate]:
        spans = [span for span in sentence_spans(article.text) if not _overlaps(span, quoted)]
        spans.sort(key=lambda span: min((abs(span.start - q.start) for q in quoted), default=0))
        for span in spans[:MOST_SENTENCES]:
            (parse,) = self._parser.parse([article.text[span.start : span.end]])
            for question in questions(parse):
                yield Candidate(question=question, article=article.id)

    def _answered(self, candidates: Iterable[Candidate], *, most: int) -> tuple[str, ...]:
        """The first of them that the index answers from the article that they come from."""
        different = {each.question: each for each in islice(candidates, MOST_TRIED)}
        tried = (each for each in different.values() if self._is_quiet())
        answered = (each.question for each in tried if self._is_answered(each))
        return tuple(islice(answered, most))

    def _is_answered(self, candidate: Candidate) -> bool:
        answer = self._qa.ask(candidate.question)
        cited = {each.passage.article.id for each in answer.citations}
        return answer.status is Status.SUPPORTED and candidate.article in cited


def _ids(sources: Sequence[Source]) -> list[str]:
    """The articles of the sources, each once."""
    return list(dict.fromkeys(source.article.id for source in sources))


def _in_turn(several: Iterable[Iterator[Candidate]]) -> Iterator[Candidate]:
    """One of each, then the second of each, and so on."""
    rounds = zip_longest(*several)
    return (each for each in chain.from_iterable(rounds) if each is not None)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
