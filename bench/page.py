"""Twenty people asking the page at once: how long they wait, and what it costs in memory.

    python bench/page.py FOLDER [--people N] [--questions N]

Serves the starter articles with the kind of generator `quote`, as `mssqa serve` does, in a process
of its own, with an index in FOLDER. Each person asks the next question as soon as the last one is
answered, by the door that the page itself uses. Prints JSON.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx2

from mssqa.build import build_index
from mssqa.config import load_config
from mssqa.evaluate.cases import load_cases

ROOT = Path(__file__).parent.parent
PARTS = 10  # of the questions; the memory is read after each
SLOWEST_SECONDS = 120


def main() -> None:
    """Serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--questions", type=int, default=2_000)
    options = parser.parse_args()
    cases = load_cases(ROOT / "tests" / "data" / "questions.jsonl")
    asked = [case.question for case in cases if not case.history]
    with served(options.folder / "page") as (url, process):
        ask_all(url, asked[: options.people], people=options.people)  # a start is paid once
        printed = measured(url, process, list(islice(cycle(asked), options.questions)), options)
    sys.stdout.write(json.dumps(printed, indent=1) + "\n")


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """The address and the process of a page over the starter articles."""
    settings: dict[str, Any] = {"corpus__path": ROOT / "corpus", "index__path": folder / "index"}
    build_index(load_config(**settings))
    command = [sys.executable, "-m", "mssqa", "serve", "--port", "0"]
    command += ["--corpus", str(ROOT / "corpus"), "--index", str(folder / "index")]
    variables = {
        "MSSQA_GENERATOR__KIND": "quote",
        "MSSQA_PAGE__DATA": str(folder / "data"),
        "MSSQA_PAGE__QUESTIONS_PER_MINUTE": "100000",
    }
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=os.environ | variables
    ) as process:
        assert process.stderr is not None
        try:
            said = (re.search(r"http://[\d.:]+/", each) for each in process.stderr)
            yield next(filter(None, said)).group(), process.pid
        finally:
            process.terminate()


def measured(
    url: str, process: int, questions: Sequence[str], options: argparse.Namespace
) -> dict[str, Any]:
    """How long the answers took, how many failed, and the memory of the process as it went on."""
    taken: list[float] = []
    memory = [resident_mib(process)]
    began = time.perf_counter()
    for part in range(PARTS):
        taken += ask_all(url, questions[part::PARTS], people=options.people)
        memory.append(resident_mib(process))
        sys.stderr.write(f"{len(taken)} answers, {memory[-1]} MiB\n")
    seconds = time.perf_counter() - began
    answered = [each for each in taken if each]
    return {
        "people": options.people,
        "questions": len(questions),
        "failed": len(taken) - len(answered),
        "seconds": {
            "median": round(statistics.median(answered), 2),
            "p95": round(statistics.quantiles(answered, n=20, method="inclusive")[-1], 2),
            "slowest": round(max(answered), 2),
        },
        "answers_per_second": round(len(answered) / seconds, 1),
        "memory_mib": memory,
        "grown_mib_in_the_second_half": memory[-1] - memory[PARTS // 2],
    }


def ask_all(url: str, questions: Sequence[str], *, people: int) -> list[float]:
    """Seconds until each was answered, 0 for one that failed; so many people at once."""
    with httpx2.Client(base_url=url) as client:
        listed = client.get("config").json()["dependencies"]
    door = next(each["id"] for each in listed if each["api_name"] == "ask")

    def person(number: int) -> list[float]:
        with httpx2.Client(base_url=url, timeout=SLOWEST_SECONDS) as client:
            return [ask(client, door, f"p{number}", each) for each in questions[number::people]]

    with ThreadPoolExecutor(people) as pool:
        return [seconds for each in pool.map(person, range(people)) for seconds in each]


def ask(client: httpx2.Client, door: int, session: str, question: str) -> float:
    """Seconds until a question is answered, as an open page asks it; 0 if it is not."""
    began = time.perf_counter()
    sent = {"data": [question, None, None, None], "fn_index": door, "session_hash": session}
    client.post("gradio_api/queue/join", json=sent).raise_for_status()
    with client.stream("GET", "gradio_api/queue/data", params={"session_hash": session}) as reply:
        for line in reply.iter_lines():
            told = json.loads(line.removeprefix("data: ")) if line else {}
            if told.get("msg") == "process_completed":
                answered = told["success"] and "status" in told["output"]["data"][0]
                return time.perf_counter() - began if answered else 0.0
    return 0.0


def resident_mib(process: int) -> int:
    """The memory that a process holds."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    main()
