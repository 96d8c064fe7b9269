"""What the chat page does: greet, answer, keep verdicts."""

import html
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import gradio as gr
from gradio.components.chatbot import ExampleMessage

from mssqa.apps.feedback import Feedback, Verdict
from mssqa.apps.render import day, line, render, to_html
from mssqa.apps.web.opening import Opening
from mssqa.errors import MssqaError
from mssqa.types import Answer, Article, Checked, Found, Turn, Wrote

log = logging.getLogger(__name__)

MOST_EXCHANGES = 50  # kept on the page
MOST_TURNS = 8  # of them, told to the next question
MOST_EXAMPLES = 4

Message = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question as typed and what the page showed for it."""

    question: str
    shown: str  # HTML
    answer: Answer | None = None  # None: there was an error instead

    @property
    def messages(self) -> list[Message]:
        """The two messages of the exchange."""
        return [
            {"role": "user", "content": to_html(self.question, ())},
            {"role": "assistant", "content": self.shown},
        ]


Talk = tuple[Exchange, ...]


class Chat:
    """The conversation of every visitor with one index."""

    def __init__(self, opening: Opening, feedback: Feedback) -> None:
        self._opening = opening
        self._feedback = feedback

    def greet(self) -> tuple[str, list[ExampleMessage]]:
        """How many articles there are and how fresh, as HTML; and questions to begin with."""
        try:
            articles = self._opening.qa().articles()
        except MssqaError as error:
            return in_words(error), []
        return f"<p>{freshness(articles)}</p>", examples(articles)

    def answer(self, question: str, talk: Talk) -> Iterator[tuple[list[Message], Talk]]:
        """The messages to show, growing as the answer is written; and the conversation so far."""
        asked = Exchange(question=question, shown=to_html("Searching the articles …", ()))
        yield shown(talk, asked), talk
        done = asked
        for done in self._exchanges(question, talk):
            yield shown(talk, done), talk
        talk = (*talk, done)[-MOST_EXCHANGES:]
        yield shown(talk), talk

    def judge(self, talk: Talk, liked: gr.LikeData) -> None:
        """Keep a reader's verdict on one answer."""
        assert isinstance(liked.index, int)
        number = liked.index // 2  # two messages are one exchange
        answer = talk[number].answer
        if answer is not None:
            self._feedback.add(answer, verdict(liked.liked), history=turns(talk[:number]))

    def _exchanges(self, question: str, talk: Talk) -> Iterator[Exchange]:
        try:
            yield from self._stream(question, talk)
        except MssqaError as error:
            yield Exchange(question=question, shown=in_words(error))
        except Exception:
            log.exception("the question %r failed", question)
            problem = MssqaError("something went wrong here", hint="the log of the page says what")
            yield Exchange(question=question, shown=in_words(problem))

    def _stream(self, question: str, talk: Talk) -> Iterator[Exchange]:
        written = ""
        for event in self._opening.qa().stream(question, history=turns(talk)):
            match event:
                case Found(evidence=evidence):
                    many = "sentence" if len(evidence) == 1 else "sentences"
                    text = f"Reading {len(evidence)} {many} …" if evidence else "Reading …"
                    yield Exchange(question=question, shown=to_html(text, ()))
                case Wrote(sentence=sentence):
                    written = f"{written} {sentence}".strip()
                    yield Exchange(question=question, shown=to_html(written, ()))
                case Checked(answer=answer):
                    html_answer = render(answer, style="html")
                    yield Exchange(question=question, shown=html_answer, answer=answer)


def shown(talk: Talk, *more: Exchange) -> list[Message]:
    """The messages of a conversation."""
    return [message for exchange in (*talk, *more) for message in exchange.messages]


def turns(talk: Talk) -> tuple[Turn, ...]:
    """The last exchanges that ended with an answer, as the next question is told them."""
    answered = (each for each in talk if each.answer)
    past = tuple(Turn(question=e.question, answer=e.answer.text) for e in answered if e.answer)
    return past[-MOST_TURNS:]


def freshness(articles: Sequence[Article]) -> str:
    """How many articles there are, and the day of the newest.

    >>> freshness([Article(path="a.md", title="Ports reopen", text="...")])
    '1 article, undated.'
    """
    days = [article.published for article in articles if article.published]
    count = f"{len(articles):,} article{'' if len(articles) == 1 else 's'}"
    return f"{count}, newest {day(max(days))}." if days else f"{count}, undated."


def examples(articles: Sequence[Article]) -> list[ExampleMessage]:
    """A question for each of the first articles, from its title."""
    titles = (line(article.title) for article in islice(articles, MOST_EXAMPLES))
    return [{"text": f"What is known about this: {title}?"} for title in titles]


def in_words(error: MssqaError) -> str:
    """An error as HTML: what is wrong, and what to do next."""
    hint = f"<p>{html.escape(line(error.hint))}</p>" if error.hint else ""
    return f'<div class="error"><p>{html.escape(line(str(error)))}</p>{hint}</div>'


def verdict(liked: bool | str) -> Verdict:  # noqa: FBT001 - so Gradio tells it
    """The verdict that a press of a thumb or a reason stands for."""
    if isinstance(liked, str):
        return Verdict(liked.lower())
    return Verdict.GOOD if liked else Verdict.BAD
