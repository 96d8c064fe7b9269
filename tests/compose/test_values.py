"""The same answer in other words, and amounts that may be the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mssqa.compose.amounts import find_amounts
from mssqa.compose.values import say_the_same


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("the US", "United States"),
        ("U.S.", "America"),
        ("the WHO", "The World Health Organization"),
        ("the Red Sea Fund (RSF)", "RSF"),
        ("Aasen", "Lena Aasen"),
        ("Ms Kovac", "Irena Kovac"),
        ("Dahl", "Lars Dahl, Norway's envoy"),
        ("the port of Mombasa", "Mombasa"),
        ("RICE and beans", "rice and beans"),
    ],
)
def test_answers_that_are_the_same(first: str, second: str) -> None:
    assert say_the_same(first, second)
    assert say_the_same(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Sudan", "South Sudan"),
        ("York", "New York"),
        ("Lena Aasen", "Ola Aasen"),
        ("Paris, Texas", "Paris, France"),
        ("barred it from drilling", "allowed it to drill"),
        ("the army", "the rebels"),
        ("police", "volunteer police"),
        ("Leiden", "Brunel Cycles of Leiden"),
    ],
)
def test_answers_that_are_not_the_same(first: str, second: str) -> None:
    assert not say_the_same(first, second)
    assert not say_the_same(second, first)


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("more than 400", "about 400", True),
        ("over 400", "412", True),
        ("400", "412", False),
        ("nearly half a million", "500,000", True),
        ("14 million", "13.8 million", True),
        ("between 300 and 400", "350", True),
        ("a third of voters", "33 per cent", True),
        ("just over two thirds", "67%", True),
        ("dozens", "40", True),
        ("$5 million", "€5 million", False),
        ("12", "19", False),
    ],
)
def test_amounts_agree_within_what_their_wording_leaves_open(
    first: str, second: str, *, agree: bool
) -> None:
    one, *_ = find_amounts(first)
    other, *_ = find_amounts(second)
    assert one.agrees(other) is other.agrees(one) is agree


@pytest.mark.parametrize(
    "text", ["25,2024", "June 25,2024", "25 June 2024", "Jan.5,2024", "Jan.5", "24/6/2024", "3rd"]
)
def test_a_date_or_a_torn_one_is_no_amount(text: str) -> None:
    assert find_amounts(f"They left: {text}; nobody stayed.") == ()


@given(st.text(alphabet="0123456789,.-–+ $%aboutmrehnfdozsil\u0663İß", max_size=80))
def test_no_text_breaks_the_reading_of_amounts(text: str) -> None:
    amounts = find_amounts(text)
    assert all(amount.low <= amount.high for amount in amounts)
    assert all(0 <= a.span.start < a.span.end <= len(text) for a in amounts)


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_the_comparing(first: str, second: str) -> None:
    assert say_the_same(first, second) is say_the_same(second, first)
