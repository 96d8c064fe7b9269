"""What readers thought of answers: SQLite, exported as cases to evaluate."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from mssqa.config import Config
from mssqa.errors import MssqaError
from mssqa.types import Answer, Status, Turn

FILE = "feedback.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS judgement (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, verdict TEXT NOT NULL, history TEXT NOT NULL,
    as_of TEXT, answer_id TEXT NOT NULL, answer TEXT NOT NULL,
    publishers TEXT NOT NULL DEFAULT '[]', settings TEXT NOT NULL DEFAULT '{}',
    UNIQUE (verdict, history, answer_id)
) STRICT
"""
_LATER = {"publishers": "'[]'", "settings": "'{}'"}  # columns that older files lack
_ALL = """
SELECT number, at, verdict, history, as_of, answer, publishers, settings
FROM judgement ORDER BY number
"""
_ADD = """
INSERT OR IGNORE INTO judgement
(at, verdict, history, as_of, answer_id, answer, publishers, settings)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_SHAPING = ("passages", "embedder", "retrieval", "reader", "generator")


class Verdict(StrEnum):
    """What a reader says of an answer."""

    GOOD = "good"
    BAD = "bad"
    WRONG_FACT = "wrong fact"
    WRONG_EVIDENCE = "wrong evidence"
    SHOULD_HAVE_DECLINED = "should have declined"
    SHOULD_HAVE_ANSWERED = "should have answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One reader's verdict on one answer."""

    number: int  # 1-based, in the order of arrival
    at: datetime
    verdict: Verdict
    history: tuple[Turn, ...]
    as_of: date | None
    publishers: tuple[str, ...]  # of the question; empty means all
    answer: dict[str, Any]  # as `Answer.to_dict` gives it, with the generation of the index
    settings: dict[str, Any]  # under which it was made; see `shaping`

    @property
    def expected(self) -> tuple[str, ...] | None:
        """Wordings of which one is right, none if it is to be declined; None if nobody knows."""
        declined = self.answer["status"] == Status.DECLINED
        match self.verdict:
            case Verdict.SHOULD_HAVE_DECLINED:
                return ()
            case Verdict.GOOD if declined:
                return ()
            case Verdict.GOOD:
                return tuple(claim["value"] or claim["text"] for claim in self.answer["claims"])
            case _:
                return None

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values, ready for JSON."""
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "verdict": self.verdict,
            "history": _plain(self.history),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "publishers": list(self.publishers),
            "answer": self.answer,
            "settings": self.settings,
        }


def shaping(config: Config) -> dict[str, Any]:
    """The settings that shape an answer, as plain values; none of them is a secret.

    >>> shaping(Config())["retrieval"]["hits"]
    24
    """
    return config.model_dump(mode="json", include=set(_SHAPING))


def to_cases(judgements: Sequence[Judgement]) -> tuple[dict[str, Any], ...]:
    """Those whose right answer is known, as test questions for `mssqa evaluate`."""
    known = ((each, each.expected) for each in judgements)
    return tuple(_case(each, expected) for each, expected in known if expected is not None)


def _case(judgement: Judgement, expected: Sequence[str]) -> dict[str, Any]:
    paths = {cited["article"]["path"] for cited in judgement.answer["citations"]}
    return {
        "id": f"feedback-{judgement.number}",
        "question": judgement.answer["question"],
        "type": f"feedback: {judgement.verdict}",
        "answers": list(expected),
        "articles": sorted(paths) if expected else [],
        "history": _plain(judgement.history),
        "as_of": judgement.as_of.isoformat() if judgement.as_of else None,
        "publishers": list(judgement.publishers),
        "split": "dev",
        "written": "after",
    }


def _plain(history: Sequence[Turn]) -> list[dict[str, str]]:
    return [{"question": turn.question, "answer": turn.answer} for turn in history]


class Feedback:
    """All verdicts on one page. Every call opens the file anew, so any thread may call.

    Args:
        folder: where they are kept.
        settings: those under which the answers are made that are added; see `shaping`.
    """

    def __init__(self, folder: Path, *, settings: Mapping[str, Any] | None = None) -> None:
        self._file = folder / FILE
        self._settings = json.dumps(settings or {}, sort_keys=True)

    def add(self, answer: Answer, verdict: Verdict, *, history: Sequence[Turn] = ()) -> None:
        """Keep a reader's verdict on an answer; the same verdict on the same answer counts once."""
        row = (
            datetime.now(UTC).isoformat(),
            verdict,
            json.dumps([[turn.question, turn.answer] for turn in history]),
            answer.query.as_of.isoformat() if answer.query.as_of else None,
            answer.id,
            json.dumps(answer.to_dict()),
            json.dumps(answer.query.publishers),
            self._settings,
        )
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:  # a full disk, too
            raise MssqaError(f"cannot keep feedback: {error.strerror}") from error
        with self._open() as db:
            db.execute(_ADD, row)

    def all(self) -> tuple[Judgement, ...]:
        """Every verdict, oldest first."""
        with self._open() as db:
            rows = db.execute(_ALL).fetchall()
        return tuple(_judgement(row) for row in rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            file = self._file if self._file.parent.is_dir() else ":memory:"
            with closing(sqlite3.connect(file)) as db, db:
                db.execute(_SCHEMA)
                _bring_up_to_date(db)
                yield db
        except sqlite3.Error as error:
            raise MssqaError(f"cannot use the feedback in {str(self._file)!r}: {error}") from error


def _bring_up_to_date(db: sqlite3.Connection) -> None:
    known = {name for _, name, *_ in db.execute("PRAGMA table_info(judgement)")}
    for name, default in _LATER.items():
        if name not in known:
            db.execute(f"ALTER TABLE judgement ADD COLUMN {name} TEXT NOT NULL DEFAULT {default}")


def _judgement(row: Sequence[Any]) -> Judgement:
    number, at, verdict, history, as_of, answer, publishers, settings = row
    return Judgement(
        number=number,
        at=datetime.fromisoformat(at),
        verdict=Verdict(verdict),
        history=tuple(Turn(question=q, answer=a) for q, a in json.loads(history)),
        as_of=date.fromisoformat(as_of) if as_of else None,
        publishers=tuple(json.loads(publishers)),
        answer=json.loads(answer),
        settings=json.loads(settings),
    )
