"""The chat page over a real index, and served for real on this computer."""

import html
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import httpx
import page_with_doubles
import pytest
from doubles import FakeEmbedder, FakeGenerator, fake_models
from gradio_client import Client  # type: ignore[import-untyped]
from small_corpus import config_in, page, write_files

from mssqa.apps.accounts import Accounts
from mssqa.apps.feedback import Feedback, Verdict
from mssqa.apps.web import Opening
from mssqa.apps.web.chat import Chat, Talk, freshness
from mssqa.build import build_index
from mssqa.config import Config
from mssqa.errors import IndexNotFoundError, ModelError
from mssqa.qa import QA
from mssqa.types import Article

HOSTILE = '<img src=x onerror=alert(1)> **bold** [link](javascript:alert(1)) $$x^2$$ &amp; "quoted"'
LOGIN = ("amina", "a long walk by the quay")
FILES = {
    "harbour.md": page(
        "Harbour opens a basin",
        "The harbour opened its third basin on Monday, the minister said.\n\n"
        "Ships from four continents will dock there, the minister said.",
        published="2025-03-03",
        publisher="The Gazette",
    ),
    "hostile.md": page(
        "The <b>mayor</b> & the [quay](http://evil.example)",
        f"The mayor of the quay wrote {HOSTILE} on a wall of the old customs house.",
        publisher="The <script>Quay</script>",
    ),
}


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    folder = tmp_path_factory.mktemp("page")
    made = config_in(folder, page__data=folder / "data", reader__min_support=0)
    write_files(made, FILES)
    build_index(made, embedder=FakeEmbedder())
    Accounts(made.page.data).add(*LOGIN)
    return made


@pytest.fixture(scope="module")
def opening(config: Config) -> Opening:
    return Opening(lambda: QA(config, fake_models()))


@pytest.fixture
def chat(opening: Opening, tmp_path: Path) -> Chat:
    return Chat(opening, Feedback(tmp_path))


@pytest.fixture(scope="module")
def url(config: Config) -> Iterator[str]:
    """The page, served by a process of its own, for Gradio leaves sockets and loops behind."""
    script = Path(page_with_doubles.__file__)
    command = [sys.executable, str(script), str(config.index.path.parent)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = next(filter(None, (re.search(r"http://[\d.:]+/", each) for each in process.stderr)))
        yield found.group()
        process.terminate()


def asked(chat: Chat, question: str, talk: Talk = ()) -> tuple[str, Talk]:
    *_, (messages, after) = chat.answer(question, talk)
    return str(messages[-1]["content"]), after


@pytest.fixture
def visitor(url: str) -> Iterator[httpx.Client]:
    with httpx.Client() as client:
        name, password = LOGIN
        assert client.post(f"{url}login", data={"username": name, "password": password}).is_success
        yield client


def pressed(message: int, *, liked: bool | str) -> gr.LikeData:
    return gr.LikeData(None, {"index": message, "value": "", "liked": liked})


def test_the_page_says_how_many_articles_there_are_and_how_fresh(chat: Chat) -> None:
    status, examples = chat.greet()
    assert status == "<p>2 articles, newest 3 Mar 2025.</p>"
    assert [each["text"] for each in examples] == [
        "What is known about this: Harbour opens a basin?",
        "What is known about this: The <b>mayor</b> & the [quay](http://evil.example)?",
    ]


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 articles, undated."), (1200, "1,200 articles, undated.")]
)
def test_a_corpus_without_dates_is_undated(count: int, told: str) -> None:
    assert freshness([Article(path="a.md", title="A", text="A.")] * count) == told


def test_an_answer_grows_and_ends_with_its_sources(chat: Chat) -> None:
    steps = [str(messages[-1]["content"]) for messages, _ in chat.answer("Which basin opened?", ())]
    assert "Searching" in steps[0]
    assert len(steps) > 2
    assert '<ol class="sources"><li value="1"><cite>Harbour opens a basin</cite>' in steps[-1]
    assert "<span>The Gazette, 3 Mar 2025</span>" in steps[-1]


def page_of(config: Config, generator: FakeGenerator, **sections: dict[str, Any]) -> Chat:
    """A page whose answers a chat model words."""
    sections = {"generator": {"kind": "openai", "model": "small"}, **sections}
    changed = Config.model_validate(config.model_dump(exclude_defaults=True) | sections)
    models = replace(fake_models(), generator=generator)
    return Chat(Opening(lambda: QA(changed, models)), Feedback(config.page.data))


def test_a_declined_answer_shows_what_stands_nearest_as_not_answering(config: Config) -> None:
    page = page_of(config, FakeGenerator(), reader={"min_support": 1.0})
    shown, talk = asked(page, "Which basin did the mayor close?")
    assert shown.startswith('<div class="answer"><p>The articles do not answer “Which basin did')
    assert '<p class="heading">Nearest articles, which do not answer the question</p>' in shown
    assert talk[0].answer is not None


