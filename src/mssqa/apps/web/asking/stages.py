"""What is to be seen of an answer at each moment, from the events of its stream."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from markupsafe import Markup

from mssqa.apps.web.asking.asked import Asked
from mssqa.apps.web.asking.exchange import Exchange, Source
from mssqa.apps.web.asking.markers import NOTHING, cards, with_markers
from mssqa.apps.web.asking.view import limits, sources, whole
from mssqa.apps.web.trouble import Trouble
from mssqa.apps.web.wording import ENGLISH, Wording
from mssqa.types import Answer, Evidence, Status

_SENTENCE = Markup('<p class="claim">{}</p>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """All that is to be seen of an answer at one moment."""

    run: str  # the browser's name for it
    stage: Literal["begun", "found", "writing", "checked", "trouble"] = "begun"
    told: str = ""  # in a line, how it goes
    answer: str = ""  # HTML
    sources: str = ""  # HTML
    sentences: tuple[str, ...] = ()  # to be read aloud
    language: str = ""  # of the sentences
    exchange: dict[str, Any] | None = None  # what the browser keeps
    token: str | None = None  # names the answer to whoever judges it
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How the events of one question are shown."""

    asked: Asked
    words: Wording
    today: date

    def found(self, stage: Stage, evidence: Sequence[Evidence]) -> Stage:
        """The evidence, before anything is written."""
        shown = cards([Source.of(each) for each in evidence], self.words, today=self.today)
        told = self.words("ask.reading", count=len(evidence))
        language = next((each.passage.article.language for each in evidence), "")
        return replace(
            stage,
            stage="found",
            told=told,
            sources=shown,
            answer=self._limits,
            language=language,
        )

    def wrote(self, stage: Stage, sentence: str, evidence: Sequence[Evidence]) -> Stage:
        """One sentence more."""
        known = {each.number: Source.of(each) for each in evidence}
        sentences = (*stage.sentences, sentence)
        written = NOTHING.join(
            _SENTENCE.format(with_markers(each, known, self.words)) for each in sentences
        )
        return replace(stage, stage="writing", answer=self._limits + written, sentences=sentences)

    def checked(self, stage: Stage, answer: Answer, token: str) -> Stage:
        """The whole answer."""
        exchange = Exchange.of(answer, asked=self.today)
        return replace(
            stage,
            stage="checked",
            told=self.words(f"ask.{exchange.status}", count=len(exchange.citations)),
            answer=whole(exchange, self.words, today=self.today),
            sources=sources(exchange, self.words, today=self.today),
            sentences=stage.sentences or self._whole(answer),
            exchange=exchange.model_dump(mode="json"),
            token=token,
        )

    def _whole(self, answer: Answer) -> tuple[str, ...]:
        """The text of an answer of which no sentence was told."""
        if answer.status is Status.DECLINED and self.words.language != ENGLISH:
            return ()  # `told` says that it is not answered, in the words of the page
        return (answer.text,)

    @property
    def _limits(self) -> Markup:
        return limits(self.asked.as_of, self.asked.publishers, self.words)
