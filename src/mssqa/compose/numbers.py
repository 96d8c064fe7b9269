"""The numbers of a text as values: "1,000", "1 000" and "one thousand" are the same.

A run of figures that is no number, as where blanks were lost ("25,2024"), is a number that only
the same run bears. "5.000" is five thousand, "5.125" is not: in English a point mostly begins the
decimals. Not read: fractions ("a third"), vague counts ("dozens"), "one" on its own (mostly a
pronoun).
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
    "lakh": 5,
    "crore": 7,
    **dict.fromkeys(("thousand", "k"), 3),
    **dict.fromkeys(("million", "mn", "m"), 6),
    **dict.fromkeys(("billion", "bn", "b"), 9),
    **dict.fromkeys(("trillion", "tn"), 12),
}
_CODES = "usd eur gbp kes ksh kshs sh shs ugx tzs rs inr ngn zar cad aud chf jpy cny htg"
_UNITS = {
    "us$": "$",
    "usd": "$",
    "dollar": "$",
    "dollars": "$",
    "eur": "€",
    "euro": "€",
    "euros": "€",
    "gbp": "£",
    **dict.fromkeys(("kes", "kshs", "kenya shillings", "kenyan shillings"), "ksh"),
    **dict.fromkeys(("rs", "inr"), "₹"),
    "percent": "%",
    "per cent": "%",
    **dict.fromkeys(("st", "nd", "rd", "th"), "ordinal"),
}


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_SCALE = "hundred|thousand|million|billion|trillion|lakh|crore"
_MONTHS = "january february march april may june july august september october november december"
_AFTER_NO_MONTH = "".join(
    rf"(?<!\b{name}\s)(?<!\b{name[:3]}\s)(?<!\b{name[:3]}\.\s)" for name in _MONTHS.split()
)
_FIGURES = rf"""
    \d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?               # 1,000.50
  | \d{{1,2}}(?:,\d{{2}})+,\d{{3}}                 # 1,00,000 in India
  | \d{{1,3}}(?:\.\d{{3}}){{2,}}                   # 1.000.000
  | \d{{1,3}}(?:[\u00a0\u2009\u202f'’]\d{{3}})+    # 1'000
  | {_AFTER_NO_MONTH}[1-9]\d{{0,2}}(?:\s\d{{3}})+(?:,\d{{1,2}})?  # 1 000; not "June 24 300 came"
  | \d+,\d{{1,2}}(?=[-\s]?(?:{_SCALE}|bn|mn|tn|%|per\s?cent))  # 2,5 million
  | \d+(?:\.\d+)?
"""
_BLANKS = re.compile(r"[\s'’]")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_THOUSANDS_BY_POINT = re.compile(r"\d{1,3}(?:\.\d{3}){2,}|[1-9]\d{0,2}\.000")
_NUMERAL = re.compile(
    rf"""
    (?P<ordinal>\b(?:{_either(_ORDINALS)})\b)
  | (?: (?: (?P<prefix>(?:[a-z]{{1,4}}\.?)?[$€£¥₹]\s?|\b[a-z]{{1,4}}\.?)(?=\d)
          | \b(?P<code>{_either(_CODES.split())})\.?\s
        )?
        (?<!\d)(?<!\d\.)
        (?:(?P<figures>{_FIGURES})(?![.,]?\d)|(?P<torn>\d+(?:[.,]\d+)+))
        (?P<letter>(?:k|m|b)\b)?
      | \b(?P<tens>{_either(_TENS.split())})(?:[-\s](?P<digit>{_either(_SMALL.split()[1:10])}))?\b
      | \b(?P<small>half\ a|{_either(_SMALL.split())}|a(?=\s(?:{_SCALE})\b))\b
    )
    (?P<scales>(?:[-\s]?(?:{_SCALE}|bn|mn|tn)\b){{0,3}})
    (?P<suffix>\s?%|[-\s]?(?:per\s?cent|dollars?|euros?|kenyan?\sshillings)\b|(?:st|nd|rd|th)\b)?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A value and, where the text gives one, its currency, "%", "ordinal" or "torn".

    Whatever stands right before the figures counts as a currency: "G20", "No.5".
    """

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
    if part["torn"]:
        return Number(Decimal(re.sub("[.,]", "", part["torn"])), "torn")
    zeros = sum(_SCALES[scale] for scale in scales)
    return Number(_base(part) * 10**zeros if zeros else _base(part), _unit(part))


def _base(part: dict[str, str | None]) -> Decimal:
    if part["figures"]:
        return _figure(part["figures"])
    if part["tens"]:
        return _VALUES[part["tens"]] + _VALUES[part["digit"] or "zero"]
    return _VALUES[part["small"] or "zero"]


def _figure(written: str) -> Decimal:
    """The value of figures, whatever parts their thousands."""
    bare = _BLANKS.sub("", written)
    if _DECIMAL_COMMA.fullmatch(bare):
        return Decimal(bare.replace(",", "."))
    if _THOUSANDS_BY_POINT.fullmatch(bare):
        return Decimal(bare.replace(".", ""))
    return Decimal(bare.replace(",", ""))


def _unit(part: dict[str, str | None]) -> str | None:
    written = part["prefix"] or part["code"] or part["suffix"] or ""
    name = " ".join(written.replace("-", " ").replace(".", "").split())
    return _UNITS.get(name, name) or None
