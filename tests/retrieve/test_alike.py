"""Names in one form and another."""

import pytest

from mssqa.retrieve.alike import words_of


@pytest.mark.parametrize(
    ("stem", "text"),
    [
        ("kenya", "Kenyan police left."),
        ("kenyan", "Police left Kenya."),
        ("brazil", "The Brazilians hesitated."),
        ("us", "Washington and the Americans agreed."),
        ("american", "The U.S. agreed."),
        ("us", "The United States agreed."),
        ("un", "The United Nations met."),
        ("oas", "The Organization of American States met."),
        ("dutch", "The Netherlands won."),
        ("nordmann", "Ola Nordmann spoke."),
    ],
)
def test_a_name_is_found_in_another_form(stem: str, text: str) -> None:
    assert words_of(text).name(stem)


@pytest.mark.parametrize(
    ("stem", "text"),
    [
        ("kenya", "Police left Haiti."),
        ("caricom", "The Organization of American States met."),
        ("oslo", "Some slow ships."),
    ],
)
def test_another_name_is_not_taken_for_it(stem: str, text: str) -> None:
    assert not words_of(text).name(stem)
