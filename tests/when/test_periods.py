"""Calendar arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mssqa.types import Interval
from mssqa.when.periods import (
    Part,
    Toward,
    around,
    distance,
    holding,
    in_some_year,
    months,
    part_of,
    shifted,
    years,
)

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31))
UNITS = ("day", "week", "fortnight", "weekend", "month", "quarter", "year", "decade", "century")


def closed(first: str, last: str) -> Interval:
    return Interval(start=date.fromisoformat(first), end=date.fromisoformat(last))


@pytest.mark.parametrize(
    ("unit", "days"),
    [
        ("day", closed("2024-06-27", "2024-06-27")),
        ("week", closed("2024-06-24", "2024-06-30")),
        ("weekend", closed("2024-06-29", "2024-06-30")),
        ("fortnight", closed("2024-06-17", "2024-06-30")),
        ("month", closed("2024-06-01", "2024-06-30")),
        ("quarter", closed("2024-04-01", "2024-06-30")),
        ("year", closed("2024-01-01", "2024-12-31")),
        ("decade", closed("2020-01-01", "2029-12-31")),
        ("century", closed("2000-01-01", "2099-12-31")),
    ],
)
def test_a_day_lies_in_one_of_each_unit(unit: str, days: Interval) -> None:
    assert holding(unit, date(2024, 6, 27)) == days


@given(DAYS, st.sampled_from([unit for unit in UNITS if unit != "weekend"]))
def test_every_day_lies_in_the_unit_that_holds_it(day: date, unit: str) -> None:
    assert day in holding(unit, day)


@given(DAYS, st.sampled_from(UNITS), st.integers(-9, 9))
def test_shifting_there_and_back_is_at_most_three_days_off(day: date, unit: str, n: int) -> None:
    assert abs(shifted(shifted(day, unit, n), unit, -n) - day) <= timedelta(days=3)


@pytest.mark.parametrize(
    ("whole", "part", "days"),
    [
        (years(2024), Part.EARLY, closed("2024-01-01", "2024-05-31")),
        (years(2024), Part.MIDDLE, closed("2024-04-01", "2024-09-30")),
        (years(2024), Part.LATE, closed("2024-08-01", "2024-12-31")),
        (years(2024), Part.START, closed("2024-01-01", "2024-03-31")),
        (years(2024), Part.END, closed("2024-10-01", "2024-12-31")),
        (years(2024), Part.FIRST_HALF, closed("2024-01-01", "2024-06-30")),
        (years(2024), Part.SECOND_HALF, closed("2024-07-01", "2024-12-31")),
        (years(2024), Part.FIRST_QUARTER, closed("2024-01-01", "2024-03-31")),
        (years(2024), Part.SECOND_QUARTER, closed("2024-04-01", "2024-06-30")),
        (years(2024), Part.THIRD_QUARTER, closed("2024-07-01", "2024-09-30")),
        (years(1990, 1999), Part.LATE, closed("1996-01-01", "1999-12-31")),
        (months(2024, 6), Part.FIRST_HALF, closed("2024-06-01", "2024-06-15")),
        (months(2024, 6), Part.LATE, closed("2024-06-19", "2024-06-30")),
        (Interval(end=date(2024, 1, 1)), Part.LATE, Interval(end=date(2024, 1, 1))),
    ],
)
def test_a_part_is_wide_and_in_whole_months_where_it_can_be(
    whole: Interval, part: Part, days: Interval
) -> None:
    assert part_of(whole, part) == days


@given(DAYS, st.integers(0, 5000), st.sampled_from(Part))
def test_a_part_lies_within_the_whole(first: date, length: int, part: Part) -> None:
    whole = Interval(start=first, end=first + timedelta(days=length))
    found = part_of(whole, part)
    assert found.start is not None
    assert found.end is not None
    assert first <= found.start <= found.end <= first + timedelta(days=length)


@pytest.mark.parametrize(
    ("toward", "start"),
    [
        (Toward.BACK, date(2024, 11, 1)),
        (Toward.AHEAD, date(2025, 11, 1)),
        (Toward.NEAR, date(2024, 11, 1)),
    ],
)
def test_a_month_is_the_last_the_next_or_the_nearest(toward: Toward, start: date) -> None:
    found = in_some_year(lambda year: months(year, 11), date(2025, 3, 12), toward)
    assert found == months(start.year, 11)


def test_what_no_year_has_is_never() -> None:
    assert in_some_year(lambda _: None, date(2025, 3, 12), Toward.BACK) is None


def test_a_distance_counts_to_the_nearer_end() -> None:
    june = months(2024, 6)
    assert [distance(june, date(2024, 5, 30)), distance(june, date(2024, 7, 3))] == [2, 3]


def test_a_month_round_a_day_is_half_a_month_on_either_side() -> None:
    assert around("month", date(2024, 6, 16)) == closed("2024-06-01", "2024-07-01")
