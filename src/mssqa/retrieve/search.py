"""The passages that a query finds: by words and by meaning, both rankings fused."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mssqa.config import Retrieval
from mssqa.ports import Embedder, Ranking, Store
from mssqa.retrieve.copies import carried
from mssqa.retrieve.fuse import fuse
from mssqa.types import Hit, Query

LEXICAL_WEIGHT = 1.0
DENSE_WEIGHT = 1.0


def search(query: Query, store: Store, embedder: Embedder, config: Retrieval) -> tuple[Hit, ...]:
    """The best `config.hits` passages within the query's limits, best first.

    A passage of a near-duplicate article that says nothing new is folded into the better hit,
    which then has that article among its copies.
    """
    (vector,) = embedder.encode([query.text])
    lexical = store.lexical(query, limit=config.candidates)
    dense = store.dense(query, vector, limit=config.candidates)
    return _fold(_hits(lexical, dense, store, batch=config.hits), store, limit=config.hits)


def _hits(lexical: Ranking, dense: Ranking, store: Store, *, batch: int) -> Iterator[Hit]:
    """Both rankings fused, best first; passages are loaded as they are needed."""
    by_words = {key: rank for rank, (key, _) in enumerate(lexical, start=1)}
    by_meaning = {key: rank for rank, (key, _) in enumerate(dense, start=1)}
    fused = fuse([list(by_words), list(by_meaning)], weights=[LEXICAL_WEIGHT, DENSE_WEIGHT])
    for start in range(0, len(fused), batch):
        some = fused[start : start + batch]
        for (key, score), passage in zip(some, store.passages([k for k, _ in some]), strict=True):
            yield Hit(
                passage=passage,
                score=score,
                lexical_rank=by_words.get(key),
                dense_rank=by_meaning.get(key),
            )


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
