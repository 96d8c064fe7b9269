"""What the Ask tab shows of answers, over a real index with doubles of the models."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from doubles import FakeEmbedder, FakeGenerator, fake_models
from markupsafe import escape
from small_corpus import config_in, page, write_files

from mssqa.apps.feedback import Feedback, Verdict
from mssqa.apps.web.asking.asked import Asked, Past
from mssqa.apps.web.asking.asking import Asking
from mssqa.apps.web.asking.stages import Stage
from mssqa.apps.web.opening import Opening
from mssqa.apps.web.wording import wording
from mssqa.build import build_index
from mssqa.config import Config
from mssqa.errors import ArticleError, IndexNotFoundError, ModelError
from mssqa.ports import Models
from mssqa.qa import QA
from mssqa.types import Span

ENGLISH = wording("en")
TODAY = date(2025, 3, 10)
HOSTILE = '<img src=x onerror=alert(1)> **bold** [link](javascript:alert(1)) $$x^2$$ &amp; "quoted"'
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
ALLOWED = {
    *("div", "p", "ol", "ul", "li", "span", "button", "blockquote", "section", "strong", "h3"),
    *("article", "mark"),
}

Make = Callable[..., Asking]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    made = config_in(tmp_path_factory.mktemp("asking"), reader__min_support=0)
    write_files(made, FILES)
    build_index(made, embedder=FakeEmbedder())
    return made


@pytest.fixture
def make(config: Config, tmp_path: Path) -> Make:
    """Makes the tab's questions, with other models or settings if they are told."""

    def asking(models: Models | None = None, **sections: dict[str, Any]) -> Asking:
        changed = Config.model_validate(config.model_dump(exclude_defaults=True) | sections)
        opening = Opening(lambda: QA(changed, models or fake_models()))
        return Asking(opening, Feedback(tmp_path), today=lambda: TODAY)

    return asking


def stages(asking: Asking, question: str, **limits: Any) -> list[Stage]:
    return list(asking.ask(Asked(run="r1", question=question, **limits), who="somebody"))


def last(asking: Asking, question: str, **limits: Any) -> Stage:
    return stages(asking, question, **limits)[-1]


def text(told: str) -> str:
    """What is to be read of a piece of HTML."""
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", told).split()))


def test_evidence_comes_first_then_sentences_then_the_whole(make: Make) -> None:
    told = stages(make(), "Which basin did the harbour open?")
    names = [each.stage for each in told]
    assert names[0] == "begun"
    assert names[1] == "found"
    assert set(names[2:-1]) == {"writing"}
    assert names[-1] == "checked"
    assert "Harbour opens a basin" in told[1].sources
    assert told[1].answer == ""


def test_an_answer_has_a_marker_that_names_its_source(make: Make) -> None:
    answered = last(make(), "Which basin did the harbour open?")
    label = 'aria-label="Source 1: The Gazette, 3 March 2025"'
    assert f'<button type="button" class="marker" data-number="1" {label}>1</button>' in (
        answered.answer
    )
    assert "The Gazette, 3 March 2025 1 week ago" not in text(answered.sources)
    assert "The Gazette, 3 March 2025 7 days ago" in text(answered.sources)


def test_a_declined_answer_shows_what_stands_nearest_as_not_answering(make: Make) -> None:
    declined = last(make(reader={"min_support": 1.0}), "Which basin did the mayor close?")
    assert declined.answer.startswith('<div class="answer declined"><p class="verdict">')
    assert "Nearest passages, which do not answer the question" in declined.answer
    assert declined.sources == ""


def test_what_is_read_aloud_has_its_language(make: Make) -> None:
    answered = last(make(), "Which basin did the harbour open?", language="fr")
    assert (answered.language, answered.sentences[0][:12]) == ("en", "The harbour ")
    assert '<blockquote><span lang="en">The harbour opened' in answered.sources
    declined = last(make(reader={"min_support": 1.0}), "Which basin shut?", language="fr")
    assert (declined.told, declined.sentences) == ("Sans réponse", ())


def test_limits_are_shown_with_the_answer(make: Make) -> None:
    told = last(make(), "Which basin opened?", as_of=date(2025, 3, 4), publishers=("The Gazette",))
    assert text(told.answer).startswith("As of 4 March 2025 Only from The Gazette")
    assert told.exchange is not None
    assert told.exchange["as_of"] == "2025-03-04"
    assert told.exchange["publishers"] == ["The Gazette"]


def test_what_a_language_model_writes_is_shown_as_it_is_checked(make: Make) -> None:
    models = replace(
        fake_models(),
        generator=FakeGenerator("The harbour opened its ", "third basin [1]. It", " sank"),
    )
    asking = make(models, generator={"kind": "openai", "model": "small"})
    *steps, done = stages(asking, "Which basin opened?")
    writing = [each for each in steps if each.stage == "writing"]
    assert text(writing[-1].answer) == "The harbour opened its third basin. 1 (3 March 2025)"
    assert writing[-1].sentences == ("The harbour opened its third basin. [1] (3 March 2025)",)
    assert "sank" not in done.answer


def test_a_follow_up_is_told_what_was_said_before(make: Make) -> None:
    past = (Past(question="Which basin did the harbour open?", text="The third basin. [1]"),)
    told = last(make(), "Who opened it?", past=past)
    assert told.exchange is not None
    assert told.exchange["question"] == "Who opened it?"
    assert told.exchange["stands_alone"] != "Who opened it?"


