"""A question that leans on earlier turns, as one that stands alone. No language model.

In this order: what is left out is filled in from the last question; words that point back are
replaced with what they mean; if neither is sure, the topic is put in front, briefly.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from mssqa.ask import ellipsis
from mssqa.ask.mentions import Mention, mentions
from mssqa.ask.nouns import NOUNS, Sort, each_of
from mssqa.ask.parsing import parsed
from mssqa.ask.pointing import Pointer, definite, events, has_name, pointers, written_out
from mssqa.ask.scene import Scene, bare
from mssqa.ask.wants import wants
from mssqa.grammar import Parse
from mssqa.ports import Parser
from mssqa.text import FUNCTION_WORDS, sentence_spans
from mssqa.types import Turn, Wants

MAX_TURNS = 6  # that are looked back on: the first, which tells the topic, and the last
MAX_PHRASE = 120  # characters of an answer that takes the place of a "that"
MAX_CHARACTERS = 300  # of a turn's answer, and of its question, that are read

_NAMED_FOR = {Wants.PERSON: Sort.PERSON, Wants.PLACE: Sort.PLACE, Wants.ORGANISATION: Sort.GROUP}
_EMPTY_WORDS = FUNCTION_WORDS | each_of(
    "happen tell know say think thing else name kind like get go come make take give mean long old "
    "date time day year number many much first last new exactly please"
)
_MIN_CONTENT = 3  # words of its own with which a question without names stands alone


def stand_alone(question: str, history: Sequence[Turn], parser: Parser) -> str:
    """The question with what it takes from earlier turns written out; unchanged if that is nothing.

    Args:
        question: one line of text.
        history: earlier turns, oldest first; `MAX_TURNS` of them are read.
        parser: reads the question and those turns.
    """
    chosen = history if len(history) <= MAX_TURNS else (history[0], *history[1 - MAX_TURNS :])
    turns = [_shortened(turn) for turn in chosen]
    texts = [text for turn in turns for text in (turn.question, turn.answer)]
    parses = parsed(parser, [*texts, question])
    state = _State(parser=parser)
    for asked, answered in zip(parses[:-1:2], parses[1:-1:2], strict=True):
        state = state.after(asked, answered)
    return state.complete(parses[-1]).text


class _Asked(NamedTuple):
    """A question that stands alone, with what is put in front of its own words for that."""

    own: str
    topic: str = ""

    @property
    def text(self) -> str:
        if not self.topic:
            return self.own
        return (
            f"{self.topic} {self.own}" if self.topic.endswith("?") else f"{self.topic}: {self.own}"
        )


_NOTHING = Scene()
_OPENING = re.compile(r"(?:and|but)\b[\s,]*", re.IGNORECASE)
_MAX_TOPICS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """Where a conversation stands after some turns."""

    parser: Parser
    scene: Scene = _NOTHING
    asked: tuple[_Asked, ...] = ()
    statement: str = ""  # the last answer, standing alone
    phrase: str = ""  # the same if it is no sentence but a thing that can be pointed at
    answer: tuple[Mention, ...] = ()

    def after(self, asked: Parse, answered: Parse) -> "_State":
        found = pointers(asked, self.scene)
        alone = self.complete(asked)
        scene = self.scene.faded().then(mentions(asked)).then(_meant(found), weight=0.5)
        back = pointers(answered, scene)
        answer = _as_asked(mentions(answered), wants(asked))
        return replace(
            self,
            scene=scene.then(_meant(back)).answered(answer, focus=_names_new(asked)),
            asked=(*self.asked, alone),
            statement=_core(written_out(answered, back)) if _is_sentence(answered) else "",
            phrase=_thing(answered),
            answer=answer,
        )

    def complete(self, question: Parse) -> _Asked:
        """The question, standing alone."""
        if not self.asked:
            return _Asked(question.text)
        return self._filled(question) or self._pointed(question)

    def _filled(self, question: Parse) -> _Asked | None:
        if not ellipsis.may_be_elliptic(question.text):
            return None
        (rest,) = parsed(self.parser, [ellipsis.rest_of(question.text)])
        if not ellipsis.is_elliptic(question.text, rest):
            return None
        own = parsed(self.parser, [earlier.own for earlier in self.asked])
        for earlier, parse in zip(reversed(self.asked), reversed(own), strict=True):
            if filled := ellipsis.filled(rest, parse, self.answer):
                return _Asked(filled, earlier.topic)
        return _Asked(question.text, self.asked[-1].text)

    def _pointed(self, question: Parse) -> _Asked:
        found = pointers(question, self.scene)
        text = written_out(question, found)
        if events(question):
            return self._with_event(question, text)
        meant = [p.mention for p in found if p.mention is not None]
        if sought := next((m for m in meant if m.asked), None):
            return _Asked(question.text, self._question_about(sought))
        if any(m.named or len(bare(m.text)) > 1 for m in meant):
            return _Asked(_without_opening(text))
        if _stands_alone(question, found):
            return _Asked(text)
        return _Asked(text, self._topic(meant))

    def _question_about(self, sought: Mention) -> str:
        """The last question that asked for it: what it is, only that question says."""
        asked = [earlier.text for earlier in self.asked]
        return next((text for text in reversed(asked) if sought.text in text), asked[-1])

    def _with_event(self, question: Parse, text: str) -> _Asked:
        """What happened in the place of the "that", if it is a phrase; in front if a sentence."""
        event = events(question)[0]
        pointed = question.text[slice(*event)]
        if self.phrase and text.count(pointed) == 1:
            return _Asked(text.replace(pointed, self.phrase))
        return _Asked(text, self.statement or self.asked[-1].text)

    def _topic(self, meant: Sequence[Mention]) -> str:
        """What the conversation is about, in at most two phrases, beside what is said already."""
        said = {m.text for m in meant}
        scene = Scene(mentions=tuple(m for m in self.scene.mentions if m.text not in said))
        chosen = scene.prominent(_MAX_TOPICS - len(meant[:1]), lambda m: m.sort is not Sort.TIME)
        return ", ".join(map(definite, chosen)) or self.asked[-1].text


def _shortened(turn: Turn) -> Turn:
    """Questions in one line; of an answer, its first two sentences."""
    answer = " ".join(turn.answer.split())
    ends = [end for _, end in sentence_spans(answer[:MAX_CHARACTERS])][:2]
    return Turn(
        question=" ".join(turn.question.split())[:MAX_CHARACTERS],
        answer=answer[: max(ends, default=0)],
    )


def _names_new(asked: Parse) -> bool:
    """Whether the answer names somebody new: not so for "who is Ilse Brandt?"."""
    about_a_name = any(m.named and not m.sure and m.weight >= 0.4 for m in mentions(asked))
    is_who = len(asked.tokens) > 1 and asked.tokens[1].lemma == "be"
    return wants(asked) in {Wants.PERSON, Wants.ORGANISATION} and not (is_who and about_a_name)


def _is_sentence(parse: Parse) -> bool:
    return any(
        token.tag in {"VERB", "AUX"} and token.head == n for n, token in enumerate(parse.tokens)
    )


def _meant(found: Sequence[Pointer]) -> tuple[Mention, ...]:
    """The mentions that pointers bring back, standing out as if they were named anew."""
    return tuple(replace(p.mention, weight=0.5) for p in found if p.mention is not None)


def _as_asked(answer: Sequence[Mention], wanted: Wants) -> tuple[Mention, ...]:
    """The mentions of an answer; a name that was asked for is of the sort that was asked for."""
    first = [
        replace(m, sort=_NAMED_FOR[wanted], sure=True)
        if wanted in _NAMED_FOR and m.named and not m.sure
        else m
        for m in answer[:1]
    ]
    return (*first, *answer[1:])


def _thing(answer: Parse) -> str:
    """An answer that is one noun phrase with what belongs to it, as it stands in a sentence."""
    root = next((t for n, t in enumerate(answer.tokens) if t.head == n), None)
    if root is None or root.tag not in NOUNS or len(answer.text) > MAX_PHRASE:
        return ""
    first = answer.tokens[0]
    text = _core(answer.text)
    return f"{text[:1].lower()}{text[1:]}" if first.tag == "DET" else text


def _stands_alone(question: Parse, found: Sequence[Pointer]) -> bool:
    """Whether a question has a name of its own, or enough other words, and nothing dangling."""
    if has_name(question):
        return True
    content = {t.lemma for t in question.tokens if t.tag in {"NOUN", "VERB", "ADJ", "NUM"}}
    return not found and len(content - _EMPTY_WORDS) >= _MIN_CONTENT


def _without_opening(text: str) -> str:
    """Without an "and" that ties it to what was said before."""
    opening = _OPENING.match(text)
    rest = text[opening.end() :] if opening else text
    return f"{rest[:1].upper()}{rest[1:]}" if text[:1].isupper() else rest


def _core(text: str) -> str:
    return text.strip().rstrip(".")
