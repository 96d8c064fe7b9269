"""Outcomes and figures as Markdown, and what changed between two runs."""

from collections.abc import Iterable, Sequence

from mssqa.evaluate.figures import Measured
from mssqa.evaluate.metrics import Outcome, Summary, summarise
from mssqa.evaluate.shares import quantile

COLUMNS = {
    "questions": "questions",
    "correct": "correct",
    "correct_and_grounded": "correct and grounded",
    "first_correct": "first sentence correct",
    "false_declines": "false declines",
    "declined": "unanswerable declined",
    "declining_precision": "declining precision",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "exact_quotes": "exact quotes",
    "claims": "claims",
    "words": "words",
    "hit_at_1": "hit@1",
    "hit_at_5": "hit@5",
}
AMOUNTS = frozenset({"claims", "words"})  # not shares


def summary(outcomes: Sequence[Outcome]) -> str:
    """A table with a row for all questions and one for each group of them."""
    rows = [_row("all", summarise(outcomes))]
    rows += [_row(name, summarise(group)) for name, group in _groups(outcomes)]
    return _table("questions of", rows)


def by_type(outcomes: Sequence[Outcome]) -> str:
    """A table for each group: all its questions, then each type."""
    return "\n\n".join(f"### {name}\n\n{_types(group)}" for name, group in _groups(outcomes))


def seconds(outcomes: Sequence[Outcome]) -> str:
    """A table of the time that each stage took, in the order of the stages."""
    stages = dict.fromkeys(stage for outcome in outcomes for stage in outcome.timings_ms)
    lines = ["| stage | median s | p95 s |", "|---|--:|--:|"]
    for stage in stages:
        times = [o.timings_ms[stage] / 1000 for o in outcomes if stage in o.timings_ms]
        middle, late = quantile(times, 0.5), quantile(times, 0.95)
        lines.append(f"| {stage} | {middle:.3f} | {late:.3f} |")
    return "\n".join(lines)


def figures(measured: Iterable[Measured]) -> str:
    """A table of all figures of the public sets, each with its target if there is one."""
    lines = ["| set | figure | questions | measured | target |", "|---|---|--:|--:|--:|"]
    lines += [
        f"| {one.name} | {figure.what} | {figure.questions} | {_cell(figure.value)} "
        f"| {figure.target} |"
        for one in measured
        for figure in one.figures
    ]
    return "\n".join(lines)


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


def _groups(outcomes: Sequence[Outcome]) -> list[tuple[str, list[Outcome]]]:
    """Those written before and after the system was run, each by split."""
    keys = sorted({(o.written, o.split) for o in outcomes}, key=lambda key: (key[0][::-1], key[1]))
    return [
        (
            f"written {written}, {split}",
            [o for o in outcomes if (o.written, o.split) == (written, split)],
        )
        for written, split in keys
    ]


def _types(outcomes: Sequence[Outcome]) -> str:
    types = sorted({outcome.type for outcome in outcomes})
    rows = [_row("all", summarise(outcomes))]
    rows += [_row(kind, summarise([o for o in outcomes if o.type == kind])) for kind in types]
    return _table("type", rows)


def _table(first: str, rows: Iterable[str]) -> str:
    head = f"| {first} | {' | '.join(COLUMNS.values())} |\n|---|{'--:|' * len(COLUMNS)}"
    return "\n".join((head, *rows))


def _row(name: str, summary: Summary) -> str:
    values = (
        f"{value:.1f}" if field in AMOUNTS and value is not None else _cell(value)
        for field, value in ((field, getattr(summary, field)) for field in COLUMNS)
    )
    return f"| {name} | {' | '.join(values)} |"


def _cell(value: float | None) -> str:
    """A count as it is, a share with two decimals.

    >>> _cell(3), _cell(0.5), _cell(None)
    ('3', '.50', '')
    """
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.2f}".removeprefix("0")
