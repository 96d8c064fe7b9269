"""Questions that leave out what the last one said: "why?", "who else?", "what about the second?".

Each takes over the last question, which stands alone already, and puts its own words in.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from mssqa.ask.mentions import Mention, mentions
from mssqa.ask.nouns import Sort, each_of, sort_of
from mssqa.ask.parsing import from_token
from mssqa.grammar import Parse
from mssqa.text import words
from mssqa.types import Span

_LEAD = re.compile(
    r"(?:(?:and|but|or|so|also|okay|ok)\b[\s,]*)*(?P<about>(?:what|how)\s+about\b)?[\s,]*",
    re.IGNORECASE,
)
_ASKED_AGAIN = re.compile(
    r"(?:(?:since|by|with|to|from|for|until|against)\s+)?(?:who|whom|what|which|when|where|why|how)"
    r"(?:\s+(?:not|so|else))?",
    re.IGNORECASE,
)
_QUESTION_WORDS = each_of("who whom what which when where why how")
_NUMBERED = each_of("first second third fourth fifth sixth seventh last latest next other")
_BLANK_BEFORE_MARK = re.compile(r"\s+(?=[,;:]|[’']s\b)")
_MAX_WORDS = 8  # of what takes the place of a part of the last question
_MAX_BARE_WORDS = 3  # of the same without "and" or "what about" in front


def rest_of(question: str) -> str:
    """A question without "and" or "what about" in front.

    >>> rest_of("And what about the second vote?")
    'the second vote?'
    """
    return question[_lead(question).end() :]


def may_be_elliptic(question: str) -> bool:
    """Whether a question is short enough, or begins as one that leaves something out.

    >>> may_be_elliptic("And the men's?"), may_be_elliptic("Who won the men's final?")
    (True, False)
    """
    said = len(words(rest_of(question)))
    return 0 < said <= (_MAX_WORDS if _lead(question).end() else _MAX_BARE_WORDS)


def is_elliptic(question: str, rest: Parse) -> bool:
    """Whether a question that may be, of which `rest` follows its "and", leaves its verb out."""
    if _ASKED_AGAIN.fullmatch(_core(rest.text)) or _lead(question)["about"]:
        return True
    asks = words(rest.text)[0] in _QUESTION_WORDS
    has_verb = asks or any(token.tag == "AUX" for token in rest.tokens)
    return not has_verb and (_lead(question).end() > 0 or "?" in rest.text)


def filled(rest: Parse, last: Parse, answer: Sequence[Mention]) -> str | None:
    """The last question with the words of an elliptic one in their place; None: no place found.

    Args:
        rest: the elliptic question without "and" or "what about".
        last: the last question, standing alone.
        answer: what was spoken of in the answer to it, the thing asked for first.
    """
    core = _core(rest.text)
    opening, own = _opened(last)
    if core.lower().endswith("else"):
        return _joined(opening, _with_else(core, own))
    if _ASKED_AGAIN.fullmatch(core) or _asks_which(rest):
        named = next((m.text for m in answer if m.named), None)
        return _joined(opening, asked_with(core, own, named))
    return _replaced(rest, last)


def _asks_which(rest: Parse) -> bool:
    """Whether it is of the sort "in which year", "by how many votes"."""
    asks = len(rest.tokens) > 2 and rest.word(1).lower() in _QUESTION_WORDS
    return asks and rest.tokens[0].tag == "ADP" and not _has_verb(rest)


def _has_verb(parse: Parse) -> bool:
    return any(token.tag in {"VERB", "AUX"} for token in parse.tokens)


def _opened(last: Parse) -> tuple[str, Parse]:
    """The "in 2023" before the comma that a question may open with, and the question itself."""
    comma = next((n for n in range(len(last.tokens) - 1) if last.word(n) == ","), None)
    if comma is None or last.tokens[0].tag != "ADP":
        return "", last
    asks = _is_asking(last, comma + 1) and not any(_is_asking(last, n) for n in range(comma))
    return (
        (last.text[: last.tokens[comma].start], from_token(last, comma + 1)) if asks else ("", last)
    )


def _is_asking(parse: Parse, index: int) -> bool:
    word, token = parse.word(index).lower(), parse.tokens[index]
    return word in _QUESTION_WORDS or token.tag in {"AUX", "VERB"}


def _joined(opening: str, question: str | None) -> str | None:
    return f"{opening}, {_lower_first(question)}" if opening and question else question


def _lead(question: str) -> re.Match[str]:
    found = _LEAD.match(question)
    assert found is not None  # it matches the empty string
    return found


def _core(text: str) -> str:
    return text.strip().rstrip("?!. ")


def _with_else(core: str, last: Parse) -> str | None:
    """Who else → "Who else signed the accord?"."""
    opening = words(last.text)[:1]
    if opening != words(core)[-2:-1]:
        return None
    return _sentence(core, last.text[last.tokens[0].end :])


def asked_with(core: str, last: Parse, named: str | None) -> str | None:
    """A question with another question word: "Who signed?" with "why": "Why did Norway sign?".

    `named` is who or what it asked for, if that is known; None is returned where it is needed.
    """
    asked = _asked_phrase(last)
    if not asked:
        opens_with_verb = bool(last.tokens) and last.tokens[0].tag == "AUX"
        return _sentence(core, _lower_first(last.text)) if opens_with_verb else None
    verb = asked.stop
    if verb >= len(last.tokens):
        return None
    rest = last.text[last.tokens[verb].end :]
    if not _is_subject(last, asked):
        return _sentence(core, last.text[last.tokens[verb].start :])
    subject = (None if _is_count(last, asked) else named) or _subject(last, asked)
    if subject is None:
        return None
    token = last.tokens[verb]
    if token.tag == "AUX":
        return _sentence(core, last.word(verb), subject, rest)
    aux = "does" if last.word(verb) == f"{token.lemma}s" else "did"
    return _sentence(core, aux, subject, token.lemma, rest)


def _asked_phrase(parse: Parse) -> range:
    """What a question opens with up to its verb: "how many deputies"; empty if it asks nothing."""
    if _QUESTION_WORDS.isdisjoint(parse.word(n).lower() for n in range(len(parse.tokens))[:2]):
        return range(0)
    within = takewhile(
        lambda n: n == 0 or parse.tokens[n].tag not in {"VERB", "AUX"}, range(len(parse.tokens))
    )
    return range(max(within) + 1)


def _is_subject(parse: Parse, asked: range) -> bool:
    """Whether no subject of its own follows the verb: "who signed …", "how many men have left"."""
    roles = {token.role for token in parse.tokens[asked.stop :]}
    adverb = parse.tokens[0].tag == "ADP" or parse.word(0).lower() in {"when", "where", "why"}
    verb = parse.tokens[asked.stop]
    return not adverb and (
        verb.tag == "VERB" or not roles & {"nsubj", "nsubjpass"} or verb.role == "ROOT"
    )


def _is_count(parse: Parse, asked: range) -> bool:
    return any(parse.tokens[n].lemma in {"many", "much"} for n in asked)


def _subject(parse: Parse, asked: range) -> str | None:
    found = [m for m in mentions(parse) if m.span.start < parse.tokens[asked.stop].start]
    return found[-1].text if found else None


def _replaced(rest: Parse, last: Parse) -> str | None:
    """The last question with the part that the new words stand beside exchanged for them."""
    core = _core(rest.text)
    ordinal = next((w for w in words(core) if w in _NUMBERED), None)
    new = next((m for m in mentions(rest) if m.head not in {"one", "ones"}), None)
    if ordinal and new is None:
        return _renumbered(ordinal, last)
    place = _same_date(rest, last) or _place(new, rest, last)
    if place is not None:
        return _sentence(
            last.text[: place.start], _fitted(rest, last, place), last.text[place.end :]
        )
    if rest.tokens[0].tag == "ADP":
        return f"{_core(last.text)} {_lower_first(core)}?"
    return None


def _fitted(rest: Parse, last: Parse, place: Span) -> str:
    """The new words as they stand in a place: after an "of" without a preposition of their own."""
    core = _core(rest.text)
    if not place.start or rest.tokens[0].tag != "ADP":
        return core
    after_of = last.text[: place.start].lower().endswith(" of ")
    return core.partition(" ")[2] if after_of else _lower_first(core)


def _same_date(rest: Parse, last: Parse) -> Span | None:
    """Where the last question has the date that another one is to take the place of."""
    new, old = (
        [name.span for name in parse.names if name.label == "DATE"] for parse in (rest, last)
    )
    inside = {n for span in new for n in rest.within(span)}
    besides = {token.tag for n, token in enumerate(rest.tokens) if n not in inside}
    if not new or not old or not besides <= {"ADP", "DET", "PUNCT"}:
        return None
    return _with_preposition(old[-1], rest, last)


def _renumbered(ordinal: str, last: Parse) -> str | None:
    for n, token in enumerate(last.tokens):
        if last.word(n).lower() in _NUMBERED:
            return f"{last.text[: token.start]}{ordinal}{last.text[token.end :]}"
    return None


def _place(new: Mention | None, rest: Parse, last: Parse) -> Span | None:
    """Where the last question speaks of the same sort of thing: of the same noun if it does."""
    alike = [(merit, m.span) for m in mentions(last) if (merit := _likeness(new, rest, m))]
    if not alike:
        return None
    return _with_preposition(_owner(max(alike)[1], new, last), rest, last)


def _owner(span: Span, new: Mention | None, last: Parse) -> Span:
    """Of "Oslo's view", Oslo, if another name is to take its place."""
    case = next((n for n in last.within(span) if last.word(n) in {"'s", "’s"}), None)
    if new is None or case is None or not new.named or "'s" in new.text or "’s" in new.text:
        return span
    named = any(last.tokens[n].tag == "PROPN" for n in last.within(span) if n < case)
    return Span(span.start, last.tokens[case].start) if named else span


def _with_preposition(span: Span, rest: Parse, last: Parse) -> Span:
    """The span with the word before it, where the new words have one too: but for an "of"."""
    before = [t for t in last.tokens if t.end <= span.start][-1:]
    opens = rest.tokens[0].tag == "ADP" and bool(before) and before[0].tag == "ADP"
    return Span(before[0].start, span.end) if opens and before[0].lemma != "of" else span


def _likeness(new: Mention | None, rest: Parse, old: Mention) -> float:
    if new is None:
        lemma = rest.tokens[-1 if rest.tokens[-1].tag != "PUNCT" else -2].lemma
        plural = _core(rest.text).endswith("s")
        return float(old.plural == plural and not old.named) + (sort_of(lemma) == old.sort)
    if new.head == old.head:
        return 3.0
    if new.sort is Sort.TIME or old.sort is Sort.TIME:
        return 2.0 * (new.sort == old.sort)
    if new.named != old.named or new.plural != old.plural:
        return 0.0
    return 1.0 + (new.sort == old.sort) + 0.5 * old.weight


def _sentence(*parts: str) -> str:
    text = " ".join(part.strip() for part in parts if part.strip()).rstrip("?!. ")
    text = _BLANK_BEFORE_MARK.sub("", text)
    return f"{text[:1].upper()}{text[1:]}?"


def _lower_first(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"
