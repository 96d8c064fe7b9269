"""What a figure leaves open: "more than 400", "about 400" and "412" may be the same amount.

An amount is a stretch of values. A figure given without reserve is exact if it is small, and else
as exact as its last digit that is not zero; "about" gives a tenth to either side, "more than" a
quarter above, "nearly" a fifth below. Vague words have their stretch: "dozens" is 24 to 99.
What rose "from 40 to 45" has two amounts, the first past; "ages from 5 to 11" is one stretch.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from mssqa.compose.numbers import Number, place_numbers
from mssqa.text import fold
from mssqa.types import Span
from mssqa.when import find_dates

_ABOVE, _BELOW, _AROUND = Decimal("1.25"), Decimal("0.8"), Decimal("0.1")
_ROUNDED = Decimal("0.025")  # of its value, the most that a round figure is taken to leave open
_SMALL = 1000  # figures below are exact unless a scale word rounds them

_HEDGE = re.compile(
    r"""
    (?P<above>\b(?:more\s+than|over|at\s+least|upwards?\s+of|above|exceed(?:s|ed|ing)?|beyond
        |in\s+excess\s+of|no\s+(?:fewer|less)\s+than|a\s+minimum\s+of|topped|topping|passed)\s+)
  | (?P<below>\b(?:nearly|almost|up\s+to|as\s+many\s+as|as\s+much\s+as|just\s+under|under|below
        |(?:less|fewer)\s+than|close\s+to|not\s+quite|at\s+most|a\s+maximum\s+of)\s+)
  | (?P<around>(?:\b(?:about|around|some|roughly|approximately|circa|an?\s+estimated|estimated
        |approx\.?|say|perhaps|in\s+the\s+region\s+of)\s+|~\s?))
    """,
    re.VERBOSE,
)
_REACH = 24  # characters before a figure in which its hedge stands
_MONTHS = "jan feb mar apr may june july aug sep sept oct nov dec"  # "Jan.5"
_NO_AMOUNTS = frozenset({"ordinal", "torn", *_MONTHS.split()})
_PLUS = re.compile(r"\s?\+|\s+(?:or\s+more|and\s+(?:more|above|over))\b")
_TO = re.compile(r"\s*(?:-|–|—|\bto\b|\band\b|\bor\b)\s*$")
_BETWEEN = re.compile(r"\b(?:between|from)\s+$")
_LINK = re.compile(r"\s*(?:-|–|—|to|and)\s*")
_FROM = re.compile(
    r"\bfrom\s+(?:(?:about|around|some|roughly|nearly|almost|over|just|more|than)\s+){0,3}$"
)
_GOES_TO = re.compile(r"\s*(?:[^\W\d]+\s+){0,3}to\s+(?:[^\W\d]+\s+){0,3}", re.IGNORECASE)
_CHANGES = re.compile(
    r"""\b(?:r[io]se|rising|risen|gr[eo]w|increas|climb|jump|soar|surg|expand|rais|lift|f[ae]ll|drop
    |declin|decreas|shr[aiu]nk|cut|reduc|slip|slid|plung|slump|lower|went|gone|going|goes|up\b|down\b
    |chang|doubl|tripl|swell|sw[oe]ll|balloon|eas(?:ed?|ing)\b|inch|edg|creep|crept|extend|revis
    |brought|bring|push|trimm)
    (?:(?!\bfrom\b)[^.,;:!?])*\bfrom\b\D*$""",
    re.VERBOSE,
)
_CLAUSE = 80  # characters before a figure in which the word of change stands
_FRACTIONS = {
    "half": Decimal(50),
    **dict.fromkeys(("third", "thirds"), Decimal(100) / 3),
    **dict.fromkeys(("quarter", "quarters"), Decimal(25)),
    **dict.fromkeys(("fifth", "fifths"), Decimal(20)),
    **dict.fromkeys(("tenth", "tenths"), Decimal(10)),
}
_HOW_MANY = {"two": 2, "three": 3, "four": 4}
_FRACTION = re.compile(
    r"\b(?:(?P<many>two|three|four)[-\s]+(?P<part>thirds|quarters|fifths|tenths)\b"
    r"|(?:(?P<one>a|one)[-\s]+(?P<of_one>third|quarter|fifth|tenth)|(?P<half>half))"
    r"(?=\s+(?:of|the|full|empty|complete|finished|more|less|fewer|higher|lower)\b))"
)
_VAGUE = {
    "dozens": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "tens of thousands": (20_000, 99_999),
    "hundreds of thousands": (200_000, 999_999),
    "millions": (2_000_000, 99_999_999),
}
_VAGUELY = re.compile(
    rf"\b(?:{'|'.join(sorted(_VAGUE, key=len, reverse=True))})\b".replace(" ", r"\s+")
)


@dataclass(frozen=True, slots=True)
class Amount:
    """All values from `low` to `high`, in a unit if the text gives one."""

    low: Decimal
    high: Decimal
    unit: str | None
    span: Span  # of the figure, without its hedge
    past: bool = False  # a figure that something had before it went to the next one

    def agrees(self, other: "Amount") -> bool:
        """Whether both may be the same value; one without a unit may have the other's."""
        alike = self.unit == other.unit or None in {self.unit, other.unit}
        return alike and self.low <= other.high and other.low <= self.high


