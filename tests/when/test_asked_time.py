"""What a question asks about in time."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mssqa.types import Interval, Order
from mssqa.when import AskedTime, asked_time

TODAY = date(2025, 3, 12)  # a Wednesday
QUESTIONS = [
    json.loads(line)
    for line in Path(__file__).with_name("time_questions.jsonl").read_text("utf-8").splitlines()
]


def asked(text: str) -> AskedTime:
    return asked_time(text, today=TODAY)


def about(text: str) -> str | None:
    days = asked(text).about
    return None if days is None else f"{days.start or ''}..{days.end or ''}"


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["id"])
def test_the_time_of_a_question_is_read(row: dict[str, object]) -> None:
    found = asked(str(row["question"]))
    assert {
        "about": found.about and [_day(found.about.start), _day(found.about.end)],
        "as_of": _day(found.as_of),
        "order": found.order.value,
        "change": found.change,
    } == {key: row[key] for key in ("about", "as_of", "order", "change")}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def test_the_phrases_that_were_read_stand_at_their_spans() -> None:
    text = "How many officers had first arrived by June 2024, as of last week?"
    found = asked(text)
    assert [text[slice(*span)] for span in found.spans] == [
        "first",
        "by June 2024",
        "as of last week",
    ]
    assert found == AskedTime(
        about=Interval(end=date(2024, 6, 30)),
        as_of=date(2025, 3, 9),
        order=Order.NONE,
        spans=found.spans,
    )


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("In May, who ran the port?", "2024-05-01..2024-05-31"),
        ("In August Norway's ships left whom?", "2024-08-01..2024-08-31"),
        ("In June Osei's opinion, is the dam safe?", None),
        ("In Summer Olsen's book, who dies?", None),
        ("In Oslo's telling, who began?", None),
        ("In what part of Oslo did the march begin?", None),
        ("In which month did the ferry sail?", None),
    ],
)
def test_what_a_question_opens_with_is_a_time_only_if_it_says_one(
    text: str, days: str | None
) -> None:
    assert about(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "What is the latest toll?",
        "What is the most recent figure?",
        "Who is the current president?",
        "Who now leads the council?",
        "How many live there today?",
        "Is the port still shut?",
        "How many have come so far?",
        "How many have come to date?",
        "As things stand, who leads?",
        "As of now, who leads?",
        "Has the court ruled yet?",
        "When did the minister last visit?",
        "Who won the last election?",
        "Who is the sitting president?",
        "What's new in the inquiry?",
        "Who runs the airport these days?",
        "How many are there at the moment?",
    ],
)
def test_the_newest_state_is_asked_for(text: str) -> None:
    assert (asked(text).order, asked(text).about) == (Order.LATEST, None)


@pytest.mark.parametrize(
    "text",
    [
        "What was first reported about the fire?",
        "When did the police first arrive?",
        "Who first proposed the mission?",
        "What was the first reported toll?",
        "What was the initial estimate?",
        "What did they originally demand?",
        "What was initially said?",
        "What is the earliest report of it?",
    ],
)
def test_the_beginning_is_asked_for(text: str) -> None:
    assert asked(text).order is Order.EARLIEST


@pytest.mark.parametrize(
    "text",
    [
        "When did the first contingent leave?",
        "Who commands the third contingent?",
        "How big was the first batch of officers?",
        "Who was the first woman to lead the bank?",
        "What is the first name of the minister?",
        "What did the First Lady say?",
        "Who came first in the marathon?",
        "Who commands the now-defunct unit?",
        "How do I open a current account?",
        "What does an electric current do to water?",
        "What is the latest technology used by banks?",
        "Who directed Apocalypse Now?",
        "Who owns USA Today?",
        "Who painted the still life?",
        "Who wrote that carbon is used to date fossils?",
        "What is the last name of the judge?",
        "Now that the mission is over, who pays?",
        "How did the crowd stand still?",
        "Where is the report due at the latest?",
        "How many seconds are in a minute?",
        "Why did he resign, since he had won?",
        "Who may march in the city?",
        "Who testified before the Senate?",
        "What did she do after losing in court?",
        "What did the late president own?",
        "What does Vision 2025 promise?",
        "Who plays in World Cup 2026?",
        "How did COVID-19 spread?",
        "How many of the 2,500 officers left?",
        "Where did 2024 officers train?",
        "Which planes hit the towers on 9/11?",
        "Is a meeting planned after a meeting?",
    ],
)
def test_words_that_only_look_like_time_are_left_alone(text: str) -> None:
    assert asked(text) in (AskedTime(), AskedTime(change=True, spans=asked(text).spans))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Who led before the 2022 coup?", "..2022-12-31"),
        ("Who led after the 2022 coup?", "2022-01-01.."),
        ("Who led after 2022?", "2023-01-01.."),
        ("What happened after the fall of Kabul in August 2021?", "2021-08-01.."),
        ("What was said before the vote on 24 June 2024?", "..2024-06-24"),
        ("What did he tell the crowd before the court on 24 June 2024?", "2024-06-24..2024-06-24"),
        ("What was agreed on 16 July?", "2024-07-16..2024-07-16"),
        ("What will be agreed on 16 July?", "2025-07-16..2025-07-16"),
        ("How many came since January?", "2025-01-01.."),
        ("What happened last November?", "2024-11-01..2024-11-30"),
        ("What happened last year?", "2024-01-01..2024-12-31"),
        ("What did they do two weeks ago?", "2025-02-23..2025-03-01"),
        ("What was said yesterday?", "2025-03-11..2025-03-11"),
        ("Who died today?", "2025-03-12..2025-03-12"),
        ("Who won on Monday night in 1970?", "1970-01-01..1970-12-31"),
        ("What was uploaded on September 15th,2015?", "2015-09-15..2015-09-15"),
        ("What did people wear in the 1920's?", "1920-01-01..1929-12-31"),
        ("What was named in the late 2000s?", "2006-01-01..2009-12-31"),
        ("Who won in 2019 and 2021?", "2019-01-01..2021-12-31"),
        ("Who won in June or July 2024?", "2024-06-01..2024-07-31"),
    ],
)
def test_the_days_asked_about_are_read(text: str, days: str) -> None:
    assert about(text) == days


@pytest.mark.parametrize(
    ("text", "is_change"),
    [
        ("How has the mission changed?", True),
        ("How have prices evolved over time?", True),
        ("How did the number of officers develop between June and August?", True),
        ("Trace the story of the accord.", True),
        ("What became of the five officers?", True),
        ("How did the force grow from June 2024 until now?", True),
        ("What changed after the vote?", True),
        ("How did the press change the world?", False),
        ("What happened in June?", False),
        ("How much did it grow by?", False),
        ("Who changed the law?", False),
    ],
)
def test_a_question_of_change_is_told_from_one_of_fact(text: str, *, is_change: bool) -> None:
    assert asked(text).change is is_change


@pytest.mark.parametrize(
    "text", ["As of March 2024, who led?", "Who led as at the end of March 2024?"]
)
def test_a_state_as_of_a_day_is_limited_by_the_end_of_the_period(text: str) -> None:
    assert (asked(text).as_of, asked(text).about) == (date(2024, 3, 31), None)


_WORDS = (
    "What how has did the changed first last now today still since 2024 June as of by before "
    "after current latest from until between and in ago two years 9999 month ? , ' to date yet"
)


@given(
    st.lists(st.sampled_from(_WORDS.split(" ")), max_size=10).map(" ".join) | st.text(max_size=60),
    st.dates(),
)
def test_whatever_is_asked_the_spans_stand_in_the_text_in_order(text: str, today: date) -> None:
    found = asked_time(text, today=today)
    end = 0
    for span in found.spans:
        assert end <= span.start < span.end <= len(text)
        end = span.end
