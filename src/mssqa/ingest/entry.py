"""An article to what the index holds of it: sentences, passages, a signature."""

from mssqa.config import Passages
from mssqa.index.catalog import Entry
from mssqa.index.write import input_digest
from mssqa.ingest.duplicates import signature
from mssqa.ingest.split import embedding_input, fit, room, split
from mssqa.ports import Embedder
from mssqa.text import sentence_spans
from mssqa.types import Article


def entry_of(article: Article, *, embedder: Embedder, config: Passages) -> Entry:
    """The article with all that is derived from it but vectors."""
    count, max_tokens = embedder.count_tokens, embedder.max_tokens
    spans = sentence_spans(article.text, language=article.language)
    limit = room(article, count, config=config, max_tokens=max_tokens)
    sentences = fit(article.text, spans, count, limit=limit)
    passages = split(article, sentences, count, config=config, max_tokens=max_tokens)
    return Entry(
        article=article,
        sentences=sentences,
        passages=passages,
        inputs=tuple(input_digest(embedding_input(passage)) for passage in passages),
        signature=signature(article.text).astype("<u4").tobytes(),
    )
