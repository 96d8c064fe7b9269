import io
import json
from datetime import date
from typing import Any

import pytest

from mssqa.apps.cli.batch import HINT, MAX_LINE_BYTES, Asked, answer_lines
from mssqa.errors import QuestionError
from mssqa.types import Answer, Query, Status, Turn


class Asker:
    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def __call__(self, asked: Asked) -> Answer:
        if not asked.question:
            raise QuestionError("the question is empty")
        self.asked.append(asked)
        return Answer(
            query=Query(question=asked.question, text=asked.question),
            status=Status.DECLINED,
            text="The articles do not say.",
            generation="g1",
        )


def replies(lines: bytes, asker: Asker | None = None) -> list[dict[str, Any]]:
    return list(answer_lines(io.BytesIO(lines), asker or Asker()))


def ids(lines: bytes) -> list[tuple[str | int, bool]]:
    return [(reply["id"], "error" in reply) for reply in replies(lines)]


def test_each_line_is_answered_in_order_under_its_id() -> None:
    lines = (
        b'{"id": "b", "question": "Who?"}\n{"question": "Where?"}\n{"id": 7, "question": "Why?"}'
    )
    found = replies(lines)
    assert [(reply["id"], reply["question"]) for reply in found] == [
        ("b", "Who?"),
        (2, "Where?"),
        (7, "Why?"),
    ]
    assert list(found[0]) == [
        "id",
        "question",
        "status",
        "text",
        "generation",
        "claims",
        "citations",
        "nearest",
        "timings_ms",
    ]


def test_history_and_day_are_handed_on() -> None:
    asker = Asker()
    line = {
        "id": None,
        "question": "And then?",
        "history": [{"question": "Who?", "answer": "Amina."}],
        "as_of": "2025-01-31",
        "answers": ["a test case may say more"],
    }
    replies(json.dumps(line).encode(), asker)
    (asked,) = asker.asked
    assert asked.history == (Turn(question="Who?", answer="Amina."),)
    assert asked.as_of == date(2025, 1, 31)


@pytest.mark.parametrize(
    "line",
    [
        b"who?",
        b"[1]",
        b'"who?"',
        b"null",
        b"{}",
        b'{"question": ""}',
        b'{"question": null}',
        b'{"question": 5}',
        b'{"question": ["Who?"]}',
        b'{"question": "Who?", "as_of": "yesterday"}',
        b'{"question": "Who?", "as_of": "2025-02-30"}',
        b'{"question": "Who?", "as_of": 20250130}',
        b'{"question": "Who?", "history": "none"}',
        b'{"question": "Who?", "history": [{"question": "Who?"}]}',
        b'{"question": "Who?", "history": [["Who?", "Amina."]]}',
        b'{"question": "Who?", "id": true}',
        b'{"question": "Who?", "id": {}}',
        b'{"question": "\\ud800"}',
        b'{"question": "Who?"',
        b'{"question": "Who?"} {}',
        b"\x00\xff\xfe binary",
        b"[" * 5000,
        b'{"question": ' + b"[" * 5000,
    ],
)
def test_a_bad_line_gets_an_error_and_the_rest_go_on(line: bytes) -> None:
    lines = b'{"question": "Before?"}\n' + line + b'\n{"question": "After?"}\n'
    assert ids(lines) == [(1, False), (2, True), (3, False)]
    error = replies(lines)[1]["error"]
    assert list(error) == ["kind", "message", "hint"]
    assert error["kind"] == "QuestionError"
    assert error["message"]


def test_a_bad_line_keeps_its_id_if_that_can_be_read() -> None:
    assert replies(b'{"id": "x", "question": 5}') == [
        {
            "id": "x",
            "error": {
                "kind": "QuestionError",
                "message": "question: Input should be a valid string",
                "hint": HINT,
            },
        }
    ]


def test_blank_lines_count_but_are_not_answered() -> None:
    assert ids(b'\n  \r\n{"question": "Who?"}\r\n\n') == [(3, False)]


def test_a_byte_order_mark_is_passed_over() -> None:
    assert ids(b'\xef\xbb\xbf{"id": 9, "question": "Who?"}') == [(9, False)]


def test_a_line_without_end_is_not_held_whole() -> None:
    class Long(io.BytesIO):
        most = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            Long.most = max(Long.most, size if size >= 0 else MAX_LINE_BYTES**2)
            return super().readline(size)

    (reply,) = answer_lines(Long(b"x" * 5 * MAX_LINE_BYTES), Asker())
    assert reply["error"]["message"] == "the line is longer than 1,000,000 bytes"
    assert Long.most == MAX_LINE_BYTES + 1


def test_after_a_line_that_is_too_long_the_numbers_still_hold() -> None:
    long = b'{"question": "' + b"x" * 3 * MAX_LINE_BYTES + b'"}'
    assert ids(long + b'\n{"question": "Who?"}\n') == [(1, True), (2, False)]


def test_replies_come_one_by_one() -> None:
    lines = io.BytesIO(b'{"question": "Who?"}\n{"question": "Where?"}\n')
    asker = Asker()
    next(answer_lines(lines, asker))
    assert len(asker.asked) == 1
