"""docs/evaluation.md: every table, and under what conditions it was measured."""

import platform
from collections.abc import Sequence
from datetime import date
from os import cpu_count

from mssqa import __version__
from mssqa.config import Config
from mssqa.evaluate import report
from mssqa.evaluate.figures import Measured
from mssqa.evaluate.metrics import Outcome

COMMAND = "MSSQA_DATA=… mssqa evaluate --page docs/evaluation.md"


def page(
    outcomes: Sequence[Outcome], measured: Sequence[Measured], *, config: Config, today: date
) -> str:
    """The whole page; a part that nothing was measured for is left out."""
    parts = [_head(config, today)]
    if outcomes:
        parts += [_OWN, report.summary(outcomes), _SECONDS, report.seconds(outcomes)]
    if measured:
        parts += [_PUBLIC, report.figures(measured), _conditions(measured)]
    if outcomes:
        parts += ["## Our own questions by type", report.by_type(outcomes)]
    return "\n\n".join(parts) + "\n"


def _head(config: Config, today: date) -> str:
    return f"""# Evaluation

Written by `{COMMAND}`
on {today.day} {today:%B %Y}: mssqa {__version__}, Python {platform.python_version()},
{cpu_count()} cores, `generator.kind` = `{config.generator.kind}`,
`reader.min_support` = {config.reader.min_support}. Shares lie between 0 and 1; a blank means that
no question counts there."""


_OWN = """## Our own questions

Questions over the articles in `corpus/`: [tests/data](../tests/data/README.md). Those "written
before" were written before any system had been run on them, those "written after" when answering
had been built; thresholds may be chosen on `dev`, `held` is only measured.

- *correct*: the text has the expected wording, or declines where the articles do not say.
- *correct and grounded*, of the answerable: and a citation stands in an article that bears it out.
- *first sentence correct*: the expected wording stands in the first sentence already, where one
  sentence can hold all that is expected.
- *false declines*: of the answerable, those declined. An answer in part is no decline.
- *exact quotes*: of the citations, those that stand letter by letter in the article, and in the
  file but for its line breaks.
- *claims*, *words*: sentences and words of an answer that is not declined, on average.

Targets: correct and grounded ≥ .85, unanswerable declined ≥ .85, false declines ≤ .10,
exact quotes 1.00."""

_SECONDS = """### Seconds

Of one question, by stage."""

_PUBLIC = """## Public sets

Never used for training or tuning. Questions are asked with `generator.kind` = `quote`: how a
sentence is worded changes neither what is found nor what is cited, and takes time."""


def _conditions(measured: Sequence[Measured]) -> str:
    return "\n".join(f"- `{one.name}` ({one.seconds:.0f} s): {one.conditions}." for one in measured)
