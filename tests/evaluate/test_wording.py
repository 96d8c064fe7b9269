"""When a text says what is expected."""

import pytest

from mssqa.evaluate.wording import contains, f1, stands


@pytest.mark.parametrize(
    ("wording", "text", "holds"),
    [
        ("four ships", "FOUR\nSHIPS sank", True),
        ("vetoed", "Russia vetoed it", True),
        ("endors", "He endorsed it", True),
        ("UN", "troops under fire", False),
        ("UN", "the UN said", True),
        ("UN", "the UNHCR said", False),
        ("400", "2,400 people", False),
        ("400", "400,000 people", False),
        ("400", "the 400.", True),
        ("2024", "25,2024", False),
        ("$13 million", "upwards of $13 million (sh17.71 billion)", True),
        ("17.71 billion", "(sh17.71 billion)", True),
        ("71 billion", "(sh17.71 billion)", False),
        ("ships", "battleships", False),
    ],
)
def test_a_wording_stands_where_a_word_begins_with_it(
    wording: str, text: str, *, holds: bool
) -> None:
    assert stands(wording, text) is holds


def test_answers_are_compared_as_squad_compares_them() -> None:
    assert (f1("the U.S. army", "US Army"), f1("navy", "army"), f1("", "")) == (1.0, 0.0, 1.0)


def test_an_answer_is_contained_word_for_word() -> None:
    assert contains("It is the 98 km-long Moravica.", "98 km-long")
    assert not contains("It is 198 km long.", "98 km")
