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
    counted = count([ELECTION, BASIN, BASIN, RUMOUR])
    assert [each.period for each in counted][:2] == ["2024-06", "2024-07"]
    assert counted[-3:] == (
        Count(period="2025-03", publisher="The Gazette", articles=2),
        Count(period="2025-04", publisher="Quay News", articles=0),
        Count(period="2025-05", publisher="Quay News", articles=1),
    )


@pytest.mark.parametrize(
    ("oldest", "periods"),
    [
        ("2023-12-01", [f"202{y}-{m:02}" for y, m in [(3, 12), *((4, m) for m in range(1, 13))]]),
        ("2023-02-01", [f"202{y} Q{q}" for y in (3, 4) for q in (1, 2, 3, 4)]),
        ("2019-01-01", [str(year) for year in range(2019, 2025)]),
    ],
)
def test_many_months_are_counted_by_quarter_and_very_many_by_year(
    oldest: str, periods: list[str]
) -> None:
    counted = count([BASIN, article("Old", oldest)])
    *before, last = dict.fromkeys(each.period for each in counted)
    assert before[: len(periods)] == periods
    assert last in {"2025-03", "2025 Q1", "2025"}
    assert sum(each.articles for each in counted) == 2


def test_without_a_date_nothing_is_counted() -> None:
    assert count([RUMOUR]) == ()
