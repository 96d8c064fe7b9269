"""Run every benchmark and write docs/benchmarks.md from what they print: `make bench`.

    MSSQA_DATA=... python bench/run.py [--folder DIR] [--only NAME ...]

Each benchmark is a script of its own that prints one JSON object; what it printed is kept in
DIR/NAME.json, so that `--only` may renew some and leave the others as they were measured.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

BENCH = Path(__file__).parent
PAGE = BENCH.parent / "docs" / "benchmarks.md"
NAMES = (
    "embedding", "retrieval", "follow_ups", "incremental", "scale", "answers", "page", "first_use",
)  # fmt: skip
LIBRARIES = ("torch", "sentence-transformers", "faiss-cpu", "tantivy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure worth a line of the table: where it stands and what it should be."""

    what: str
    bench: str
    key: str  # the way into the printed object, in steps divided by "/"
    target: str = ""

    def value(self, printed: Mapping[str, Any]) -> Any:
        """The figure, or a dash if the benchmark was not run."""
        found: Any = printed.get(self.bench, {})
        for step in self.key.split("/"):
            found = found.get(step, "–") if isinstance(found, Mapping) else "–"
        return found


ANSWER_TIMES = (
    ("quote", "median ms", "whole_ms/median", "≤ 250"),
    ("quote", "p95 ms", "whole_ms/p95", "≤ 600"),
    ("phrase", "first evidence, median ms", "evidence_ms/median", "≤ 300"),
    ("phrase", "median ms", "whole_ms/median", "≤ 1200"),
)

ROWS = (
    Row(
        what="embedding throughput, times the plain recipe",
        bench="embedding",
        key="ratio",
        target="≥ 1.5",
    ),
    Row(
        what="least cosine to the float32 vectors",
        bench="embedding",
        key="cosine_min",
        target="≥ 0.99",
    ),
    Row(what="one question embedded, median ms", bench="embedding", key="question_ms/median"),
    Row(what="embedder loaded by a new process, seconds", bench="embedding", key="load_seconds"),
    Row(what="the same, plain recipe", bench="embedding", key="plain_load_seconds"),
    Row(
        what="question → gold article, hit@1", bench="retrieval", key="fused/hit@1", target="≥ .50"
    ),
    Row(what="hit@5", bench="retrieval", key="fused/hit@5", target="≥ .77"),
    Row(what="hit@10", bench="retrieval", key="fused/hit@10"),
    Row(what="words alone, hit@1", bench="retrieval", key="words/hit@1"),
    Row(what="words alone, hit@5", bench="retrieval", key="words/hit@5"),
    Row(what="meaning alone, hit@1", bench="retrieval", key="meaning/hit@1"),
    Row(what="meaning alone, hit@5", bench="retrieval", key="meaning/hit@5"),
    Row(what="whole-page BM25, hit@1", bench="retrieval", key="whole pages/hit@1"),
    Row(what="whole-page BM25, hit@5", bench="retrieval", key="whole pages/hit@5"),
    Row(
        what="search with the question's embedding over 4,971 articles, p95 ms",
        bench="retrieval",
        key="search_ms/p95",
        target="≤ 40",
    ),
    Row(what="follow-up → its answer, hit@5", bench="follow_ups", key="resolved/hit@5"),
    Row(what="the question as asked, hit@5", bench="follow_ups", key="as asked/hit@5"),
    Row(
        what="rewritten by a person, hit@5",
        bench="follow_ups",
        key="rewritten by a person/hit@5",
    ),
    Row(
        what="questions that stand alone and are changed, share",
        bench="follow_ups",
        key="rewritten by a person and changed",
        target="< 0.05",
    ),
    Row(
        what="one article added to 5,000 until it is found, median s of 5",
        bench="incremental",
        key="add_until_found_median_seconds",
        target="≤ 2",
    ),
    Row(
        what="first build of those articles, seconds",
        bench="incremental",
        key="first_build_seconds",
    ),
    Row(
        what="a build when nothing changed, seconds",
        bench="incremental",
        key="nothing_changed_seconds",
    ),
    Row(
        what="a million passages: search p95 ms, questions",
        bench="scale",
        key="search/questions/p95_ms",
        target="≤ 100",
    ),
    Row(
        what="recall@10 against exact search, questions",
        bench="scale",
        key="search/questions/recall_at_10",
        target="≥ 0.98",
    ),
    Row(
        what="search p95 ms, sentences",
        bench="scale",
        key="search/sentences/p95_ms",
        target="≤ 100",
    ),
    Row(
        what="recall@10 against exact search, sentences",
        bench="scale",
        key="search/sentences/recall_at_10",
        target="≥ 0.98",
    ),
    Row(what="build of the vector index, seconds", bench="scale", key="build_seconds"),
    Row(what="peak memory of that process, MiB", bench="scale", key="peak_mb"),
    Row(what="of which the input vectors, MiB", bench="scale", key="vectors_in_memory_mb"),
    *(
        Row(
            what=f"a whole answer, `{kind}`, {corpus}: {named}",
            bench="answers",
            key=f"{kind}/{corpus}/{key}",
            target=target,
        )
        for corpus in ("5 articles", "5,000 articles")
        for kind, named, key, target in ANSWER_TIMES
    ),
    Row(
        what="memory of a process that answers, `quote`, MiB",
        bench="answers",
        key="quote/peak_mb",
        target="≤ 1500",
    ),
    Row(
        what="the same, `phrase`",
        bench="answers",
        key="phrase/peak_mb",
        target="≤ 1500",
    ),
    Row(
        what="20 people asking the page without a pause, `quote`: p95 seconds of an answer",
        bench="page",
        key="seconds/p95",
        target="≤ 5",
    ),
    Row(what="of their 2,000 questions, failed", bench="page", key="failed", target="0"),
    Row(
        what="memory that the page gained over the second thousand, MiB",
        bench="page",
        key="grown_mib_in_the_second_half",
    ),
    Row(
        what="from the page's address to typing, new browser, median ms",
        bench="first_use",
        key="typing_ms/median",
        target="≤ 1500",
    ),
    Row(
        what="from Enter to the first evidence on the page, median ms",
        bench="first_use",
        key="evidence_ms/median",
        target="≤ 400",
    ),
    Row(
        what="the same, the very first question of a server, ms",
        bench="first_use",
        key="very_first_evidence_ms",
    ),
)