def test_what_a_language_model_writes_is_shown_as_it_is_checked(config: Config) -> None:
    page = page_of(config, FakeGenerator("The harbour opened its ", "third basin [1]. It", " sank"))
    *steps, last = [
        str(shown[-1]["content"]) for shown, _ in page.answer("Which basin opened?", ())
    ]
    written = "<p>The harbour opened its third basin. [1] (3 March 2025)</p>"
    assert f'<div class="answer">{written}</div>' in steps
    assert last.startswith(f'<div class="answer">{written}<p class="heading">Sources</p>')


def test_a_language_model_that_fails_is_told_in_words(config: Config) -> None:
    failing = FakeGenerator(error=ModelError("the server is down", hint="start it"))
    shown, _ = asked(page_of(config, failing), "Which basin opened?")
    assert shown == '<div class="error"><p>the server is down</p><p>start it</p></div>'


def test_a_follow_up_is_told_what_was_said_before(chat: Chat) -> None:
    _, talk = asked(chat, "Which basin did the harbour open?")
    shown, talk = asked(chat, "Who said so?", talk)
    assert len(talk) == 2
    assert talk[1].answer is not None
    assert talk[1].answer.query.question == "Who said so?"
    assert "Searching" not in shown


@pytest.mark.parametrize("question", ["", "   ", "???", "a\0b", "x" * 2001])
def test_an_error_is_told_in_words_and_the_conversation_goes_on(chat: Chat, question: str) -> None:
    shown, talk = asked(chat, question)
    assert shown.startswith('<div class="error"><p>the question ')
    assert talk[0].answer is None
    assert asked(chat, "Which basin opened?", talk)[1][1].answer is not None


def test_without_an_index_the_page_says_how_to_make_one_and_tries_again(
    chat: Chat, config: Config
) -> None:
    tries: list[int] = []

    def open_qa() -> QA:
        tries.append(1)
        if len(tries) < 3:
            raise IndexNotFoundError("there is no index in 'index'")
        return QA(config, fake_models())

    late = Chat(Opening(open_qa), Feedback(config.page.data))
    missing = '<div class="error"><p>there is no index in &#x27;index&#x27;</p>'
    assert late.greet() == (f"{missing}<p>run: mssqa build</p></div>", [])
    assert asked(late, "Which basin opened?")[0].startswith(missing)
    assert asked(late, "Which basin opened?") == asked(chat, "Which basin opened?")


def test_what_goes_wrong_unforeseen_is_told_in_words_too(caplog: pytest.LogCaptureFixture) -> None:
    def open_qa() -> QA:
        raise RuntimeError("a secret path")

    shown, _ = asked(Chat(Opening(open_qa), Feedback(Path("unused"))), "Which basin opened?")
    assert "something went wrong here" in shown
    assert "secret" not in shown
    assert "a secret path" in caplog.text


def test_thumbs_and_reasons_are_kept_with_the_answer(chat: Chat, tmp_path: Path) -> None:
    _, talk = asked(chat, "Which basin opened?")
    _, talk = asked(chat, "Who said so?", talk)
    chat.judge(talk, pressed(1, liked=True))
    chat.judge(talk, pressed(3, liked="Wrong fact"))
    chat.judge(talk, pressed(3, liked=False))
    kept = Feedback(tmp_path).all()
    assert [(each.answer["question"], each.verdict, len(each.history)) for each in kept] == [
        ("Which basin opened?", Verdict.GOOD, 0),
        ("Who said so?", Verdict.WRONG_FACT, 1),
        ("Who said so?", Verdict.BAD, 1),
    ]


def test_an_error_cannot_be_liked(chat: Chat, tmp_path: Path) -> None:
    _, talk = asked(chat, "???")
    chat.judge(talk, pressed(1, liked=True))
    assert Feedback(tmp_path).all() == ()


def test_the_served_page_answers_with_hostile_text_as_text(url: str) -> None:
    client = Client(url, auth=LOGIN, verbose=False)
    messages: Any = client.predict("What did the mayor of the quay write?", api_name="/ask")
    shown = messages[-1]["content"][0]["text"]
    assert html.escape(HOSTILE) in shown
    allowed = {"div", "p", "ol", "li", "cite", "span", "blockquote"}
    assert set(re.findall(r"<(\w+)", shown)) <= allowed
    assert not re.search(r"href|\n\n", shown)


def test_with_users_nobody_unknown_is_let_in(url: str) -> None:
    assert httpx.get(f"{url}config").status_code == 401
    assert httpx.post(f"{url}gradio_api/call/ask", json={"data": ["Who?"]}).status_code == 401
    wrong = {"username": "amina", "password": "a wrong one at that"}
    assert httpx.post(f"{url}login", data=wrong).status_code == 400


def test_the_page_is_whole_without_any_other_site(url: str, visitor: httpx.Client) -> None:
    loaded = visitor.get(url).text + visitor.get(f"{url}theme.css").text
    for outside in ("fonts.googleapis.com", "fonts.gstatic.com", "cdn", "huggingface.co/"):
        assert outside not in loaded
    assert visitor.get(f"{url}config").json()["analytics_enabled"] is False


def test_the_page_gives_no_file_away(url: str, visitor: httpx.Client, config: Config) -> None:
    for file in (config.corpus.path / "harbour.md", config.page.data / "users.sqlite"):
        assert visitor.get(f"{url}gradio_api/file={file}").status_code in {403, 404}
