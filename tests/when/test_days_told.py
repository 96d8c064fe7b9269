"""The days that a sentence tells of."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mssqa.types import Interval
from mssqa.when import Fit, days_of, fit, when_told

PUBLISHED = date(2024, 6, 27)  # a Thursday


def told(text: str, published: date | None = PUBLISHED) -> list[str]:
    """Each interval as "first..last", "first.." or "..last"; one day as itself."""
    return [written(days) for days in days_of(text, published=published)]


def written(days: Interval) -> str:
    if days.start == days.end:
        return str(days.start)
    return f"{days.start or ''}..{days.end or ''}"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("It opened on 3 March 2023.", ["2023-03-03"]),
        ("It opened in March 2023.", ["2023-03-01..2023-03-31"]),
        ("In 2023 it opened.", ["2023-01-01..2023-12-31"]),
        ("It shut by 2023.", ["..2023-12-31"]),
        ("It shut before 2023.", ["..2022-12-31"]),
        ("It shut some time before June 2023.", ["..2023-05-31"]),
        ("It lasted until 5 May 2023.", ["..2023-05-05"]),
        ("It was built in the late 1990s.", ["1996-01-01..1999-12-31"]),
        ("It was built in the nineties.", ["1990-01-01..1999-12-31"]),
        ("It was built in the 19th century.", ["1800-01-01..1899-12-31"]),
        ("It was built in the eighteenth century.", ["1700-01-01..1799-12-31"]),
        ("He led it from 2019 to 2021.", ["2019-01-01..2021-12-31"]),
        ("He led it between 2019 and 2021.", ["2019-01-01..2021-12-31"]),
        ("He led it (2019–2021).", ["2019-01-01..2021-12-31"]),
        ("The 2019-21 war ended.", ["2019-01-01..2021-12-31"]),
        ("Rain fell from June to August 2023.", ["2023-06-01..2023-08-31"]),
        ("Rain fell from November 2022 to February.", ["2022-11-01..2023-02-28"]),
        ("Rain fell between 3 and 9 May 2023.", ["2023-05-03..2023-05-09"]),
        ("Rain fell from May 3 to 9, 2023.", ["2023-05-03..2023-05-09"]),
        ("Rain fell from 3 May to 9 June 2023.", ["2023-05-03..2023-06-09"]),
        ("Rain fell in June and July 2023.", ["2023-06-01..2023-06-30", "2023-07-01..2023-07-31"]),
        ("Profits rose in Q3 2023.", ["2023-07-01..2023-09-30"]),
        ("Profits rose in the third quarter of 2023.", ["2023-07-01..2023-09-30"]),
        ("Profits rose in H1 2023.", ["2023-01-01..2023-06-30"]),
        ("They met in the summer of 2023.", ["2023-06-01..2023-08-31"]),
        ("They met in mid-2023.", ["2023-04-01..2023-09-30"]),
        ("2023 was a dry year.", ["2023-01-01..2023-12-31"]),
        ("It was 2023's driest month.", ["2023-01-01..2023-12-31"]),
    ],
)
def test_what_fixes_its_year_needs_no_day_of_publication(text: str, days: list[str]) -> None:
    assert told(text, None) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("It opened on Tuesday.", ["2024-06-25"]),
        ("It opened Thursday.", ["2024-06-27"]),
        ("It opened last Thursday.", ["2024-06-20"]),
        ("It will open on Tuesday.", ["2024-07-02"]),
        ("It will be opened on Tuesday.", ["2024-07-02"]),
        ("It opens next Tuesday.", ["2024-07-02"]),
        ("He said on Monday that it will open on Tuesday.", ["2024-06-24", "2024-07-02"]),
        ("It will open next week, he said Monday.", ["2024-07-01..2024-07-07", "2024-06-24"]),
        ("On Friday, the council is set to vote.", ["2024-06-28"]),
        ("It opened on Tuesday last week.", ["2024-06-18"]),
        ("It opened yesterday.", ["2024-06-26"]),
        ("It opened today, not tomorrow.", ["2024-06-27", "2024-06-28"]),
        ("Shots were heard last night.", ["2024-06-26"]),
        ("It opened last weekend.", ["2024-06-22..2024-06-23"]),
        ("It opened last month.", ["2024-05-01..2024-05-31"]),
        ("It opened late last month.", ["2024-05-19..2024-05-31"]),
        ("It opened earlier this month.", ["2024-06-01..2024-06-27"]),
        ("It opens later this year.", ["2024-06-27..2024-12-31"]),
        ("It opened last year.", ["2023-01-01..2023-12-31"]),
        ("It opened in June last year.", ["2023-06-01..2023-06-30"]),
        ("It opened in the first half of last year.", ["2023-01-01..2023-06-30"]),
        ("It opened three days ago.", ["2024-06-24"]),
        ("It opened two weeks ago.", ["2024-06-10..2024-06-16"]),
        ("It opened a few days ago.", ["2024-06-21..2024-06-25"]),
        ("Prices rose over the past three months.", ["2024-03-27..2024-06-27"]),
        ("Two died in the last 48 hours.", ["2024-06-25..2024-06-27"]),
        ("It opened in January.", ["2024-01-01..2024-01-31"]),
        ("It opened in July.", ["2023-07-01..2023-07-31"]),
        ("It will open in July.", ["2024-07-01..2024-07-31"]),
        ("It opened on 3 March.", ["2024-03-03"]),
        ("It opened on 3 September.", ["2023-09-03"]),
        ("It is due to open on 3 September.", ["2024-09-03"]),
        ("The mandate was extended until October.", ["..2024-10-31"]),
        ("It has been open since January.", ["2024-01-01..2024-06-27"]),
        ("It has been open since 2019.", ["2019-01-01..2024-06-27"]),
        ("It opened last November.", ["2023-11-01..2023-11-30"]),
        ("It opens next November.", ["2024-11-01..2024-11-30"]),
        ("The plan for a vote on 3 March was dropped.", ["2024-03-03"]),
        ("The fair begins on 3 July.", ["2024-07-03"]),
        ("The judge set a hearing for 4 November.", ["2024-11-04"]),
        ("It opened last summer.", ["2023-06-01..2023-08-31"]),
        ("It ran from 2020 until now.", ["2020-01-01..2024-06-27"]),
        ("It will open in two weeks.", ["2024-07-08..2024-07-14"]),
        ("It must close by the end of the year.", ["..2024-12-31"]),
    ],
)  # fmt: skip
def test_what_is_said_from_the_day_of_publication_is_seen_from_it(
    text: str, days: list[str]
) -> None:
    assert told(text) == days
    assert told(text, None) == [] or "20" in text


@pytest.mark.parametrize(
    "text",
    [
        "Some 2024 officers came.",
        "He paid $2024 and 2,024 more.",
        "In 1500 schools there was no light.",
        "The 2024 budget passed.",
        "They will host World Cup 2026 under Agenda 2030.",
        "The fiscal year 2024 budget is short.",
        "It came out in the 2018 film.",
        "It was founded by the 1998 accord.",
        "Pay rose by 2000 in all.",
        "It may be that they march on.",
        "Theresa May and April Smith came.",
        "A report by June Carter was read.",
        "The long march ended.",
        "Every Tuesday they meet.",
        "She writes for the Sunday Times.",
        "Black Friday was calm.",
        "She told USA TODAY about it.",
        "It stood in the Mail on Sunday.",
        "It rained the next day.",
        "Two years later it closed.",
        "It closed in June of that year.",
        "They came after losing in court.",
        "She spoke before the committee.",
        "He ran in 9.58 seconds.",
        "COVID-19 spread and 9/11 was recalled.",
        "It was built in two years.",
        "They marched for the last days of a king.",
        "Young people in today's world agree.",
        "The fall of the city was quick.",
        "",
    ],
)
def test_what_only_looks_like_time_or_counts_from_another_day_is_passed_over(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Elle a ouvert en mars 2023.", ["2023-03-01..2023-03-31"]),
        ("Elle a ouvert en 2023.", ["2023-01-01..2023-12-31"]),
        ("Abrió en enero.", ["2024-01-01..2024-01-31"]),
        ("Entre 2019 e 2021 foi fechado.", ["2019-01-01..2021-12-31"]),
        ("Ilifungwa mwaka wa 2023.", ["2023-01-01..2023-12-31"]),
        ("Depuis 2019 elle est fermée.", ["2019-01-01..2024-06-27"]),
    ],
)
def test_plain_months_and_years_are_read_in_other_languages(text: str, days: list[str]) -> None:
    assert told(text) == days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened in May 2023.", Fit.INSIDE),
        ("It opened in May 2024.", Fit.OUTSIDE),
        ("It opened in May 2024 after two years of work that began in 2023.", Fit.INSIDE),
        ("It opened.", Fit.SILENT),
        ("It has been open since 2019.", Fit.INSIDE),
        ("It closed before 2020.", Fit.OUTSIDE),
        ("It opened on Tuesday.", Fit.OUTSIDE),
    ],
)
def test_a_sentence_fits_the_year_asked_about_or_tells_of_another(text: str, expected: Fit) -> None:
    in_2023 = Interval(start=date(2023, 1, 1), end=date(2023, 12, 31))
    assert fit(in_2023, days_of(text, published=PUBLISHED)) is expected


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("It opened on Tuesday.", PUBLISHED, date(2024, 6, 25)),
        ("It opened.", PUBLISHED, PUBLISHED),
        ("It opened.", None, None),
        ("In 2019 it opened on 3 May 2019.", PUBLISHED, date(2019, 5, 3)),
        ("It opened in 2019.", PUBLISHED, date(2019, 1, 1)),
        ("It grew this year.", PUBLISHED, PUBLISHED),
        ("It has grown since January.", PUBLISHED, PUBLISHED),
        ("It lasts until 5 May 2025.", PUBLISHED, date(2025, 5, 5)),
    ],
)
def test_a_sentence_is_ordered_by_its_own_day_or_else_by_its_articles(
    text: str, published: date | None, day: date | None
) -> None:
    assert when_told(text, published=published) == day


def test_only_the_beginning_of_what_is_too_long_for_a_sentence_is_read() -> None:
    assert len(days_of("On 4 May 2024 it rained. " * 5000, published=None)) == 80


_WORDS = (
    "last next this the of in since until by before after from to between and on early late "
    "mid ago two 9999 days weeks years months century June May 31 29 February 2024 1000 2099 - , . "
    "Tuesday now today will said end half first quarter Q3 1990s summer winter year"
)


@given(
    st.lists(st.sampled_from(_WORDS.split(" ")), max_size=9).map(" ".join) | st.text(max_size=60),
    st.none() | st.dates(),
)
def test_whatever_a_sentence_says_its_days_are_in_order(text: str, published: date | None) -> None:
    for days in days_of(text, published=published):
        assert days.start is not None or days.end is not None
    assert published is None or when_told(text, published=published) is not None
