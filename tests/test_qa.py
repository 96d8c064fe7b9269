"""From a folder of files to an answer, over a real index."""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from doubles import FakeEmbedder, fake_models
from small_corpus import built, config_in, page, write_files

from mssqa.config import Config
from mssqa.errors import ArticleError, IndexNotFoundError, QuestionError
from mssqa.models import load_parser
from mssqa.qa import QA
from mssqa.types import Checked, Found, Interval, Status, Turn, Wrote

HARBOUR = (
    "The harbour of Oslo closed on Monday after a storm. Some 400 ships wait outside the harbour."
    " Mayor Ola Nordmann said that nobody was hurt."
)
RICE = "The price of rice in Lima rose by 4% in a week. Beans cost as much as before."
FILES = {
    "harbour.md": page("Harbour closed", HARBOUR, published="2024-05-06", publisher="The Gazette"),
    "rice.md": page("Rice dearer", RICE),
}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    made = config_in(tmp_path, reader__min_support=0.2)
    write_files(made, FILES)
    built(made, FakeEmbedder())
    return made


@pytest.fixture
def qa(config: Config) -> Iterator[QA]:
    with QA(config, fake_models()) as opened:
        yield opened


def test_an_answer_quotes_the_sentence_and_cites_its_article(qa: QA) -> None:
    answer = qa.ask("How many ships wait outside the harbour?")
    assert answer.status is Status.SUPPORTED
    assert answer.text.startswith("Some 400 ships wait outside the harbour. [1]")
    first = answer.citations[0]
    assert first.quote == "Some 400 ships wait outside the harbour."
    assert first.passage.article.path == "harbour.md"
    assert answer.claims[0].as_of == date(2024, 5, 6)
    assert answer.claims[0].value == "400"
    assert list(answer.timings_ms) == [
        *("understand", "search", "read", "compose", "verify", "write", "total")
    ]


def test_a_question_that_nothing_bears_on_is_declined_with_the_nearest_sentences(
    config: Config,
) -> None:
    strict = config.model_copy(
        update={"reader": config.reader.model_copy(update={"min_support": 1.0})}
    )
    with QA(strict, fake_models()) as qa:
        answer = qa.ask("Who won the chess final in Lima?")
    assert (answer.status, answer.text) == (
        Status.DECLINED,
        "The articles do not answer “Who won the chess final in Lima?”",
    )
    assert (answer.claims, answer.evidence, answer.citations) == ((), (), ())
    assert answer.nearest[0].number == 1


def test_ask_is_the_last_event_of_the_stream(qa: QA) -> None:
    question = "How many ships wait outside the harbour?"
    found, *wrote, checked = qa.stream(question)
    answer = qa.ask(question)
    assert found == Found(evidence=answer.evidence)
    assert checked == Checked(answer=answer)
    assert " ".join(w.sentence for w in wrote if isinstance(w, Wrote)) == answer.text


def test_a_question_that_is_none_is_refused_before_the_stream_begins(qa: QA) -> None:
    with pytest.raises(QuestionError):
        qa.stream("???")


def test_under_as_of_later_and_undated_articles_are_left_out_and_counted(qa: QA) -> None:
    answer = qa.ask("How many ships wait outside the harbour?", as_of=date(2024, 5, 5))
    assert answer.status is Status.DECLINED
    assert answer.nearest == ()
    assert answer.text == (
        "The articles up to 5 May 2024 do not say: none was found that bears on the question."
        " 1 article of unknown date was left out."
    )
    same_day = qa.ask("How many ships wait outside the harbour?", as_of=date(2024, 5, 6))
    assert same_day.status is Status.SUPPORTED
    assert same_day.text.endswith(" 1 article of unknown date was left out.")


def test_publishers_and_window_limit_what_is_found(qa: QA) -> None:
    question = "harbour or rice in Lima"
    assert {hit.passage.article.path for hit in qa.search(question)} == {"harbour.md", "rice.md"}
    gazette = qa.search(question, publishers=["the gazette"])
    may = qa.search(question, window=Interval(start=date(2024, 5, 1), end=date(2024, 5, 31)))
    assert [hit.passage.article.path for hit in gazette] == ["harbour.md"]
    assert gazette == may


