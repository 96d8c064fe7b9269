"""How long whole answers take, and the memory they need, over five articles and over five thousand.

    MSSQA_DATA=... python bench/answers.py FOLDER [--questions N]

Asks the test questions of the five articles of corpus/, and news-quiz questions of the public
pages of one year, whose index in FOLDER (that of retrieval.py will do) is brought up to date first.
Each kind of generator is measured in a process of its own, for its memory: that of both indexes and
all models. Some questions go before those that count, for a start is paid once. Prints JSON.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import news
import retrieval

from mssqa.build import build_index
from mssqa.config import Config, load_config
from mssqa.evaluate.cases import load_cases
from mssqa.models import load_models
from mssqa.qa import QA
from mssqa.types import Found

ROOT = Path(__file__).parent.parent
KINDS = ("quote", "phrase")
FEW, MANY = "5 articles", "5,000 articles"
WARMING = 3  # questions that do not count
MOST = 60  # questions of each corpus


def main() -> None:
    """Bring the indexes up to date and measure each kind, all in processes of their own; print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, default=MOST, help="of each corpus")
    parser.add_argument("--step", choices=("build", *KINDS), help="do this one, in this process")
    options = parser.parse_args()
    match options.step:
        case None:
            _by_itself("build")
            printed = {kind: json.loads(_by_itself(kind)) for kind in KINDS}
        case "build":
            printed = build(options.folder)
        case kind:
            printed = measured(options.folder, kind=kind, most=options.questions)
    sys.stdout.write(json.dumps(printed, indent=1) + "\n")


def places(folder: Path, **settings: Any) -> dict[str, Config]:
    """The settings for each corpus, by a name for it."""
    few: dict[str, Any] = {"corpus__path": ROOT / "corpus", "index__path": folder / "few"}
    many: dict[str, Any] = {"corpus__path": folder / "corpus", "index__path": folder / "index"}
    return {FEW: load_config(**few, **settings), MANY: load_config(**many, **settings)}


def build(folder: Path) -> dict[str, int]:
    """Bring both indexes up to date; the articles in each."""
    configs = places(folder)
    if not configs[MANY].corpus.path.exists():
        retrieval.write_corpus(news.pages(), configs[MANY].corpus.path)
    return {name: build_index(config).articles for name, config in configs.items()}


def measured(folder: Path, *, kind: str, most: int) -> dict[str, Any]:
    """Milliseconds over each corpus, and the memory of this process at its largest, in MiB."""
    cases = load_cases(ROOT / "tests" / "data" / "questions.jsonl")
    asked = {
        FEW: [case.question for case in cases if not case.history],
        MANY: [query["question"] for query in news.queries()],
    }
    configs = places(folder, generator__kind=kind)
    began = time.perf_counter()
    models = load_models(configs[FEW])
    printed: dict[str, Any] = {"load_seconds": round(time.perf_counter() - began, 1)}
    for name, config in configs.items():
        with QA(config, models) as qa:
            printed[name] = milliseconds(_spread(asked[name], WARMING + most), qa)
    return printed | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def milliseconds(questions: Sequence[str], qa: QA) -> dict[str, Any]:
    """Until the evidence is chosen, and until the answer is whole; the first ones do not count."""
    firsts, wholes = zip(*(_timed(question, qa) for question in questions), strict=True)
    return {
        "questions": len(questions) - WARMING,
        "evidence_ms": summary(firsts[WARMING:]),
        "whole_ms": summary(wholes[WARMING:]),
    }


def summary(taken: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    return {
        "median": round(statistics.median(taken)),
        "p95": round(statistics.quantiles(taken, n=20, method="inclusive")[-1]),
    }


def _timed(question: str, qa: QA) -> tuple[float, float]:
    began = time.perf_counter()
    first = 0.0
    for event in qa.stream(question):
        if isinstance(event, Found):
            first = time.perf_counter() - began
    return 1000 * first, 1000 * (time.perf_counter() - began)


def _spread(questions: Iterable[str], most: int) -> list[str]:
    """At most so many, from beginning to end of a list that goes by type or date."""
    every = list(dict.fromkeys(questions))
    return every[:: max(1, len(every) // most)][:most]


def _by_itself(step: str) -> str:
    """What a process prints that does this step. A child inherits the peak of this one."""
    command = [sys.executable, __file__, *sys.argv[1:], "--step", step]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main()
