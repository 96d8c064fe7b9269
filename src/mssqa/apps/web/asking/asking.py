"""What the Ask tab asks of the library: answers as they grow, articles, verdicts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mssqa.apps.feedback import Feedback, Verdict
from mssqa.apps.web.asking.answered import Answered
from mssqa.apps.web.asking.asked import Asked
from mssqa.apps.web.asking.exchange import exchanges
from mssqa.apps.web.asking.export import Exported, Style, export
from mssqa.apps.web.asking.opened import opened
from mssqa.apps.web.asking.stages import Stage, Telling
from mssqa.apps.web.asking.suggestions import Suggestions
from mssqa.apps.web.asking.view import sources, whole
from mssqa.apps.web.asking.welcome import Welcome, welcome
from mssqa.apps.web.opening import Opening
from mssqa.apps.web.trouble import in_words
from mssqa.apps.web.wording import Wording, wording
from mssqa.types import Checked, Evidence, Found, Span, Wrote


def _today() -> date:
    return datetime.now(tz=UTC).date()


class Asking:
    """The questions of every visitor to one index."""

    def __init__(
        self,
        opening: Opening,
        feedback: Feedback,
        *,
        suggestions: Callable[[], Suggestions] | None = None,
        today: Callable[[], date] = _today,
    ) -> None:
        self._opening = opening
        self._suggestions = suggestions
        self._feedback = feedback
        self._today = today
        self._answered = Answered()
        self._running: set[str] = set()

    def greet(self, words: Wording) -> Welcome:
        """How things stand when somebody comes."""
        return welcome(self._opening, words, today=self._today())

    def ask(self, asked: Asked, *, who: str) -> Iterator[Stage]:
        """The answer to a question as it grows; each stage holds all that is to be seen.

        Args:
            asked: the question.
            who: by what the questions of one visitor are counted; see `gate.Gate`.
        """
        words = wording(asked.language)
        first = "ask.searching" if self._opening.is_open else "ask.waiting"
        stage = Stage(run=asked.run, told=words(first))
        yield stage
        self._running.add(asked.run)
        try:
            with self._opening.gate.question(who):
                yield from self._stages(asked, stage, words)
        except Exception as error:  # noqa: BLE001 - told in words, and logged there
            yield replace(stage, stage="trouble", trouble=in_words(error, words))
        finally:
            self._running.discard(asked.run)

    def is_running(self, run: str) -> bool:
        """Whether an answer is still being made, or waits for its turn."""
        return run in self._running

    def open(self, article_id: str, quote: Span, words: Wording) -> str:
        """An article as HTML with the quote marked.

        Raises:
            MssqaError: there is no such article any more, or the index will not open.
        """
        article = self._opening.qa().article(article_id)
        return opened(article, quote, words, today=self._today())

    def show(self, kept: Any, words: Wording) -> list[dict[str, str]]:
        """The exchanges that a browser kept, as HTML.

        Raises:
            ValueError: they are not what a page keeps.
        """
        return [
            {
                "question": each.question,
                "answer": whole(each, words, today=self._today()),
                "sources": sources(each, words, today=self._today()),
            }
            for each in exchanges(kept)
        ]

    def export(self, kept: Any, *, title: str, style: Style, words: Wording) -> Exported:
        """The exchanges that a browser kept, as a file.

        Raises:
            ValueError: they are not what a page keeps.
        """
        return export(exchanges(kept), title=title, style=style, words=words)

    def examples(self) -> tuple[str, ...]:
        """Questions to begin with; none while the index is not open."""
        if self._suggestions is None or not self._opening.is_open:
            return ()
        return self._suggestions().examples()

    def follow_ups(self, kept: Any) -> tuple[str, ...]:
        """Questions to go on with after the exchanges that a browser kept.

        Raises:
            ValueError: they are not what a page keeps.
        """
        past = exchanges(kept)
        if self._suggestions is None or not past:
            return ()
        asked = [each.question for each in past]
        return self._suggestions().follow_ups(past[-1], asked=asked)

    def judge(self, token: str, verdict: Verdict) -> bool:
        """Keep a reader's verdict on an answer; False if the answer is no longer known."""
        given = self._answered.get(token)
        if given is not None:
            self._feedback.add(given.answer, verdict, history=given.history)
        return given is not None

    def _stages(self, asked: Asked, stage: Stage, words: Wording) -> Iterator[Stage]:
        telling = Telling(asked=asked, words=words, today=self._today())
        evidence: tuple[Evidence, ...] = ()
        for event in self._opening.qa().stream(
            asked.question, history=asked.turns, as_of=asked.as_of, publishers=asked.publishers
        ):
            match event:
                case Found():
                    evidence = event.evidence
                    stage = telling.found(stage, evidence)
                case Wrote():
                    stage = telling.wrote(stage, event.sentence, evidence)
                case Checked():
                    token = self._answered.add(event.answer, asked.turns)
                    stage = telling.checked(stage, event.answer, token)
            yield stage
