"""Dates in prose."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mssqa.types import Interval, Span
from mssqa.when import DateMention, find_dates


def parts(text: str) -> list[tuple[str, int | None, int, int | None]]:
    """(the words, year, month, day) of each date of a text."""
    return [(text[slice(*m.span)], m.year, m.month, m.day) for m in find_dates(text)]


@pytest.mark.parametrize(
    "text",
    [
        "25 June 2024",
        "25 June, 2024",
        "25th June 2024",
        "25th of June, 2024",
        "25-Jun-2024",
        "June 25, 2024",
        "June 25 2024",
        "June 25th, 2024",
        "Jun. 25, 2024",
        "JUNE 25, 2024",
        "june 25, 2024",
        "Tuesday, June 25, 2024",
        "Tue 25 Jun 2024",
        "Tuesday the 25th of June 2024",
        "June\n25, 2024",
        "25\u00a0June 2024",
        "2024-06-25",
        "2024/06/25",
        "25/06/2024",
        "25.06.2024",
        "25-06-2024",
        "06/25/2024",
        "25 juin 2024",
        "mardi 25 juin 2024",
        "25 de junio de 2024",
        "25 de junho de 2024",
        "25 Juni 2024",
        "25. Juni 2024",
        "June 25,2024",
        "June25,2024",
        "Jun.25, 2024",
        "Jun.25,2024",
        "25th of June,2024",
        "25th June,2024",
        "25June 2024",
        "25June2024",
        "Jumanne 25 Juni 2024",
    ],
)
def test_a_full_date_is_read_in_many_forms(text: str) -> None:
    assert parts(text) == [(text, 2024, 6, 25)]


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("June 2024", 2024, 6, None),
        ("juin 2024", 2024, 6, None),
        ("junio de 2024", 2024, 6, None),
        ("mars 2024", 2024, 3, None),
        ("Aug 24", None, 8, 24),
        ("24 August", None, 8, 24),
        ("Sept. 5", None, 9, 5),
        ("1er août", None, 8, 1),
        ("May 5", None, 5, 5),
        ("Wednesday, February 21", None, 2, 21),
        ("Feb 29", None, 2, 29),
    ],
)
def test_a_part_of_a_date_is_read_as_far_as_it_goes(
    text: str, year: int | None, month: int, day: int | None
) -> None:
    assert parts(text) == [(text, year, month, day)]


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2024",  # the third of April, or the fourth of March
        "Feb 30, 2023",
        "31/02/2024",
        "2024-13-01",
        "0 June",
        "In May 10,000 people came",
        "May 2.5 percent",
        "you may 2024 times",
        "they may 5",
        "the march 2024 ended",
        "the Mars 2020 rover",
        "two years ago 24 people",
        "one out 5 times",
        "version 1.2.2024",
        "10.2024.06.25",
        "call 555-06-2024-11",
        "Thursday 8",
        "on Wednesday",
        "in 2024",
        "20240625",
        "25,2024",
        "No.5",
        "In May 10,500 came",
        "",
    ],
)
def test_what_is_no_date_or_has_two_readings_is_passed_over(text: str) -> None:
    assert parts(text) == []


def test_a_day_that_does_not_exist_leaves_the_month() -> None:
    assert parts("on 31 June 2024") == [("June 2024", 2024, 6, None)]


def test_dates_are_found_in_order_with_their_places() -> None:
    text = "From 24 June 2024 until July 16 and again on 2025-01-18."
    assert find_dates(text) == (
        DateMention(span=Span(5, 17), year=2024, month=6, day=24),
        DateMention(span=Span(24, 31), month=7, day=16),
        DateMention(span=Span(45, 55), year=2025, month=1, day=18),
    )


@pytest.mark.parametrize("text", ["June 24-26, 2024", "24–26 June 2024"])
def test_a_range_of_days_is_one_date_that_lasts(text: str) -> None:
    (mention,) = find_dates(text)
    assert mention.span == (0, len(text))
    assert mention.interval == Interval(start=date(2024, 6, 24), end=date(2024, 6, 26))


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("25 June 2024", Interval(start=date(2024, 6, 25), end=date(2024, 6, 25))),
        ("February 2024", Interval(start=date(2024, 2, 1), end=date(2024, 2, 29))),
        ("June 25", None),
    ],
)
def test_a_date_spans_the_days_that_it_may_mean(text: str, interval: Interval | None) -> None:
    assert find_dates(text)[0].interval == interval


def test_a_weekday_picks_the_year_it_fits() -> None:
    (mention,) = find_dates("Wednesday, February 21")
    assert [year for year in range(2015, 2030) if mention.in_year(year)] == [2018, 2024, 2029]


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("June 25", 2023, date(2023, 6, 25)),
        ("Feb 29", 2023, None),
        ("Feb 29", 2024, date(2024, 2, 29)),
        ("June 2024", 2024, None),
        ("June 25", 0, None),
        ("June 25", 10_000, None),
    ],
)
def test_a_day_is_placed_in_a_year_that_has_it(text: str, year: int, day: date | None) -> None:
    assert find_dates(text)[0].in_year(year) == day


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_that_is_written_out_is_read_back(day: date) -> None:
    month = calendar.month_name[day.month]
    weekday = day.strftime("%A")
    for text in (
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{weekday}, {month[:3]} {day.day}, {day.year}",
    ):
        (mention,) = find_dates(f"It was {text}.")
        assert (mention.exact, mention.in_year(day.year)) == (day, day)


@given(st.text(st.sampled_from("0123456789 JuneMay.,-/\nTthmarsofde2024")))
def test_whatever_stands_in_a_text_its_dates_exist_and_never_overlap(text: str) -> None:
    end = 0
    for mention in find_dates(text):
        assert end <= mention.span.start < mention.span.end
        end = mention.span.end
        assert mention.interval is None or mention.interval.start is not None
