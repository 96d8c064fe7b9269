import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from doubles import FakeEmbedder, fake_models
from small_corpus import config_in, page, write_files

from mssqa.apps.feedback import Feedback, Verdict, shaping, to_cases
from mssqa.build import build_index
from mssqa.config import Config
from mssqa.errors import MssqaError
from mssqa.evaluate.cases import Case, load_cases
from mssqa.evaluate.run import evaluate, files_of
from mssqa.qa import QA
from mssqa.types import Answer, Article, Claim, Evidence, Passage, Query, Span, Status, Turn

ARTICLE = Article(path="harbour.md", title="Harbour", text="Forty ferries sail at dawn.")
EVIDENCE = Evidence(
    number=1,
    passage=Passage(article=ARTICLE, ordinal=0, start=0, end=27),
    sentence=Span(0, 27),
    support=0.9,
)


def supported(
    value: str | None = "Forty", *, as_of: date | None = None, publishers: tuple[str, ...] = ()
) -> Answer:
    asked = "How many ferries?"
    return Answer(
        query=Query(question=asked, text=asked, as_of=as_of, publishers=publishers),
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


def test_a_verdict_is_kept_with_the_index_and_the_settings_of_its_answer(tmp_path: Path) -> None:
    settings = shaping(Config())
    Feedback(tmp_path, settings=settings).add(supported(), Verdict.GOOD)
    (kept,) = Feedback(tmp_path).all()
    assert (kept.answer["generation"], kept.settings) == ("g1", settings)
    assert set(settings) == {"passages", "embedder", "retrieval", "reader", "generator"}


def test_verdicts_of_an_older_version_are_read_and_added_to(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "feedback.sqlite")) as db, db:
        db.execute(
            "CREATE TABLE judgement (number INTEGER PRIMARY KEY, at TEXT NOT NULL, "
            "verdict TEXT NOT NULL, history TEXT NOT NULL, as_of TEXT, answer_id TEXT NOT NULL, "
            "answer TEXT NOT NULL, UNIQUE (verdict, history, answer_id)) STRICT"
        )
        row = ("2025-03-03T10:00:00+00:00", "good", "[]", json.dumps(DECLINED.to_dict()))
        db.execute("INSERT INTO judgement VALUES (1, ?, ?, ?, NULL, 'x', ?)", row)
    feedback = Feedback(tmp_path)
    feedback.add(supported(publishers=("Quay News",)), Verdict.BAD)
    kept = [(each.verdict, each.publishers, each.settings) for each in feedback.all()]
    assert kept == [(Verdict.GOOD, (), {}), (Verdict.BAD, ("Quay News",), {})]


def test_what_is_exported_is_evaluated(tmp_path: Path) -> None:
    config = config_in(tmp_path, reader__min_support=0)
    text = "Forty ferries sail at dawn, the harbour office reported."
    write_files(config, {"ferries.md": page("Ferries", text, publisher="Quay News")})
    build_index(config, embedder=FakeEmbedder())
    feedback = Feedback(tmp_path / "data", settings=shaping(config))
    with QA(config, fake_models()) as qa:
        answer = qa.ask("How many ferries sail at dawn?", publishers=["Quay News"])
        feedback.add(answer, Verdict.GOOD)
        feedback.add(answer, Verdict.SHOULD_HAVE_DECLINED)
        file = tmp_path / "cases.jsonl"
        file.write_text("".join(f"{json.dumps(case)}\n" for case in to_cases(feedback.all())))
        outcomes = evaluate(load_cases(file), qa, files=files_of(config.corpus.path))
    assert [(each.type, each.correct) for each in outcomes] == [
        ("feedback: good", True),
        ("feedback: should have declined", False),
    ]


def test_the_same_verdict_on_the_same_answer_counts_once(feedback: Feedback) -> None:
    feedback.add(supported(), Verdict.GOOD)
    feedback.add(supported(), Verdict.GOOD)
    feedback.add(supported(), Verdict.BAD)
    feedback.add(DECLINED, Verdict.GOOD)
    assert [each.verdict for each in feedback.all()] == [Verdict.GOOD, Verdict.BAD, Verdict.GOOD]


def test_a_case_says_all_that_it_takes_to_ask_again(feedback: Feedback, tmp_path: Path) -> None:
    history = (Turn(question="Is the harbour open?", answer="Yes. [1]"),)
    given = supported(as_of=date(2025, 3, 4), publishers=("The Gazette",))
    feedback.add(given, Verdict.GOOD, history=history)
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
            publishers=("The Gazette",),
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
        "publishers": [],
        "answer": DECLINED.to_dict(),
        "settings": {},
    }


def test_a_file_that_is_no_database_is_told_in_words(feedback: Feedback, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "feedback.sqlite").write_bytes(b"not a database at all, by any means" * 9)
    with pytest.raises(MssqaError, match=r"cannot use the feedback in .*feedback\.sqlite"):
        feedback.all()


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(MssqaError, match="cannot keep feedback: Not a directory"):
        Feedback(tmp_path / "file" / "data").add(DECLINED, Verdict.GOOD)
