"""Tables, and what changed between two runs."""

from datetime import date
from pathlib import Path

import pytest
from doubles import FakeEmbedder, fake_models
from small_corpus import built, config_in, page, write_files

from mssqa.config import Config
from mssqa.errors import ConfigError
from mssqa.evaluate.cases import Case
from mssqa.evaluate.figures import Figure, Measured
from mssqa.evaluate.metrics import Outcome
from mssqa.evaluate.page import page as page_of
from mssqa.evaluate.report import by_type, changes, figures, seconds, summary
from mssqa.evaluate.run import evaluate, files_of, load, save
from mssqa.qa import QA

HEAD = (
    " | questions | correct | correct and grounded | first sentence correct | false declines"
    " | unanswerable declined | declining precision | citation precision | citation recall"
    " | exact quotes | claims | words | hit@1 | hit@5 |"
)
RULE = "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
RIGHT = "1.00 | 1.00 | 1.00 | .00 |  |  | 1.00 | .50 | 1.00 | 1.0 | 3.0 | 1.00 | 1.00 |"
HALF = ".50 | .50 | .50 | .00 |  |  | 1.00 | .50 | 1.00 | 1.0 | 3.0 | 1.00 | 1.00 |"
WRONG = ".00 | .00 | .00 | .00 |  |  | 1.00 | .50 | 1.00 | 1.0 | 3.0 | 1.00 | 1.00 |"


def outcome(
    name: str, *, correct: bool, written: str = "before", split: str = "dev", kind: str = "fact"
) -> Outcome:
    return Outcome(
        id=name,
        type=kind,
        split=split,
        written=written,
        answerable=True,
        declined=False,
        correct=correct,
        first_correct=correct,
        grounded=True,
        exact_quotes=1,
        citation_precision=1,
        citation_recall=0.5,
        rank=1,
        claims=1,
        words=3,
        text="Four ships sank.",
        timings_ms={"read": 100.0 if correct else 300.0, "total": 400.0},
    )


OUTCOMES = (
    outcome("q1", correct=True),
    outcome("q2", correct=False, kind="date"),
    outcome("q3", correct=True, written="after", split="held"),
)


def test_a_summary_has_a_row_for_each_group_of_questions() -> None:
    assert summary([*OUTCOMES[:2], outcome("q4", correct=True, written="after")]).splitlines() == [
        f"| questions of{HEAD}",
        RULE,
        f"| all | 3 | {HALF.replace('.50', '.67', 3)}",
        f"| written before, dev | 2 | {HALF}",
        f"| written after, dev | 1 | {RIGHT}",
    ]


def test_a_report_has_a_table_for_each_group_and_a_row_for_each_type() -> None:
    assert by_type(OUTCOMES).splitlines() == [
        "### written before, dev",
        "",
        f"| type{HEAD}",
        RULE,
        f"| all | 2 | {HALF}",
        f"| date | 1 | {WRONG}",
        f"| fact | 1 | {RIGHT}",
        "",
        "### written after, held",
        "",
        f"| type{HEAD}",
        RULE,
        f"| all | 1 | {RIGHT}",
        f"| fact | 1 | {RIGHT}",
    ]


def test_the_time_of_each_stage_is_told_in_seconds() -> None:
    assert seconds(OUTCOMES).splitlines()[2:] == [
        "| read | 0.100 | 0.300 |",
        "| total | 0.400 | 0.400 |",
    ]


MEASURED = Measured(
    name="ramdocs",
    conditions="all rows; each alone",
    figures=(Figure(what="all right", value=0.25, questions=4, target="≥ .20"),),
    seconds=2.4,
)


def test_each_figure_of_a_public_set_has_a_row() -> None:
    assert figures([MEASURED]).splitlines()[2:] == ["| ramdocs | all right | 4 | .25 | ≥ .20 |"]


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
    with QA(config, fake_models()) as qa:
        outcomes = evaluate([asked], qa, files=files_of(config.corpus.path))
    (fared,) = outcomes
    assert (fared.correct, fared.grounded, fared.exact_quotes, fared.rank) == (True, True, 1.0, 1)
    save(outcomes, tmp_path / "kept.jsonl")
    assert load(tmp_path / "kept.jsonl") == outcomes


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kept.jsonl").write_text("{}", "utf-8")
    with pytest.raises(ConfigError, match="cannot read outcomes from"):
        load(tmp_path / "kept.jsonl")


def test_a_page_tells_the_conditions_and_leaves_out_what_was_not_measured() -> None:
    today = date(2026, 3, 4)
    text = page_of(OUTCOMES, [MEASURED], config=Config(), today=today)
    assert text.startswith("# Evaluation\n\nWritten by `MSSQA_DATA=… mssqa evaluate --page")
    assert "on 4 March 2026: mssqa " in text
    assert "- `ramdocs` (2 s): all rows; each alone." in text
    assert text.endswith(f"{by_type(OUTCOMES)}\n")
    assert "Public sets" not in page_of(OUTCOMES, [], config=Config(), today=today)
    assert "Our own" not in page_of([], [MEASURED], config=Config(), today=today)
