"""Reading test questions."""

from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from mssqa.errors import ConfigError
from mssqa.evaluate.cases import Case, load_cases
from mssqa.evaluate.metrics import says
from mssqa.types import Turn

LINE = '{"id": "q1", "question": "Who?", "type": "fact", "split": "dev", "written": "before"'


def write(folder: Path, *lines: str) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_line_is_a_case(tmp_path: Path) -> None:
    more = (
        ', "answers": ["Ana"], "articles": ["a.md"], "as_of": "2024-05-06",'
        ' "history": [{"question": "When?", "answer": "Then."}]}'
    )
    assert load_cases(write(tmp_path, LINE + more, "")) == (
        Case(
            id="q1",
            question="Who?",
            type="fact",
            answers=("Ana",),
            articles=("a.md",),
            history=(Turn(question="When?", answer="Then."),),
            as_of=date(2024, 5, 6),
            split="dev",
            written="before",
        ),
    )


def test_without_expected_wordings_a_question_is_to_be_declined(tmp_path: Path) -> None:
    plain, both = load_cases(
        write(tmp_path, LINE + "}", LINE.replace("q1", "q2") + ', "answers_all": ["a", "b"]}')
    )
    assert (plain.answerable, both.answerable) == (False, True)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([LINE + "}", '{"id": "q2"'], "questions.jsonl, line 2: Expecting ',' delimiter"),
        ([LINE + ', "answer": "Ana"}'], "line 1: answer: Extra inputs are not permitted"),
        (['{"id": "q1"}'], "line 1: question: Field required"),
        ([LINE + "}", LINE + "}"], "more than one question has the id 'q1'"),
    ],
)
def test_a_line_that_is_no_question_is_named(
    tmp_path: Path, lines: list[str], message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load_cases(write(tmp_path, *lines))
    assert message in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot read '.*none\.jsonl'"):
        load_cases(tmp_path / "none.jsonl")


OWN = load_cases(Path(__file__).parents[1] / "data" / "questions.jsonl")
CORPUS = Path(__file__).parents[2] / "corpus"


def test_half_of_our_own_questions_came_after_the_code_and_half_are_held_out() -> None:
    groups = Counter((case.written, case.split) for case in OWN)
    assert groups == Counter(dict.fromkeys(product(("before", "after"), ("dev", "held")), 65))


def test_every_expected_wording_stands_in_the_articles_that_bear_it_out() -> None:
    for case in OWN:
        texts = "\n".join((CORPUS / path).read_text("utf-8") for path in case.articles)
        assert says(texts, case) or not case.answerable, case.id
        assert case.answerable == bool(case.articles), case.id


def test_a_follow_up_has_a_history() -> None:
    assert all(case.history for case in OWN if case.type == "follow_up")
