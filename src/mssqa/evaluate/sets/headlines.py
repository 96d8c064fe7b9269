"""RealTimeQA 2022: which page of some five thousand answers a question."""

from collections.abc import Iterable, Mapping

from mssqa.build import build_index
from mssqa.evaluate.figures import Figure
from mssqa.evaluate.metrics import rank, within
from mssqa.evaluate.sets.rows import Row, read, sample
from mssqa.evaluate.sets.tools import Page, Tools, day, markdown, place, write_files
from mssqa.evaluate.shares import mean
from mssqa.index.store import open_index
from mssqa.qa import QA

FOLDER = "headlines"
TARGETS = {1: "≥ .56", 5: "≥ .81", 10: "≥ .88"}


def measure(rows: Iterable[Row], tools: Tools, *, most: int) -> tuple[Figure, ...]:
    """Question → gold page, ranked by the product's search; the day of a quiz is not used."""
    config = place(tools.config, tools.folder / FOLDER)
    pages = {row["url"]: row for row in read(tools.data, "realtimeqa_2022_pages")}
    write_files({_name(row): _file(row) for row in pages.values()}, config.corpus.path)
    build_index(
        config,
        embedder=tools.models.embedder,
        progress=lambda step, done, total: tools.progress(f"{FOLDER}: {step}", done, total),
    )
    with open_index(config, embedder=tools.models.embedder.fingerprint) as index:
        paths = {article.id: article.path for article in index.articles()}
        stands_for = {
            file.path: paths[file.article] for file in index.catalog.files if file.article
        }
    with QA(config, tools.models) as qa:
        ranks = [
            rank(qa.search(row["question"]), _gold(row, pages, stands_for))
            for row in tools.follow(FOLDER, sample(rows, most))
        ]
    return tuple(
        Figure(
            what=f"hit@{k}",
            value=mean(within(one, k) for one in ranks),
            questions=len(ranks),
            target=target,
        )
        for k, target in TARGETS.items()
    )


def _gold(row: Row, pages: Mapping[str, Row], stands_for: Mapping[str, str]) -> set[str]:
    """The files of the gold pages, and those that are indexed in place of a copy."""
    names = {_name(pages[url]) for url in row["gold"]}
    return names | {stands_for[name] for name in names if name in stands_for}


def _name(page: Row) -> str:
    return f"{page['id']:05d}.md"


def _file(page: Row) -> str:
    return markdown(
        Page(text=page["text"], title=page["title"] or "", published=day(page["published"]))
    )