def test_a_follow_up_stands_alone_in_the_query(qa: QA) -> None:
    turn = Turn(question="How many ships wait outside the harbour?", answer="Ask Ola Nordmann.")
    query = qa.ask("When did he say that?", history=[turn]).query
    assert query.question == "When did he say that?"
    assert "Nordmann" in query.text


@pytest.mark.model
def test_a_question_of_which_a_part_is_not_answered_is_partly_answered(config: Config) -> None:
    stern = config.model_copy(
        update={"reader": config.reader.model_copy(update={"min_support": 0.4})}
    )
    with QA(stern, replace(fake_models(), parser=load_parser())) as qa:
        answer = qa.ask("How many ships wait outside the harbour, and who painted the town hall?")
    assert answer.status is Status.PARTIAL
    assert answer.text.startswith("Some 400 ships wait outside the harbour. [1]")
    assert answer.text.endswith("The articles do not answer “Who painted the town hall?”")


@pytest.mark.model
def test_what_stands_nearest_to_several_parts_is_numbered_as_one(config: Config) -> None:
    stern = config.model_copy(
        update={"reader": config.reader.model_copy(update={"min_support": 1.0})}
    )
    with QA(stern, replace(fake_models(), parser=load_parser())) as qa:
        answer = qa.ask("Who painted the harbour of Oslo, and how dear is rice in Bergen?")
    assert answer.status is Status.DECLINED
    assert answer.text.count("The articles") == 2
    assert [piece.number for piece in answer.nearest] == [1, 2, 3, 4]
    assert {piece.passage.article.path for piece in answer.nearest} == {"harbour.md", "rice.md"}
    assert len({(piece.passage.article, piece.sentence) for piece in answer.nearest}) == 4


def test_articles_are_listed_and_found_by_id(qa: QA) -> None:
    harbour, rice = qa.articles()
    assert (harbour.path, rice.path) == ("harbour.md", "rice.md")
    assert qa.article(rice.id) == rice
    with pytest.raises(ArticleError):
        qa.article("0" * 16)


def test_a_new_generation_is_picked_up_and_the_old_one_let_go(qa: QA, config: Config) -> None:
    before = qa.ask("How many ships wait outside the harbour?").generation
    write_files(config, {**FILES, "harbour.md": page("Open", HARBOUR.replace("400", "650"))})
    stream = qa.stream("How many ships wait outside the harbour?")
    next(stream)  # a question that is under way keeps its generation
    rebuilt = FakeEmbedder()
    from mssqa.build import build_index

    build_index(config, embedder=rebuilt)
    answer = qa.ask("How many ships wait outside the harbour?")
    *_, last = stream
    assert isinstance(last, Checked)
    assert last.answer.generation == before != answer.generation
    assert "400 ships" in last.answer.text
    assert "650 ships" in answer.text


def test_threads_may_share_it(qa: QA) -> None:
    questions = ["How many ships wait outside the harbour?", "How dear is rice in Lima?"] * 8
    alone = [qa.ask(question) for question in questions]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(qa.ask, questions)) == alone


def test_without_an_index_the_error_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError) as caught:
        QA(config_in(tmp_path), fake_models())
    assert caught.value.hint == "run: mssqa build"


OFFLINE = """
import json, socket, sys

def refuse(*args, **kwargs):
    raise OSError("the network is cut")

socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
import mssqa
assert not {"torch", "faiss", "pydantic", "numpy"} & set(sys.modules)
config = mssqa.load_config(corpus__path=sys.argv[1], index__path=sys.argv[2])
mssqa.build_index(config)
print(json.dumps(mssqa.open_qa(config).ask("How many ships wait outside the harbour?").to_dict()))
"""


@pytest.mark.model
def test_with_the_network_cut_the_real_weights_build_an_index_and_answer(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    write_files(config, FILES)
    command = [sys.executable, "-c", OFFLINE, str(config.corpus.path), str(config.index.path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert answer["status"] == "supported"
    assert answer["citations"][0]["quote"] == "Some 400 ships wait outside the harbour."
