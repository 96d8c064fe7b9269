"""The passages that a query finds: by words and by meaning, both rankings fused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mssqa.config import Retrieval
from mssqa.ports import Embedder, Ranking, Store
from mssqa.retrieve.copies import carried
from mssqa.retrieve.fuse import fuse
from mssqa.types import Hit, Passage, Query

# Chosen on questions of our own: docs/decisions/retrieval.md
WEIGHTS = (1.5, 1.0)  # of words and of meaning
K = 10  # of rank fusion: smaller than the usual 60, so that the first ranks stand out
LEAD = 0.1  # more for the passage that opens its article, as a share of the best score


def search(query: Query, store: Store, embedder: Embedder, config: Retrieval) -> tuple[Hit, ...]:
    """The best `config.hits` passages within the query's limits, best first.

    A passage of a near-duplicate article that says nothing new is folded into the better hit,
    which then has that article among its copies.
    """
    (vector,) = embedder.encode([query.text])
    lexical = store.lexical(query, limit=config.candidates)
    dense = store.dense(query, vector, limit=config.candidates)
    return _fold(_hits(lexical, dense, store), store, limit=config.hits)


def _hits(lexical: Ranking, dense: Ranking, store: Store) -> Iterator[Hit]:
    """Both rankings fused, best first; the ranks that a hit names are those before fusing."""
    by_words = {key: rank for rank, (key, _) in enumerate(lexical, start=1)}
    by_meaning = {key: rank for rank, (key, _) in enumerate(dense, start=1)}
    keys = list(dict.fromkeys((*by_words, *by_meaning)))
    passages = dict(zip(keys, store.passages(keys), strict=True))
    rankings = [_leads_first(ranking, passages) for ranking in (lexical, dense)]
    for key, score in fuse(rankings, weights=WEIGHTS, k=K):
        yield Hit(
            passage=passages[key],
            score=score,
            lexical_rank=by_words.get(key),
            dense_rank=by_meaning.get(key),
        )


def _leads_first(ranking: Ranking, passages: Mapping[int, Passage]) -> list[int]:
    """The keys, the openings of articles moved up: news says in its lead what it is about."""
    best = max((score for _, score in ranking), default=0.0)

    def merit(scored: tuple[int, float]) -> float:
        key, score = scored
        return score + (LEAD * best if passages[key].ordinal == 0 else 0.0)

    return [key for key, _ in sorted(ranking, key=merit, reverse=True)]


def _fold(hits: Iterable[Hit], store: Store, *, limit: int) -> tuple[Hit, ...]:
    """The best hits; one that only repeats a better one is named among the copies of that one."""
    kept: list[Hit] = []
    for hit in hits:
        place = _repeated(hit, kept, store)
        if place is not None:
            kept[place] = _with_copy(kept[place], hit)
        else:
            kept.append(hit)
        if len(kept) == limit:
            break
    return tuple(kept)


def _repeated(hit: Hit, kept: Sequence[Hit], store: Store) -> int | None:
    """The place of the kept hit that says all that this one says."""
    copies = {article.id for article in store.copies(hit.passage.article.id)}
    near = [place for place, other in enumerate(kept) if other.passage.article.id in copies]
    if not near:
        return None
    text = hit.passage.article.text
    sentences = [text[start:end] for start, end in store.sentences(hit.passage)]
    return next((place for place in near if _says_all(kept[place], sentences)), None)


def _says_all(hit: Hit, sentences: Sequence[str]) -> bool:
    """Whether its passage has at least half of the sentences, and its article all of them.

    The windows of two copies seldom begin at the same word; an update with another figure has a
    sentence that the older article lacks.
    """
    in_article = carried(sentences, hit.passage.article.text)
    in_passage = carried(sentences, hit.passage.text)
    return in_article == len(sentences) and 2 * in_passage >= len(sentences)


def _with_copy(hit: Hit, copy: Hit) -> Hit:
    article = copy.passage.article
    return hit if article in hit.copies else replace(hit, copies=(*hit.copies, article))
