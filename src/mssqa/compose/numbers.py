"""The numbers of a text as values: "1,000", "1000" and "one thousand" are the same.

Not read: fractions ("a third"), vague counts ("dozens"), "one" on its own (mostly a pronoun).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from mssqa.text import fold
from mssqa.types import Span

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_RANKS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_VALUES = {
    **{word: Decimal(value) for value, word in enumerate(_SMALL.split())},
    **{word: Decimal(10 * value) for value, word in enumerate(_TENS.split(), start=2)},
    "half a": Decimal("0.5"),
    "a": Decimal(1),
}
_ORDINALS = {word: Decimal(value) for value, word in enumerate(_RANKS.split(), start=1)}
_SCALES = {
    "hundred": 2,
    **dict.fromkeys(("thousand", "k"), 3),
    **dict.fromkeys(("million", "mn", "m"), 6),
    **dict.fromkeys(("billion", "bn", "b"), 9),
    **dict.fromkeys(("trillion", "tn"), 12),
}
_UNITS = {
    "us$": "$",
    "usd": "$",
    "dollar": "$",
    "dollars": "$",
    "eur": "€",
    "euro": "€",
    "euros": "€",
    "gbp": "£",
    "percent": "%",
    "per cent": "%",
    **dict.fromkeys(("st", "nd", "rd", "th"), "ordinal"),
}


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_SCALE = "hundred|thousand|million|billion|trillion"
_NUMERAL = re.compile(
    rf"""
    (?P<ordinal>\b(?:{_either(_ORDINALS)})\b)
  | (?: (?: (?P<prefix>(?:[a-z]{{1,4}}\.?)?[$€£¥₹]|\b[a-z]{{1,4}}\.?)(?=\d)
          | \b(?P<code>usd|eur|gbp)\s
        )?
        (?<!\d)(?<!\d\.)
        (?P<figures>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)
        (?P<letter>(?:k|m|b)\b)?
      | \b(?P<tens>{_either(_TENS.split())})(?:[-\s](?P<digit>{_either(_SMALL.split()[1:10])}))?\b
      | \b(?P<small>half\ a|{_either(_SMALL.split())}|a(?=\s(?:{_SCALE})\b))\b
    )
    (?P<scales>(?:[-\s]?(?:{_SCALE}|bn|mn|tn)\b){{0,3}})
    (?P<suffix>\s?%|[-\s]?(?:per\s?cent|dollars?|euros?)\b|(?:st|nd|rd|th)\b)?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A value and, where the text gives one, its currency, "%" or "ordinal"."""

    value: Decimal
    unit: str | None = None

    def is_borne_by(self, others: Iterable["Number"]) -> bool:
        """Whether one of them has this value, in this unit if there is one."""
        return any(
            self.value == other.value and self.unit in {None, other.unit} for other in others
        )


def find_numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a text, in order.

    >>> [(int(n.value), n.unit) for n in find_numbers("Ksh.77 billion, 1,000 men, five-year, 3rd")]
    [(77000000000, 'ksh'), (1000, None), (5, None), (3, 'ordinal')]
    """
    found = (_number(match) for match in _NUMERAL.finditer(fold(text)))
    return tuple(number for number in found if number is not None)


def place_numbers(text: str) -> tuple[tuple[Span, Number], ...]:
    """The numbers of a text with where they stand, in order.

    >>> [(span, int(number.value)) for span, number in place_numbers("Some 3,600 in two days")]
    [(Span(start=5, end=10), 3600), (Span(start=14, end=17), 2)]
    """
    found = ((match.span(), _number(match)) for match in _NUMERAL.finditer(_fold_in_place(text)))
    return tuple((Span(*span), number) for span, number in found if number is not None)


def _fold_in_place(text: str) -> str:
    """The text folded letter by letter; a letter that folds into several stays as it is."""
    folded = ((letter, fold(letter)) for letter in text)
    return "".join(plain if len(plain) == 1 else letter for letter, plain in folded)


def _number(match: re.Match[str]) -> Number | None:
    part = match.groupdict()
    if part["ordinal"]:
        return Number(_ORDINALS[part["ordinal"]], "ordinal")
    scales = re.findall(r"[a-z]+", f"{part['letter'] or ''} {part['scales']}")
    if part["small"] == "one" and not scales:
        return None
    zeros = sum(_SCALES[scale] for scale in scales)
    return Number(_base(part) * 10**zeros if zeros else _base(part), _unit(part))


def _base(part: dict[str, str | None]) -> Decimal:
    if part["figures"]:
        return Decimal(part["figures"].replace(",", ""))
    if part["tens"]:
        return _VALUES[part["tens"]] + _VALUES[part["digit"] or "zero"]
    return _VALUES[part["small"] or "zero"]


def _unit(part: dict[str, str | None]) -> str | None:
    written = part["prefix"] or part["code"] or part["suffix"] or ""
    name = " ".join(written.replace("-", " ").replace(".", "").split())
    return _UNITS.get(name, name) or None
