"""Lists whole: the enumeration that a value stands in, its members, and how many were asked for."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mssqa.compose.numbers import find_numbers
from mssqa.grammar import Parse
from mssqa.types import Span

_NAMES = frozenset({"NOUN", "PROPN"})
_LEFT_OUT = frozenset(
    {"conj", "cc", "punct", "relcl", "appos", "acl", "advcl", "preconj", "advmod"}
)
_ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:ly\b|\b(?!\s+of\b))"
    r"|\b(?:last|other|remaining)\s+(?P<rest>two|three|four|five)\b"
    r"|\b(?:last|final)\b|\blastly\b|\bfinally\b",
    re.IGNORECASE,
)
_SMALL = {"two": 2, "three": 3, "four": 4, "five": 5}
_ASKED = re.compile(
    r"\b(?:which|what|name|list|all|the|these|those|of)\s+(?:all\s+|the\s+|are\s+)*"
    r"(?P<count>\w+)\s+(?P<noun>(?!of\b|years?\b|days?\b|hours?\b)[a-z]+)",
    re.IGNORECASE,
)
_MOST = 30  # members that a question may count
_PART = re.compile(r"[,;]\s*(?:and\s+|or\s+)?(?P<thing>[^,;]*[^,;\s])(?=\s*[,;])")


def enumeration(parse: Parse, answer: Span) -> tuple[Span, ...]:
    """The members of the enumeration that a value stands in, in order; itself if it is in none.

    They are joined by "and", "or" or commas, and hang on one another; what follows with a
    preposition of its own ("…, and for Canada") is no member.
    """
    inside = [n for n in parse.within(answer) if parse.tokens[n].tag in _NAMES]
    heads = inside or list(parse.within(answer))
    chains = [_chain(parse, n) for n in heads]
    longest = _from_value_on(parse, max(chains, key=len, default=()), answer)
    if len(longest) < 2:
        return (answer,)
    return tuple(_with_gaps(parse, [_extent(parse, n, longest) for n in longest]))


def _from_value_on(parse: Parse, members: tuple[int, ...], answer: Span) -> tuple[int, ...]:
    """The members without what stands before a value of names and is none: "tents, namely Peru"."""
    if not any(parse.tokens[n].tag == "PROPN" for n in parse.within(answer)):
        return members
    outside = (n for n in members if parse.tokens[n].start < answer.start)
    common = {n for n in outside if parse.tokens[n].tag != "PROPN"}
    return tuple(n for n in members if n not in common)


def _with_gaps(parse: Parse, members: Sequence[Span]) -> Iterator[Span]:
    """The members and what stands between two of them in commas and describes neither."""
    yield members[0]
    for before, after in pairwise(members):
        for part in _PART.finditer(parse.text, before.end, max(before.end, after.start)):
            gap = Span(*part.span("thing"))
            if parse.within(gap) and not _describes(parse, before, gap):
                yield gap
        yield after


def _describes(parse: Parse, before: Span, gap: Span) -> bool:
    """Whether a part after a name says who that is: "Lloyd Austin, the Defense Secretary"."""
    tokens = [parse.tokens[n] for n in parse.within(gap)]
    if not any(token.tag in _NAMES for token in tokens):
        return True
    named = any(parse.tokens[n].tag == "PROPN" for n in parse.within(before))
    return named and (tokens[0].tag != "PROPN" or any(token.role == "poss" for token in tokens))


def _chain(parse: Parse, index: int) -> tuple[int, ...]:
    """A token and all that are joined with it, in order."""
    found, fresh = {index}, [index]
    while fresh:
        near = set(_joined(parse, fresh.pop())) - found
        found |= near
        fresh.extend(near)
    return tuple(sorted(found))


def _joined(parse: Parse, index: int) -> Iterator[int]:
    token = parse.tokens[index]
    if token.role == "conj" and parse.tokens[token.head].tag in _NAMES:
        yield _named_by(parse, token.head)
    for n in (index, *_descriptions(parse, index)):
        yield from (
            c
            for c in parse.children(n)
            if parse.tokens[c].role == "conj" and parse.tokens[c].tag in _NAMES
        )
    # the parser also takes a member for a description of the one before: "Kenya, Chad, and Mali"
    yield from (c for c in parse.children(index) if _is_member_after_comma(parse, c))


def _descriptions(parse: Parse, index: int) -> tuple[int, ...]:
    """What describes a name in passing: "Lloyd Austin, the Defense Secretary"."""
    return tuple(c for c in parse.children(index) if _is_description(parse, c))


def _is_description(parse: Parse, index: int) -> bool:
    token = parse.tokens[index]
    if token.role != "appos" or parse.tokens[token.head].tag != "PROPN":
        return False
    below = {parse.tokens[c].role for c in parse.children(index)}
    return token.tag == "NOUN" or not below.isdisjoint({"det", "poss"})


def _named_by(parse: Parse, index: int) -> int:
    """The name that a description describes; any other token is itself."""
    return parse.tokens[index].head if _is_description(parse, index) else index


def _is_member_after_comma(parse: Parse, index: int) -> bool:
    """Whether an apposition is itself a bare name joined to further names, as its head is."""
    token = parse.tokens[index]
    if token.role != "appos" or token.tag != "PROPN":
        return False
    if parse.tokens[token.head].tag != "PROPN":
        return False
    bare = all(
        parse.tokens[c].role in {"compound", "conj", "cc", "punct"} for c in parse.children(index)
    )
    return bare and any(parse.tokens[c].role == "conj" for c in parse.children(index))


def _extent(parse: Parse, index: int, members: Sequence[int]) -> Span:
    """A member with its modifiers, without what is joined to it or said of it in passing."""
    below, fresh = {index}, [index]
    while fresh:
        for c in parse.children(fresh.pop()):
            if parse.tokens[c].role not in _LEFT_OUT and c not in members:
                below.add(c)
                fresh.append(c)
    return Span(parse.tokens[min(below)].start, parse.tokens[max(below)].end)


def count_members(parse: Parse, answer: Span) -> int:
    """How many members an answer lists: those of its enumeration, or those told by ordinals."""
    return max(len(enumeration(parse, answer)), count_ordinals(parse.text))


def count_ordinals(text: str) -> int:
    """How many things a text tells of one by one: "the first is …; the last two are …"."""
    found = list(_ORDINAL.finditer(text))
    total = sum(_SMALL.get((match["rest"] or "").lower(), 1) for match in found)
    return total if len(found) > 1 else 0


def asked_count(question: str) -> tuple[int, str] | None:
    """How many things a question asks for, and what it calls them.

    >>> asked_count("Name all five pillars of the plan.")
    (5, 'pillars')
    """
    for match in _ASKED.finditer(question):
        numbers = find_numbers(match["count"])
        if len(numbers) == 1 and numbers[0].unit is None and 1 < numbers[0].value <= _MOST:
            return int(numbers[0].value), match["noun"].lower()
    return None
