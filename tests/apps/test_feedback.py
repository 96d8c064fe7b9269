import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mssqa.apps.feedback import Feedback, Verdict, to_cases
from mssqa.errors import MssqaError
from mssqa.evaluate.cases import Case, load_cases
from mssqa.types import Answer, Article, Claim, Evidence, Passage, Query, Span, Status, Turn

ARTICLE = Article(path="harbour.md", title="Harbour", text="Forty ferries sail at dawn.")
EVIDENCE = Evidence(
    number=1,
    passage=Passage(article=ARTICLE, ordinal=0, start=0, end=27),
    sentence=Span(0, 27),
    support=0.9,
)


def supported(value: str | None = "Forty", *, as_of: date | None = None) -> Answer:
    return Answer(
        query=Query(question="How many ferries?", text="How many ferries?", as_of=as_of),
        status=Status.SUPPORTED,
        text="Forty ferries sail at dawn. [1]",
        claims=(Claim(text="Forty ferries sail at dawn.", cites=(1,), support=0.9, value=value),),
        evidence=(EVIDENCE,),
        generation="g1",
    )


DECLINED = Answer(
    query=Query(question="Who?", text="Who?"),
    status=Status.DECLINED,
    text="The articles do not say.",
    generation="g1",
)


@pytest.fixture
def feedback(tmp_path: Path) -> Feedback:
    return Feedback(tmp_path / "data")


def test_without_any_verdict_nothing_is_written(feedback: Feedback, tmp_path: Path) -> None:
    assert feedback.all() == ()
    assert list(tmp_path.iterdir()) == []


def test_a_verdict_is_kept_with_its_answer_and_conversation(feedback: Feedback) -> None:
    before = datetime.now(UTC)
    history = (Turn(question="Is the harbour open?", answer="Yes. [1]"),)
    given = supported(as_of=date(2025, 3, 4))
    feedback.add(given, Verdict.WRONG_FACT, history=history)
    (kept,) = feedback.all()
    assert before <= kept.at <= datetime.now(UTC)
    assert (kept.number, kept.verdict, kept.history, kept.as_of, kept.answer) == (
        1,
        Verdict.WRONG_FACT,
        history,
        date(2025, 3, 4),
        given.to_dict(),
    )


def test_the_same_verdict_on_the_same_answer_counts_once(feedback: Feedback) -> None:
    feedback.add(supported(), Verdict.GOOD)
    feedback.add(supported(), Verdict.GOOD)
    feedback.add(supported(), Verdict.BAD)
    feedback.add(DECLINED, Verdict.GOOD)
    assert [each.verdict for each in feedback.all()] == [Verdict.GOOD, Verdict.BAD, Verdict.GOOD]


def test_a_case_says_all_that_it_takes_to_ask_again(feedback: Feedback, tmp_path: Path) -> None:
    history = (Turn(question="Is the harbour open?", answer="Yes. [1]"),)
    feedback.add(supported(as_of=date(2025, 3, 4)), Verdict.GOOD, history=history)
    (case,) = to_cases(feedback.all())
    (tmp_path / "cases.jsonl").write_text(json.dumps(case))
    assert load_cases(tmp_path / "cases.jsonl") == (
        Case(
            id="feedback-1",
            question="How many ferries?",
            type="feedback: good",
            answers=("Forty",),
            articles=("harbour.md",),
            history=history,
            as_of=date(2025, 3, 4),
            split="dev",
            written="after",
        ),
    )


def test_a_case_that_should_have_been_declined_expects_nothing(feedback: Feedback) -> None:
    feedback.add(supported(), Verdict.SHOULD_HAVE_DECLINED)
    (case,) = to_cases(feedback.all())
    assert (case["answers"], case["articles"]) == ([], [])


def test_a_verdict_without_a_known_right_answer_is_no_case(feedback: Feedback) -> None:
    feedback.add(supported(), Verdict.WRONG_FACT)
    assert to_cases(feedback.all()) == ()


@pytest.mark.parametrize(
    ("given", "verdict", "expected"),
    [
        (supported(), Verdict.GOOD, ("Forty",)),
        (supported(value=None), Verdict.GOOD, ("Forty ferries sail at dawn.",)),
        (DECLINED, Verdict.GOOD, ()),
        (supported(), Verdict.SHOULD_HAVE_DECLINED, ()),
        (supported(), Verdict.BAD, None),
        (supported(), Verdict.WRONG_FACT, None),
        (supported(), Verdict.WRONG_EVIDENCE, None),
        (DECLINED, Verdict.SHOULD_HAVE_ANSWERED, None),
        (DECLINED, Verdict.BAD, None),
    ],
)
def test_what_would_be_right_is_told_only_where_it_is_known(
    feedback: Feedback, given: Answer, verdict: Verdict, expected: tuple[str, ...] | None
) -> None:
    feedback.add(given, verdict)
    assert feedback.all()[0].expected == expected


def test_a_verdict_as_plain_values_holds_the_whole_answer(feedback: Feedback) -> None:
    feedback.add(DECLINED, Verdict.BAD)
    (kept,) = feedback.all()
    assert kept.to_dict() == {
        "number": 1,
        "at": kept.at.isoformat(),
        "verdict": "bad",
        "history": [],
        "as_of": None,
        "answer": DECLINED.to_dict(),
    }


def test_a_file_that_is_no_database_is_told_in_words(feedback: Feedback, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "feedback.sqlite").write_bytes(b"not a database at all, by any means" * 9)
    with pytest.raises(MssqaError, match=r"cannot use the feedback in .*feedback\.sqlite"):
        feedback.all()
