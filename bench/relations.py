"""How often the relation of two statements is told right, on pairs of sentences of our own.

    python bench/relations.py [--written before|after|control|fresh|"fresh control"]

Prints the confusion table: a row for each relation that holds, a column for each that is told.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from mssqa.ask.wants import wants
from mssqa.compose.relations import relate
from mssqa.compose.statements import statements
from mssqa.models import load_parser
from mssqa.ports import Parser
from mssqa.types import Article, Evidence, Passage, Query, Relation, Span

PAIRS = Path(__file__).parent.parent / "tests" / "data" / "pairs.jsonl"
RELATIONS = (Relation.AGREES, Relation.SUPERSEDED, Relation.DISAGREES, Relation.DIFFERENT)

Row = dict[str, Any]


def rows(written: str | None) -> Iterator[Row]:
    """The pairs, all or those of one lot: written before the code, after it, ..."""
    for line in PAIRS.read_text("utf-8").splitlines():
        row = json.loads(line)
        if written in {None, row["written"]}:
            yield row


def told(row: Row, parser: Parser) -> Relation:
    """The relation that is told of a pair."""
    (parse,) = parser.parse([row["question"]])
    query = Query(question=row["question"], text=row["question"], wants=wants(parse))
    first, second = statements(query, [_piece(1, row["first"]), _piece(2, row["second"])], parser)
    return relate(first, second)


def table(pairs: Iterable[tuple[Relation, Relation]]) -> str:
    """The confusion table in Markdown of (holds, told) pairs."""
    counted = Counter(pairs)
    lines = [f"| holds \\ told | {' | '.join(RELATIONS)} |", f"|---|{'--:|' * len(RELATIONS)}"]
    lines += [
        f"| {holds} | {' | '.join(str(counted[holds, one]) for one in RELATIONS)} |"
        for holds in RELATIONS
    ]
    return "\n".join(lines)


def _piece(number: int, row: Row) -> Evidence:
    text, value = row["text"], row["value"]
    published = date.fromisoformat(row["published"]) if "published" in row else None
    article = Article(path=f"{number}.md", title=str(number), text=text, published=published)
    start = text.index(value)
    return Evidence(
        number=number,
        passage=Passage(article=article, ordinal=0, start=0, end=len(text)),
        sentence=Span(0, len(text)),
        answer=Span(start, start + len(value)),
        support=0.9,
    )


def main() -> None:
    """Print the table and what went wrong."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--written", choices=("before", "after", "control", "fresh", "fresh control")
    )
    parser = load_parser()
    chosen = list(rows(arguments.parse_args().written))
    pairs = [(Relation(row["relation"]), told(row, parser)) for row in chosen]
    right = sum(holds is said for holds, said in pairs)
    sys.stdout.write(f"{right} of {len(pairs)} right\n\n{table(pairs)}\n\n")
    for row, (holds, said) in zip(chosen, pairs, strict=True):
        if holds is not said:
            sys.stdout.write(f"{row['id']}: {holds}, told {said}: {row['question']}\n")


if __name__ == "__main__":
    main()
