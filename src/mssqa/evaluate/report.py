"""Outcomes as Markdown, and what changed between two runs."""

from collections.abc import Sequence

from mssqa.evaluate.metrics import Outcome, Summary, summarise

COLUMNS = {
    "questions": "questions",
    "correct": "correct",
    "correct_answerable": "correct, answerable",
    "grounded": "grounded",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "declining_precision": "declining precision",
    "declining_recall": "declining recall",
    "hit_at_1": "hit@1",
    "hit_at_5": "hit@5",
}


def report(outcomes: Sequence[Outcome]) -> str:
    """A table for each split: all its questions, then each type."""
    splits = sorted({outcome.split for outcome in outcomes})
    return "\n\n".join(
        f"### {split}\n\n{_table([o for o in outcomes if o.split == split])}" for split in splits
    )


def titled(report: str, *, questions: str) -> str:
    """A report as a page of its own."""
    return f"""# Evaluation

Written by `mssqa evaluate {questions} --page`. An answer is correct if its text has the expected
wording, or if it declines where the articles do not say. It is grounded if a citation stands in an
article that bears the answer out. Thresholds were chosen on `dev`; `held` was only measured.
A blank means that no question of the kind counts there.

{report}
"""


def changes(before: Sequence[Outcome], after: Sequence[Outcome]) -> tuple[str, ...]:
    """One line for each question whose outcome differs, or that only one run has."""
    old = {outcome.id: outcome for outcome in before}
    new = {outcome.id: outcome for outcome in after}
    names = dict.fromkeys((*old, *new))
    pairs = ((name, _verdict(old.get(name)), _verdict(new.get(name))) for name in names)
    return tuple(f"{name}: {was} → {now}" for name, was, now in pairs if was != now)


def _verdict(outcome: Outcome | None) -> str:
    """What counts as the outcome.

    >>> _verdict(None)
    'not asked'
    """
    if outcome is None:
        return "not asked"
    said = "declined" if outcome.declined else "answered"
    return f"{said}, {'right' if outcome.correct else 'wrong'}"


def _table(outcomes: Sequence[Outcome]) -> str:
    types = sorted({outcome.type for outcome in outcomes})
    rows = [_row("all", summarise(outcomes))]
    rows += [_row(kind, summarise([o for o in outcomes if o.type == kind])) for kind in types]
    head = f"| type | {' | '.join(COLUMNS.values())} |\n|---|{'--:|' * len(COLUMNS)}"
    return "\n".join((head, *rows))


def _row(name: str, summary: Summary) -> str:
    values = (getattr(summary, field) for field in COLUMNS)
    return f"| {name} | {' | '.join(map(_cell, values))} |"


def _cell(value: float | None) -> str:
    """A count as it is, a share with two decimals.

    >>> _cell(3), _cell(0.5), _cell(None)
    ('3', '.50', '')
    """
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.2f}".removeprefix("0")