@pytest.mark.parametrize("question", ["", "   ", "???", "a\0b", "x" * 2001])
def test_what_cannot_be_asked_is_told_in_words(make: Make, question: str) -> None:
    told = last(make(), question)
    assert told.stage == "trouble"
    assert told.trouble is not None
    assert told.trouble.what == "That question cannot be asked."


def test_a_language_model_that_fails_is_told_in_words(make: Make) -> None:
    models = replace(fake_models(), generator=FakeGenerator(error=ModelError("down")))
    told = last(make(models, generator={"kind": "openai", "model": "small"}), "Which basin opened?")
    assert told.trouble is not None
    assert told.trouble.kind == "ModelError"
    assert not told.trouble.build


def test_what_goes_wrong_unforeseen_is_told_without_its_secrets(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def open_qa() -> QA:
        raise RuntimeError("a secret path")

    told = last(Asking(Opening(open_qa), Feedback(tmp_path)), "Which basin opened?")
    assert told.trouble is not None
    assert told.trouble.what == "Something went wrong here."
    assert "a secret path" in caplog.text


def test_without_an_index_it_offers_to_build_and_tries_again(
    config: Config, tmp_path: Path
) -> None:
    tries: list[int] = []

    def open_qa() -> QA:
        tries.append(1)
        if len(tries) < 2:
            raise IndexNotFoundError("there is no index in 'index'")
        return QA(config, fake_models())

    asking = Asking(Opening(open_qa), Feedback(tmp_path), today=lambda: TODAY)
    told = last(asking, "Which basin opened?")
    assert told.trouble is not None
    assert told.trouble.build
    greeting = asking.greet(ENGLISH)
    assert greeting.state == "trouble"
    assert greeting.trouble == told.trouble
    assert last(asking, "Which basin opened?").stage == "checked"
    assert asking.greet(ENGLISH).told == "2 articles, the newest of 3 March 2025, 7 days ago"


def test_the_publishers_are_told_to_choose_from(make: Make) -> None:
    asking = make()
    last(asking, "Which basin opened?")
    assert asking.greet(ENGLISH).publishers == ("The <script>Quay</script>", "The Gazette")


def test_an_article_opens_with_the_quote_marked_letter_by_letter(make: Make) -> None:
    asking = make()
    exchange = last(asking, "Which basin did the harbour open?").exchange
    assert exchange is not None
    cited = exchange["citations"][0]
    opened = asking.open(cited["article"]["id"], Span(cited["start"], cited["end"]), ENGLISH)
    assert re.findall("<mark>(.*?)</mark>", opened) == [str(escape(cited["quote"]))]
    assert text(opened).startswith("Harbour opens a basin The Gazette, 3 March 2025 7 days ago")


@pytest.mark.parametrize("quote", [Span(0, 0), Span(5, 2), Span(10_000, 10_010), Span(0, 10**8)])
def test_a_quote_that_the_article_has_not_is_no_harm(make: Make, quote: Span) -> None:
    asking = make()
    exchange = last(asking, "Which basin did the harbour open?").exchange
    assert exchange is not None
    article = exchange["citations"][0]["article"]["id"]
    assert "third basin" in asking.open(article, quote, ENGLISH)


def test_an_article_that_is_gone_is_an_error(make: Make) -> None:
    with pytest.raises(ArticleError):
        make().open("0123456789abcdef", Span(0, 1), ENGLISH)


def test_hostile_words_stay_words(make: Make) -> None:
    asking = make()
    told = last(asking, "What did the mayor of the quay write?")
    assert told.exchange is not None
    cited = told.exchange["citations"][0]
    span = Span(cited["start"], cited["end"])
    opened = asking.open(cited["article"]["id"], span, ENGLISH)
    for shown in (told.answer, told.sources, opened):
        assert escape(HOSTILE) in shown
        assert set(re.findall(r"<(\w+)", shown)) <= ALLOWED
        assert "href" not in shown.replace(escape(HOSTILE), "")


def test_what_a_browser_kept_is_shown_as_it_was(make: Make) -> None:
    asking = make()
    told = last(asking, "Which basin did the harbour open?")
    assert asking.show([told.exchange], ENGLISH) == [
        {
            "question": "Which basin did the harbour open?",
            "answer": told.answer,
            "sources": told.sources,
        }
    ]


@pytest.mark.parametrize("kept", [None, "x", [{}], [{"id": 1}], [None] * 51])
def test_what_no_page_kept_is_refused(make: Make, kept: Any) -> None:
    with pytest.raises(ValueError, match="validation error"):
        make().show(kept, ENGLISH)


def test_verdicts_are_kept_with_the_answer(make: Make, tmp_path: Path) -> None:
    asking = make()
    first = last(asking, "Which basin opened?")
    past = (Past(question="Which basin opened?", text="The third."),)
    second = last(asking, "Who said so?", past=past)
    assert first.token is not None
    assert second.token is not None
    assert asking.judge(first.token, Verdict.GOOD)
    assert asking.judge(second.token, Verdict.WRONG_FACT)
    assert not asking.judge("no such token", Verdict.GOOD)
    kept = Feedback(tmp_path).all()
    assert [(each.answer["question"], each.verdict, len(each.history)) for each in kept] == [
        ("Which basin opened?", Verdict.GOOD, 0),
        ("Who said so?", Verdict.WRONG_FACT, 1),
    ]