def main() -> None:
    """Measure, then write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "mssqa-bench")
    parser.add_argument("--only", nargs="*", choices=NAMES, default=NAMES)
    parser.add_argument("--note", default="", help="a sentence about the conditions, for the page")
    options = parser.parse_args()
    if "MSSQA_DATA" not in os.environ:
        parser.error("set MSSQA_DATA to the folder that holds bench/")
    options.folder.mkdir(parents=True, exist_ok=True)
    for name in options.only:
        (options.folder / f"{name}.json").write_text(_printed_by(name, options.folder), "utf-8")
    PAGE.write_text(page(_kept(options.folder), note=options.note), "utf-8")


def page(printed: Mapping[str, Mapping[str, Any]], *, note: str) -> str:
    """The page, from what the benchmarks printed, and a note about the conditions."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    processor = printed.get("embedding", {}).get("processor", platform.processor())
    table = [f"| {row.what} | {row.value(printed)} | {row.target} |" for row in ROWS]
    raw = [f"### {name}\n\n```json\n{json.dumps(printed[name], indent=1)}\n```" for name in printed]
    return "\n".join(
        (
            "# Benchmarks",
            "",
            "Written by `make bench`, which runs the scripts of `bench/` one after the other.",
            f"Measured on {datetime.now(UTC):%d %B %Y}: {processor}, {os.cpu_count()} cores;",
            f"Python {platform.python_version()}, {libraries}.",
            *([note] if note else []),
            "",
            "| what | measured | target |",
            "|---|--:|--:|",
            *table,
            "",
            "## All that was printed",
            "",
            "\n\n".join(raw),
            "",
        )
    )


def _printed_by(name: str, folder: Path) -> str:
    arguments = {
        "retrieval": [str(folder / "retrieval")],
        "incremental": ["--folder", str(folder / "incremental")],
        "answers": [str(folder / "retrieval")],
        "page": [str(folder)],
        "first_use": [str(folder)],
    }
    command = [sys.executable, str(BENCH / f"{name}.py"), *arguments.get(name, [])]
    sys.stderr.write(f"{name} …\n")
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _kept(folder: Path) -> dict[str, Any]:
    files = {name: folder / f"{name}.json" for name in NAMES}
    return {name: json.loads(file.read_text()) for name, file in files.items() if file.exists()}


if __name__ == "__main__":
    main()