def find_amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of a text, in order; ordinals and dates with their year are none.

    >>> more, about = find_amounts("More than 400 left; about 420 stayed.")
    >>> more.agrees(about)
    True
    >>> found = find_amounts("The fare fell from 45 to 20 for ages from 5 to 11.")
    >>> [(int(amount.low), int(amount.high), amount.past) for amount in found]
    [(45, 45, True), (20, 20, False), (5, 11, False)]
    """
    found = [*_fractions(text), *_vague(text), *_figures(text)]
    return tuple(_apart(sorted(found, key=lambda amount: (amount.span.start, -amount.span.end))))


def _apart(amounts: list[Amount]) -> Iterator[Amount]:
    end = 0
    for amount in amounts:
        if amount.span.start >= end:
            end = amount.span.end
            yield amount


def _figures(text: str) -> Iterator[Amount]:
    dated = [mention.span for mention in find_dates(text) if mention.year is not None]
    placed = [
        (span, number)
        for span, number in place_numbers(text)
        if number.unit not in _NO_AMOUNTS and not any(_meet(span, day) for day in dated)
    ]
    skip = -1
    for n, (span, number) in enumerate(placed):
        if n == skip:
            continue
        following = placed[n + 1] if n + 1 < len(placed) else None
        if following is not None and _goes_to(text, span, following[0], number, following[1]):
            past = replace(number, unit=number.unit or following[1].unit)
            yield replace(_hedged(text, span, past), past=True)
        elif following is not None and _is_range(text, span, following[0], number, following[1]):
            skip = n + 1
            low, high = number.value, following[1].value
            yield Amount(
                low, high, following[1].unit or number.unit, Span(span[0], following[0].end)
            )
        else:
            yield _hedged(text, span, number)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _goes_to(text: str, span: Span, after: Span, old: Number, new: Number) -> bool:
    """Whether the first of two figures went to the second: "rose from 40 crowns to 45"."""
    before = fold(text[max(0, span.start - _CLAUSE) : span.start])
    if not _FROM.search(before) or not _GOES_TO.fullmatch(text, span.end, after.start):
        return False
    return old.value > new.value or bool(_CHANGES.search(before))


def _is_range(text: str, span: Span, after: Span, low: Number, high: Number) -> bool:
    between = text[span.end : after.start]
    if not _LINK.fullmatch(between) or low.value >= high.value:
        return False
    return between.strip() != "and" or bool(_BETWEEN.search(fold(text[: span.start])))


def _hedged(text: str, span: Span, number: Number) -> Amount:
    value = number.value
    before = list(_HEDGE.finditer(fold(text[max(0, span.start - _REACH) : span.start])))
    kind = before[-1].lastgroup if before and _touches(text, span, before[-1]) else None
    if kind is None and _PLUS.match(text, span.end):
        kind = "above"
    low, high = {
        "above": (value, value * _ABOVE),
        "below": (value * _BELOW, value),
        "around": (value * (1 - _AROUND), value * (1 + _AROUND)),
        None: _rounded(value),
    }[kind]
    return Amount(low, high, number.unit, span)


def _touches(text: str, span: Span, hedge: re.Match[str]) -> bool:
    """Whether a hedge stands right before a figure."""
    return len(text[max(0, span.start - _REACH) : span.start]) - hedge.end() <= 1


def _rounded(value: Decimal) -> tuple[Decimal, Decimal]:
    if value < _SMALL:
        return value, value
    _, digits, exponent = value.normalize().as_tuple()
    step = Decimal(10) ** int(exponent) / 2 if len(digits) <= 3 else Decimal(0)
    slack = min(step, value * _ROUNDED)
    return value - slack, value + slack


def _fractions(text: str) -> Iterator[Amount]:
    for match in _FRACTION.finditer(_lower(text)):
        part = match["half"] or match["part"] or match["of_one"]
        share = _FRACTIONS[part] * _HOW_MANY.get(match["many"], 1)
        yield Amount(share - 1, share + 1, "%", Span(*match.span()))


def _vague(text: str) -> Iterator[Amount]:
    for match in _VAGUELY.finditer(_lower(text)):
        low, high = _VAGUE[" ".join(match.group().split())]
        yield Amount(Decimal(low), Decimal(high), None, Span(*match.span()))


def _lower(text: str) -> str:
    return "".join(lower if len(lower := letter.lower()) == 1 else letter for letter in text)
