"""The sentences among the hits that hold an answer, each with how likely it is to be one."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from mssqa.config import Reader as Settings
from mssqa.ports import Models, Store
from mssqa.retrieve.candidates import Candidate, candidates
from mssqa.retrieve.copies import allowed, carried
from mssqa.retrieve.readings import readings
from mssqa.retrieve.weigh import supports
from mssqa.text import words
from mssqa.types import Article, Evidence, Hit, Query

NEAR = 40.0  # how many times as high the odds of the best may be, and a sentence still count


class _Weighed(NamedTuple):
    found: Candidate
    support: float

    @property
    def odds(self) -> float:
        return self.support / max(1e-9, 1 - self.support)


def read(
    query: Query,
    hits: Sequence[Hit],
    store: Store,
    models: Models,
    settings: Settings,
) -> tuple[Evidence, ...]:
    """The best sentences of the first `settings.passages` hits, best first, numbered from 1.

    At most `settings.max_evidence`, none much less sure than the best. Near-duplicate articles
    that carry the same sentence are its copies; distinct ones are evidence of their own.
    """
    best = _weighed(query, hits[: settings.passages], store, models)
    near = [one for one in best if best[0].odds <= NEAR * one.odds]
    chosen = islice(_distinct(near, store), settings.max_evidence)
    return tuple(
        Evidence(
            number=number,
            passage=found.passage,
            sentence=found.sentence,
            answer=found.answer,
            support=support,
            copies=_copies(found, query, store),
        )
        for number, (found, support) in enumerate(chosen, start=1)
    )


def _weighed(query: Query, hits: Sequence[Hit], store: Store, models: Models) -> list[_Weighed]:
    """The sentences that hold a reading, best first; ties by margin, then in the hits' order."""
    found = candidates(hits, readings(query, hits, models.reader), store.sentences)
    weighed = map(_Weighed, found, supports(query, found, models))
    return sorted(weighed, key=lambda one: -one.support)


def _distinct(weighed: Iterable[_Weighed], store: Store) -> Iterator[_Weighed]:
    """Without the sentences that a better one's near-duplicate article carries word for word."""
    taken: set[tuple[tuple[str, ...], str]] = set()
    for one in weighed:
        said, article_id = words(one.found.text), one.found.passage.article.id
        alike = {article_id, *(copy.id for copy in store.copies(article_id))}
        if taken.isdisjoint((said, other) for other in alike):
            taken.add((said, article_id))
            yield one


def _copies(found: Candidate, query: Query, store: Store) -> tuple[Article, ...]:
    near = allowed(store.copies(found.passage.article.id), query)
    return tuple(article for article in near if carried([found.text], article.text))
