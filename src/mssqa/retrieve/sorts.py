"""Whether an answer is of the sort that a question wants: a person, a date, a number, ..."""

import re

from mssqa.grammar import Parse
from mssqa.types import Span, Wants
from mssqa.when import find_dates

RIGHT, UNKNOWN, DOUBTFUL, WRONG = 1.0, 0.0, -0.5, -1.0

_LABELS = {
    Wants.PERSON: frozenset({"PERSON", "ORG", "NORP"}),
    Wants.PLACE: frozenset({"GPE", "LOC", "FAC", "NORP", "ORG"}),
    Wants.ORGANISATION: frozenset({"ORG", "NORP", "GPE", "FAC", "PRODUCT"}),
    Wants.DATE: frozenset({"DATE", "TIME", "EVENT"}),
    Wants.DURATION: frozenset({"DATE", "TIME"}),
    Wants.NUMBER: frozenset({"CARDINAL", "QUANTITY", "MONEY", "PERCENT", "ORDINAL"}),
    Wants.MONEY: frozenset({"MONEY"}),
    Wants.PERCENT: frozenset({"PERCENT"}),
}
_WRITTEN = {
    Wants.DATE: re.compile(r"\b\d{3,4}s?\b|\bcentur", re.IGNORECASE),
    Wants.DURATION: re.compile(
        r"(?:second|minute|hour|day|week|month|year|decade)s?\b", re.IGNORECASE
    ),
    Wants.NUMBER: re.compile(
        r"\d|\b(?:dozen|half|third|quarter|hundred|thousand|million)", re.IGNORECASE
    ),
    Wants.MONEY: re.compile(
        r"[$€£¥₹]|\b(?:dollar|euro|pound|shilling|franc|rupee)s?\b", re.IGNORECASE
    ),
    Wants.PERCENT: re.compile(r"%|\bper ?cent\b|\bhalf\b|\bthird\b|\bquarter", re.IGNORECASE),
}
_CLOCKED = frozenset({"DATE", "TIME"})
_NAMED = frozenset({Wants.PERSON, Wants.PLACE, Wants.ORGANISATION})
_SHORTEST_REASON = 25  # letters


def fits(wants: Wants, answer: Span, parse: Parse) -> float:
    """1 if an answer is of the wanted sort, -1 if not, between them where it cannot be told.

    Args:
        wants: the sort.
        answer: where it stands, in characters of the sentence.
        parse: the grammar of the sentence.
    """
    text = parse.text[answer.start : answer.end]
    if wants is Wants.REASON:
        return RIGHT if len(text) >= _SHORTEST_REASON else WRONG
    if wants not in _LABELS:
        return UNKNOWN
    labels = {n.label for n in parse.names if n.span.start < answer.end > answer.start < n.span.end}
    if wants is Wants.NUMBER and labels and labels <= _CLOCKED:
        return WRONG  # a year is no count
    if labels & _LABELS[wants] or _is_written_so(wants, text):
        return RIGHT
    if wants not in _NAMED:
        return WRONG
    return UNKNOWN if text != text.lower() else DOUBTFUL  # the parser does not know every name


def _is_written_so(wants: Wants, text: str) -> bool:
    pattern = _WRITTEN.get(wants)
    return (pattern is not None and pattern.search(text) is not None) or (
        wants is Wants.DATE and bool(find_dates(text))
    )
