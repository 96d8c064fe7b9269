"""Numbers as values, however they are written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mssqa.compose.numbers import Number, find_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,000 or 1000 or one thousand", [(1000, None)] * 3),
        ("Ksh.77 billion", [(77 * 10**9, "ksh")]),
        ("$13 million, US$13m, 13 million dollars", [(13 * 10**6, "$")] * 3),
        ("3.5%, 3.5 per cent, 3.5 percent", [("3.5", "%")] * 3),
        ("a five-year pact", [(5, None)]),
        ("twenty-five of two hundred", [(25, None), (200, None)]),
        ("half a million", [(500_000, None)]),
        ("a million men and a dog", [(10**6, None)]),
        ("the third of three; the 3rd", [(3, "ordinal"), (3, None), (3, "ordinal")]),
        ("one of them", []),
        ("25,2024", [(252024, "torn")]),
        ("1,000,2024", [(10002024, "torn")]),
        ("5.000 or 1 000 or 1\u202f000 or 1'000", [(5000, None)] + [(1000, None)] * 3),
        ("1.000.000 or 1 000 000", [(10**6, None)] * 2),
        ("12 000,50 and 2,5 million", [("12000.50", None), (2_500_000, None)]),
        ("0.500 of 3.125", [("0.500", None), ("3.125", None)]),
        ("in 2024 300 came", [(2024, None), (300, None)]),
        ("on June 24 300 came", [(24, None), (300, None)]),
        ("Ksh 77 billion, KES 77bn, 77bn Kenyan shillings", [(77 * 10**9, "ksh")] * 3),
        ("$ 5 million, US $5 million", [(5 * 10**6, "$")] * 2),
        ("Rs 1,00,000, 1 lakh", [(100_000, "₹"), (100_000, None)]),
        ("1,5 per cent", [("1.5", "%")]),
        ("the G20 in the 1990s", [(20, "g"), (1990, None)]),
        ("٣٠٠", [(300, None)]),
        ("no number", []),
    ],
)
def test_a_number_is_read_with_its_scale_and_unit(
    text: str, numbers: list[tuple[int | str, str | None]]
) -> None:
    assert find_numbers(text) == tuple(Number(Decimal(value), unit) for value, unit in numbers)


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("1,000", "1000"),
        ("77 billion", "Ksh.77 billion"),
        ("3", "the third"),
        ("25,2024", "25,2024"),
    ],
)
def test_a_number_is_borne_by_the_same_value(said: str, quoted: str) -> None:
    (number,) = find_numbers(said)
    assert number.is_borne_by(find_numbers(quoted))


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("$77 billion", "Ksh.77 billion"),
        ("the third", "3 men"),
        ("800", "8000"),
        ("25", "25,2024"),
        ("2024", "25,2024"),
        ("26,2024", "25,2024"),
    ],
)
def test_a_number_is_not_borne_by_another_value_or_unit(said: str, quoted: str) -> None:
    (number,) = find_numbers(said)
    assert not number.is_borne_by(find_numbers(quoted))


@given(st.text(alphabet="0123456789,.- $%khmbillion\u0663", max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert all(number.value >= 0 for number in find_numbers(text))


@given(st.integers(min_value=0, max_value=10**15))
def test_commas_change_nothing(value: int) -> None:
    assert find_numbers(f"{value:,}") == find_numbers(str(value)) == (Number(Decimal(value)),)
