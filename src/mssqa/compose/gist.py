"""The part of a sentence that its answer stands in, by the grammar: what a model is to reword.

Left out are clauses set beside it, and what commas and brackets set apart, as long as the answer
is not there and nothing that is left depends on it.
"""

import re
from collections.abc import Collection

from mssqa.grammar import Parse
from mssqa.types import Span

_VERBS = frozenset({"VERB", "AUX"})
_CONDITIONS = frozenset({"if", "unless", "provided", "whether", "until", "except"})
_APART = frozenset({"relcl", "appos", "acl", "prep"})  # where commas set them off
_OPENS = frozenset({",", "(", "–", "—", "-", ";"})
_BLANKS = re.compile(r"\s+")
_BLANK_BEFORE_MARK = re.compile(r"\s+(?=[,;:.!?])")
_MARKS = re.compile(r"(?:[,;:]\s*)+(?=[,;:.!?])|^[\s,;:–—-]+|\(\s*\)")


def gist(parse: Parse, answer: Span, *, keep: Collection[str] = ()) -> str:
    """The clause around an answer, which is a span of the text, as a sentence of its own.

    Nothing is left out of it that has one of the lemmas to keep.
    A text without grammar, or an answer outside it, leaves the text as it is.
    """
    head = parse.head_of(answer)
    if head is None:
        return parse.text
    kept = {n for n, token in enumerate(parse.tokens) if token.lemma in keep}
    inside = kept.union(parse.within(answer))
    clause = _clause(parse, head)
    parts = [_below(parse, n) for n in clause if _is_beside(parse, n, clause)]
    dropped = frozenset[int]().union(*(part for part in parts if inside.isdisjoint(part)))
    bare = dropped | {n for n in clause if _is_bracket(parse, n, dropped)}
    return _sentence(parse, [n for n in clause if n not in bare])


def _clause(parse: Parse, n: int) -> tuple[int, ...]:
    """The tokens of the main or coordinate clause that a token stands in."""
    tokens = parse.tokens
    while tokens[n].head != n and not _stands_alone(parse, n):
        n = tokens[n].head
    return parse.subtree(n)


def _stands_alone(parse: Parse, n: int) -> bool:
    token = parse.tokens[n]
    if token.tag not in _VERBS or not _has_subject(parse, n):
        return False
    if token.role == "ccomp":  # "X was signed; it sets Y" hangs the first clause on the second
        between = parse.text[token.end : parse.tokens[token.head].start]
        return n < token.head and ";" in between
    return token.role == "conj"


def _has_subject(parse: Parse, n: int) -> bool:
    return any(parse.tokens[below].role.startswith("nsubj") for below in parse.children(n))


def _is_beside(parse: Parse, n: int, clause: Collection[int]) -> bool:
    token = parse.tokens[n]
    if token.head == n or token.head not in clause:
        return False
    if token.role == "conj":
        return token.tag in _VERBS and _has_subject(parse, n)
    if token.role == "ccomp":
        return _stands_alone(parse, n)
    if token.role == "advcl":
        return _is_set_off(parse, n) and not _is_condition(parse, n)
    return token.role in _APART and _is_set_off(parse, n) and not _is_needed(parse, n)


def _is_condition(parse: Parse, n: int) -> bool:
    return any(parse.tokens[below].lemma in _CONDITIONS for below in parse.children(n))


def _is_needed(parse: Parse, n: int) -> bool:
    """Whether it says who says so, or is the year of a date."""
    return parse.word(n).lower() == "according" or all(
        parse.tokens[below].tag in {"NUM", "PUNCT"} for below in parse.subtree(n)
    )


def _is_set_off(parse: Parse, n: int) -> bool:
    """Whether a comma or a bracket stands before it, or it opens the text and one stands after."""
    below = parse.subtree(n)
    before, after = below[0] - 1, below[-1] + 1
    if before >= 0:
        return parse.word(before) in _OPENS or parse.word(below[0]) in _OPENS
    return after < len(parse.tokens) and parse.word(after) == ","


def _below(parse: Parse, n: int) -> frozenset[int]:
    """What hangs on a token, and the "and" before a clause set beside another."""
    below = parse.subtree(n)
    if parse.tokens[n].role != "conj":
        return frozenset(below)
    siblings = parse.children(parse.tokens[n].head)
    return frozenset(below) | {
        other for other in siblings if parse.tokens[other].role == "cc" and other < below[0]
    }


def _is_bracket(parse: Parse, n: int, dropped: Collection[int]) -> bool:
    """Whether it is the comma or bracket before or after what is dropped, on both sides of it."""
    if n in dropped or parse.word(n) not in {",", "(", ")"}:
        return False
    before, after = n - 1 in dropped, n + 1 in dropped
    if after:
        end = next((m for m in range(n + 1, len(parse.tokens)) if m not in dropped), None)
        return end is not None and parse.word(end) in {",", ")", ".", ";"}
    return before


def _sentence(parse: Parse, kept: list[int]) -> str:
    pieces = [
        parse.word(n) + ("" if n + 1 in kept and _touches_next(parse, n) else " ") for n in kept
    ]
    text = _BLANK_BEFORE_MARK.sub("", _BLANKS.sub(" ", "".join(pieces)))
    text = _MARKS.sub("", text).strip().rstrip(" ,;:–—-")
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _touches_next(parse: Parse, n: int) -> bool:
    return parse.tokens[n].end == parse.tokens[n + 1].start
