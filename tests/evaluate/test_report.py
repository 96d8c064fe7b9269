"""Tables, and what changed between two runs."""

from pathlib import Path

import pytest
from doubles import FakeEmbedder, FakeReader
from small_corpus import built, config_in, page, write_files

from mssqa.errors import ConfigError
from mssqa.evaluate.cases import Case
from mssqa.evaluate.metrics import Outcome
from mssqa.evaluate.report import changes, report, titled
from mssqa.evaluate.run import evaluate, load, save
from mssqa.qa import QA

HEAD = (
    "| type | questions | correct | correct, answerable | grounded | citation precision"
    " | citation recall | declining precision | declining recall | hit@1 | hit@5 |"
)


def outcome(name: str, *, correct: bool, split: str = "dev", kind: str = "fact") -> Outcome:
    return Outcome(
        id=name,
        type=kind,
        split=split,
        answerable=True,
        declined=False,
        correct=correct,
        grounded=True,
        citation_precision=1,
        citation_recall=0.5,
        rank=1,
        text="Four.",
    )


def test_a_report_has_a_table_for_each_split_and_a_row_for_each_type() -> None:
    text = report(
        [
            outcome("q1", correct=True),
            outcome("q2", correct=False, kind="date"),
            outcome("q3", correct=True, split="held"),
        ]
    )
    assert text.splitlines() == [
        "### dev",
        "",
        HEAD,
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        "| all | 2 | .50 | .50 | 1.00 | 1.00 | .50 |  |  | 1.00 | 1.00 |",
        "| date | 1 | .00 | .00 | 1.00 | 1.00 | .50 |  |  | 1.00 | 1.00 |",
        "| fact | 1 | 1.00 | 1.00 | 1.00 | 1.00 | .50 |  |  | 1.00 | 1.00 |",
        "",
        "### held",
        "",
        HEAD,
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        "| all | 1 | 1.00 | 1.00 | 1.00 | 1.00 | .50 |  |  | 1.00 | 1.00 |",
        "| fact | 1 | 1.00 | 1.00 | 1.00 | 1.00 | .50 |  |  | 1.00 | 1.00 |",
    ]


def test_each_question_whose_outcome_changed_is_named() -> None:
    before = [outcome("q1", correct=True), outcome("q2", correct=True), outcome("q3", correct=True)]
    after = [outcome("q2", correct=False), outcome("q3", correct=True), outcome("q4", correct=True)]
    assert changes(before, after) == (
        "q1: answered, right → not asked",
        "q2: answered, right → answered, wrong",
        "q4: not asked → answered, right",
    )


def test_questions_are_asked_of_an_index_and_their_outcomes_kept(tmp_path: Path) -> None:
    config = config_in(tmp_path, reader__min_support=0.01)
    write_files(config, {"a.md": page("Harbour", "Four ships sank in the harbour of Oslo.")})
    built(config, FakeEmbedder())
    asked = Case(
        id="q1",
        question="How many ships sank in the harbour?",
        type="number",
        answers=("four",),
        articles=("a.md",),
        split="dev",
        written="before",
    )
    with QA(config, FakeEmbedder(), FakeReader()) as qa:
        outcomes = evaluate([asked], qa)
    assert [(o.id, o.correct, o.grounded, o.rank) for o in outcomes] == [("q1", True, True, 1)]
    save(outcomes, tmp_path / "kept.jsonl")
    assert load(tmp_path / "kept.jsonl") == outcomes


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kept.jsonl").write_text("{}", "utf-8")
    with pytest.raises(ConfigError, match="cannot read outcomes from"):
        load(tmp_path / "kept.jsonl")


def test_a_page_says_what_the_columns_mean() -> None:
    page = titled("| a table |", questions="questions.jsonl")
    assert page.startswith("# Evaluation\n\nWritten by `mssqa evaluate questions.jsonl --page`.")
    assert page.endswith("\n| a table |\n")
