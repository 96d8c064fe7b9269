"""The publication date in the text of a page. The pages are invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mssqa.ingest.date import date_of

THIRD = date(2025, 3, 3)
PROSE = (
    "The port opened its third basin on Monday after ten years of building, and ships from four "
    "continents will dock there before the year is out, the minister told reporters in the rain."
)


def page(*lines: str) -> str:
    return "\n\n".join((*lines, PROSE, PROSE))


@pytest.mark.parametrize(
    "line",
    [
        "3 March 2025",
        "Monday, March 3, 2025",
        "Mon 3 Mar 2025 10:33",
        "March 3, 2025 at 5:00 PM EST",
        "2025-03-03",
        "2025-03-03T10:22:00Z",
        "lundi 3 mars 2025",
        "Published: 3 March 2025",
        "Published 3 March 2025, 10:00 GMT",
        "PUBLISHED ON MARCH 3, 2025",
        "First published on Mon 3 Mar 2025 10.00 GMT",
        "Posted by Ama Mensah on March 3, 2025",
        "Publié le 3 mars 2025 à 10h33",
        "Published 5:00 a.m. ET March 3, 2025 Updated 9:45 a.m. ET March 4, 2025",
        "Updated Mon 3 Mar 2025 10:33",
        "Updated 5:43 PM ET, Mon March 3, 2025",
        "date 2025-03-03 Connect with us",
        "By Ama Mensah | March 3, 2025",
        "By Ama Mensah, March 3, 2025 10:00 am EST",
        "Ama Mensah • 3 March 2025 • 5 min read",
        "News | Published: 3 March 2025",
        "NAIROBI, 3 March 2025",
        "Paris (AP), 3 March 2025",
    ],
)
def test_a_line_made_of_a_date_above_the_article_is_its_date(line: str) -> None:
    assert date_of(page("The port opens", line)) == THIRD


@pytest.mark.parametrize(
    "opening",
    [
        "LAGOS, 3 March 2025 – ",
        "LAGOS, March 3, 2025 — ",
        "NAIROBI, Kenya, Mar. 3, 2025 - ",
        "NAIROBI, March 3, 2025 (Xinhua) -- ",
        "PARIS (AP), 3 March 2025 — ",
        "PARIS (Reuters) March 3, 2025 - ",
        "Port-au-Prince, 3 mars 2025 – ",
        "WASHINGTON, March 3, 2025 /PRNewswire/ -- ",
        "Geneva/Nairobi, 3 March 2025 – ",
        "(Nairobi, 3 March 2025) – ",
        "Dar es Salaam, Mar 3, 2025 – ",
    ],
)
def test_a_dateline_with_its_year_is_the_date(opening: str) -> None:
    assert date_of(f"The port opens\n\n{opening}{PROSE}") == THIRD


@pytest.mark.parametrize(
    "header",
    ["date 2025-03-03", "4 March 2025", "Updated: March 10, 2025", "2 March 2025"],
)
def test_a_dateline_takes_its_year_from_a_date_above_that_is_near(header: str) -> None:
    assert date_of(page(header, f"LAGOS, Mar 3 – {PROSE}")) == THIRD


@pytest.mark.parametrize("header", ["20 February 2025", "11 March 2025", "4 March", "March 2025"])
def test_a_dateline_far_from_the_date_above_leaves_the_day_unknown(header: str) -> None:
    assert date_of(page(header, f"LAGOS, Mar 3 – {PROSE}")) is None


def test_a_dateline_of_december_belongs_to_the_year_before_the_page_of_january() -> None:
    assert date_of(page("2 January 2025", f"LAGOS, Dec 31 – {PROSE}")) == date(2024, 12, 31)


def test_what_the_page_calls_published_goes_before_the_dateline() -> None:
    assert date_of(page("Published: 4 March 2025", f"LAGOS, Mar 3 – {PROSE}")) == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("The budget of 2025 is spent, and 2025 is not over yet. It was less in 2019.", THIRD),
        ("The works began in June 2024 and end in December 2025.", THIRD),
        ("The works began on 3 June 2025.", THIRD),
        ("The works ended in 2025.", None),  # said in passing
        ("The works began in 2019, the year 2019.", None),  # 3 March 2019 was a Sunday
        ("They began in 2014, in May 2014, and end in May 2025.", None),  # both fit
        ("They began in 2014, in May 2014, and ended in 2016.", None),  # the later does not fit
        ("They cost $2025 and 2025% more, on page 2,025.", None),
        ("They began long ago.", None),
    ],
)
def test_a_weekday_fixes_the_year_only_if_the_latest_year_of_the_page_fits(
    told: str, day: date | None
) -> None:
    assert date_of(page(f"LAGOS, Monday, March 3 – {PROSE}", told)) == day
    assert date_of(page("Monday, March 3", told)) == day


def test_without_a_weekday_a_year_in_the_article_fixes_nothing() -> None:
    assert date_of(page(f"LAGOS, March 3 – {PROSE}", "The works began in 2025.")) is None


@pytest.mark.parametrize(
    "told",
    [
        "The pact, signed in Lagos on March 3, 2025, runs for five years, the ministers said.",
        "On March 3, 2025, the basin was flooded for the first time, the minister said.",
        "On Monday, March 3, 2025 – the day of the flood – nobody worked in the basin at all.",
        "400 dockers went out on Monday, March 3, 2025.",
        "March 3, 2025 was the day on which the basin was flooded, as the minister recalled.",
        "Published on 3 March 2025, the report says that the basin is too shallow for tankers.",
        "Updated on 3 March 2025 the rules say who may dock.",
        "By 3 March 2025 the basin had cost three billion.",
        "Meet the press on March 3, 2025",
        "War in the basin — March 3, 2025",
        "The basin on 3 March 2025. Photo: A. Mensah",
        "Kenya leads with 800 officers (as of 3 March 2025).",
    ],
)
def test_the_date_of_an_event_is_not_the_date_of_the_article(told: str) -> None:
    assert date_of(page(told)) is None
    assert date_of(page(PROSE, told)) is None


def test_a_bare_date_below_the_beginning_of_the_article_is_another_articles() -> None:
    assert date_of(page(PROSE, PROSE, PROSE, "More news", "A dam breaks", "3 March 2025")) is None


def test_below_the_first_sentence_a_date_must_be_the_only_one() -> None:
    assert date_of(page("A dam breaks.", PROSE, "3 March 2025", PROSE, PROSE)) == THIRD
    assert date_of(page(PROSE, "3 March 2025", PROSE, PROSE, "Dam breaks", "2 March 2025")) is None


def test_a_byline_goes_before_the_date_of_the_visit_at_the_top() -> None:
    assert date_of(page("Friday, June 6, 2025", "By Ama Mensah | March 3, 2025")) == THIRD


def test_a_label_below_the_article_counts_if_nothing_contradicts_it() -> None:
    assert date_of(page(PROSE, PROSE, PROSE, "Published: 3 March 2025")) == THIRD
    below = ("Published: 3 March 2025", "Published: 4 March 2025")
    assert date_of(page(PROSE, PROSE, PROSE, *below)) is None


def test_dates_above_the_article_that_disagree_leave_the_day_unknown() -> None:
    assert date_of(page("3 March 2025", "5 March 2025")) is None


def test_a_diary_with_a_date_over_each_entry_has_no_day_of_its_own() -> None:
    entries = [line for day in (5, 4, 3) for line in (f"{day} March 2025", PROSE, PROSE, PROSE)]
    assert date_of("\n\n".join(("What happened this week", *entries))) is None


def test_the_dates_of_teasers_at_the_end_do_not_make_a_page_a_diary() -> None:
    teasers = [line for day in (7, 6, 5) for line in (f"A dam breaks {day}", f"{day} March 2025")]
    assert date_of("\n".join(("3 March 2025", PROSE, PROSE, PROSE, *teasers))) == THIRD


def test_a_weekday_that_does_not_fit_the_date_is_not_trusted() -> None:
    assert date_of(page("Tuesday, 3 March 2025")) is None


@pytest.mark.parametrize("text", ["", "\n\n", "3/4/2025", PROSE])
def test_a_page_that_states_no_date_has_none(text: str) -> None:
    assert date_of(text) is None


@given(st.text(st.sampled_from(list("LAGOS, Mar3 2025–\n|:By() published"))))
def test_any_text_at_all_is_taken(text: str) -> None:
    assert date_of(text) is None or isinstance(date_of(text), date)
