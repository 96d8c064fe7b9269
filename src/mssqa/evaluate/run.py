"""Ask test questions, and keep how they fared."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from mssqa import corpus
from mssqa.errors import ArticleError, ConfigError
from mssqa.evaluate.cases import Case
from mssqa.evaluate.metrics import Outcome, judge
from mssqa.ingest.read import read
from mssqa.qa import QA


def evaluate(cases: Iterable[Case], qa: QA, *, files: Mapping[str, str]) -> tuple[Outcome, ...]:
    """How each question fares, in order; see `judge`."""
    return tuple(_asked(case, qa, files) for case in cases)


def files_of(folder: Path) -> dict[str, str]:
    """The text of each file of a corpus by its path, before cleaning; unreadable ones left out."""
    return dict(_texts(folder))


def save(outcomes: Iterable[Outcome], path: Path) -> None:
    """Write them to a JSON Lines file, to compare with later."""
    text = "".join(f"{outcome.model_dump_json()}\n" for outcome in outcomes)
    path.write_text(text, "utf-8")


def load(path: Path) -> tuple[Outcome, ...]:
    """What `save` wrote.

    Raises:
        ConfigError: the file cannot be read, or holds something else.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
        return tuple(Outcome.model_validate_json(line) for line in lines)
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        hint = "compare with a file that --save wrote"
        raise ConfigError(f"cannot read outcomes from {str(path)!r}: {error}", hint=hint) from error


def _asked(case: Case, qa: QA, files: Mapping[str, str]) -> Outcome:
    hits = qa.search(
        case.question, history=case.history, as_of=case.as_of, publishers=case.publishers
    )
    answer = qa.ask(
        case.question, history=case.history, as_of=case.as_of, publishers=case.publishers
    )
    return judge(case, answer, hits, files=files)


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in corpus.files(folder):
        try:
            yield path.relative_to(folder).as_posix(), read(path).text
        except ArticleError:
            continue
