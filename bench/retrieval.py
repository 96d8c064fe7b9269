"""Question → gold article on the RealTimeQA-2022 pages, and how long a search takes.

    MSSQA_DATA=... python bench/retrieval.py FOLDER

Writes the pages as Markdown into FOLDER/corpus, builds (or brings up to date) FOLDER/index through
the pipeline as it is, asks the 206 questions, and prints JSON. The date of a quiz is not used.
"whole pages" is BM25 over title and text of each page, as the plain reference.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import news
import numpy as np

from mssqa.build import build_index
from mssqa.config import Config, load_config
from mssqa.evaluate.metrics import rank
from mssqa.index import lexical
from mssqa.index.store import Index, open_index
from mssqa.models import load_embedder
from mssqa.ports import Embedder, Ranking
from mssqa.retrieve.search import search
from mssqa.types import Article, Hit, Passage, Query

LIMIT = 100
TIMED_ROUNDS = 3

Find = Callable[[Query], Sequence[Hit]]


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    pages = news.pages()
    config = load_config(corpus__path=folder / "corpus", index__path=folder / "index")
    write_corpus(pages, config.corpus.path)
    embedder = load_embedder(config.embedder)
    build_index(config, embedder=embedder)
    with open_index(config, embedder=embedder.fingerprint) as index:
        questions = questions_of(news.queries(), pages, index)
        sys.stdout.write(json.dumps(measure(questions, pages, index, embedder, config), indent=2))
    sys.stdout.write("\n")


def questions_of(
    queries: Sequence[dict[str, Any]], pages: Sequence[dict[str, Any]], index: Index
) -> list[tuple[Query, set[str]]]:
    """Each question with the paths of its gold pages, and of the article that stands for each.

    Of pages with the same text only one is indexed.
    """
    paths = {page["url"]: path_of(page) for page in pages}
    indexed = {article.id: article.path for article in index.articles()}
    stands_for = {file.path: indexed[file.article] for file in index.catalog.files if file.article}
    return [
        (
            Query(question=query["question"], text=" ".join(query["question"].split())),
            {
                path
                for url in query["gold"]
                for path in (paths[url], stands_for.get(paths[url], paths[url]))
            },
        )
        for query in queries
    ]


def path_of(page: dict[str, Any]) -> str:
    """The file of a page."""
    return f"{page['id']:05d}.md"


def write_corpus(pages: Sequence[dict[str, Any]], folder: Path) -> None:
    """One Markdown file for each page; files that are there already stay as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages:
        published = (page["published"] or "").replace("/", "-")
        lines = ["---", f"title: {json.dumps(page['title'] or '', ensure_ascii=False)}"]
        lines += [f"published: {published}"] if published else []
        file = folder / path_of(page)
        if not file.exists():
            file.write_text("\n".join((*lines, "---", "", page["text"], "")), "utf-8")


def measure(
    questions: Sequence[tuple[Query, set[str]]],
    pages: Sequence[dict[str, Any]],
    index: Index,
    embedder: Embedder,
    config: Config,
) -> dict[str, Any]:
    """Shares of questions whose gold article is among the first, and milliseconds."""
    retrieval = config.retrieval

    def by_words(query: Query) -> Sequence[Hit]:
        return hits(index.lexical(query, limit=LIMIT), index.passages)

    def by_meaning(query: Query) -> Sequence[Hit]:
        (vector,) = embedder.encode([query.text])
        return hits(index.dense(query, vector, limit=LIMIT), index.passages)

    def fused(query: Query) -> Sequence[Hit]:
        return search(query, index, embedder, retrieval)

    with tempfile.TemporaryDirectory() as folder:
        whole = whole_pages(pages, Path(folder) / "words")
        return {
            "articles": len(index.articles()),
            "passages": index.words.passages,
            "questions": len(questions),
            "whole pages": shares(questions, whole),
            "words": shares(questions, by_words),
            "meaning": shares(questions, by_meaning),
            "fused": shares(questions, fused),
            "search_ms": timed(questions, fused),
        }


def hits(ranking: Ranking, passages: Callable[[Sequence[int]], Sequence[Passage]]) -> list[Hit]:
    """One ranking as hits."""
    found = passages([key for key, _ in ranking])
    return [
        Hit(passage=passage, score=score, lexical_rank=place)
        for place, (passage, (_, score)) in enumerate(zip(found, ranking, strict=True), start=1)
    ]


def whole_pages(pages: Sequence[dict[str, Any]], folder: Path) -> Find:
    """A search over the pages as they are, title and text in one."""
    texts = [f"{page['title'] or ''}\n{page['text']}" for page in pages]
    found = [
        Passage(
            article=Article(path=path_of(page), title="", text=text),
            ordinal=0,
            start=0,
            end=len(text),
        )
        for page, text in zip(pages, texts, strict=True)
    ]
    lexical.write(folder, enumerate(found))
    words = lexical.Lexical(folder)

    def find(query: Query) -> Sequence[Hit]:
        ranking = words.search(query, limit=LIMIT)
        return hits(ranking, lambda keys: [found[key] for key in keys])

    return find


def shares(questions: Sequence[tuple[Query, set[str]]], find: Find) -> dict[str, float]:
    """hit@1, hit@5 and hit@10."""
    ranks = [rank(find(query), gold) or LIMIT + 1 for query, gold in questions]
    return {f"hit@{k}": round(float(np.mean(np.array(ranks) <= k)), 3) for k in (1, 5, 10)}


def timed(questions: Sequence[tuple[Query, set[str]]], find: Find) -> dict[str, float]:
    """Median and 95th percentile of a search, the embedding of the question included."""
    taken = []
    for query, _ in list(questions) * TIMED_ROUNDS:
        began = time.perf_counter()
        find(query)
        taken.append(1000 * (time.perf_counter() - began))
    return {
        "p50": round(statistics.median(taken), 1),
        "p95": round(statistics.quantiles(taken, n=20)[-1], 1),
    }


if __name__ == "__main__":
    main()
