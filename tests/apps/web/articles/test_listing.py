from datetime import date

import pytest

from mssqa.apps.web.articles.listing import Count, Order, Shelf, Wanted, count
from mssqa.types import Article


def article(title: str, day: str = "", publisher: str | None = None, text: str = "") -> Article:
    published = date.fromisoformat(day) if day else None
    path = f"{title.lower()}.md"
    return Article(
        path=path, title=title, text=text or title, published=published, publisher=publisher
    )


ELECTION = article("Élection", "2025-05-02", "Quay News", "The president spoke of the vote.")
BASIN = article("Basin", "2025-03-03", "The Gazette", "Ships dock in the new basin.")
ARCHIVE = article("archive", "2023-12-31", None, "An old story of ships.")
RUMOUR = article("Rumour", "", "gazette of rumours", "Nobody knows when.")
SHELF = Shelf("g1", (ELECTION, BASIN, ARCHIVE, RUMOUR))


@pytest.mark.parametrize(
    ("order", "found"),
    [
        (Order.NEWEST, [ELECTION, BASIN, ARCHIVE, RUMOUR]),
        (Order.OLDEST, [ARCHIVE, BASIN, ELECTION, RUMOUR]),
        (Order.TITLE, [ARCHIVE, BASIN, ELECTION, RUMOUR]),
        (Order.PUBLISHER, [RUMOUR, ELECTION, BASIN, ARCHIVE]),
    ],
)
def test_the_list_is_sorted_with_the_unknown_last(order: Order, found: list[Article]) -> None:
    assert SHELF.find(Wanted(order=order)) == tuple(found)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ships", [BASIN, ARCHIVE]),
        ("SHIP basin", [BASIN]),
        ("election", [ELECTION]),
        ("hip", []),  # a word is found by its beginning
        ("gazette", [BASIN, RUMOUR]),
        ("archive.md", [ARCHIVE]),
        (" ?! ", [ELECTION, BASIN, ARCHIVE, RUMOUR]),
    ],
)
def test_every_word_is_sought_in_all_that_an_article_says(words: str, found: list[Article]) -> None:
    assert SHELF.find(Wanted(words=words)) == tuple(found)


def test_only_the_articles_of_one_publisher_are_listed() -> None:
    assert SHELF.publishers == ("gazette of rumours", "Quay News", "The Gazette")
    assert SHELF.find(Wanted(publisher="The Gazette")) == (BASIN,)
    assert SHELF.find(Wanted(publisher="of nobody")) == ()


def test_the_newest_article_is_known_unless_none_has_a_date() -> None:
    assert SHELF.newest == date(2025, 5, 2)
    assert Shelf("g1", (RUMOUR,)).newest is None


def test_articles_are_counted_by_month_and_publisher_and_no_month_is_left_out() -> None:
    assert count([ELECTION, BASIN, BASIN, RUMOUR]) == (
        Count(period="2025-03", publisher="The Gazette", articles=2),
        Count(period="2025-04", publisher="Quay News", articles=0),
        Count(period="2025-05", publisher="Quay News", articles=1),
    )


def test_many_months_are_counted_by_year() -> None:
    old = article("Old", "2019-01-01")
    assert [(each.period, each.articles) for each in count([BASIN, old])] == [
        ("2019", 1),
        *((str(year), 0) for year in range(2020, 2025)),
        ("2025", 1),
    ]


def test_without_a_date_nothing_is_counted() -> None:
    assert count([RUMOUR]) == ()
