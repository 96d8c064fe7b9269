"""A file of the corpus to an article."""

from datetime import date
from pathlib import Path

import pytest

from mssqa.errors import ArticleError
from mssqa.ingest import Ingested, ingest, ingest_bytes
from mssqa.ingest.clean import Reason, Removed
from mssqa.types import Article, DatedBy

FIRST = "The port of Lagos opened its third basin on Monday after ten years of building."
SECOND = "Ships from four continents will dock there before the year is out, the minister said."
TEXT = f"{FIRST}\n\n{SECOND}"


def article_of(text: str, name: str = "port.md") -> Article:
    return ingest_bytes(text.encode(), path=name).article


def test_front_matter_text_and_furniture_go_where_they_belong(tmp_path: Path) -> None:
    path = tmp_path / "2025" / "port.md"
    path.parent.mkdir()
    path.write_text(
        "---\ntitle: Lagos opens a basin\npublished: 2025-03-03\npublisher: Gazette\n"
        f"url: https://gazette.example/port\nlanguage: en-NG\n---\n\n{FIRST}\n\n"
        f"- Advertisement -\n\n{SECOND}\n"
    )
    assert ingest(path, corpus=tmp_path) == Ingested(
        article=Article(
            path="2025/port.md",
            title="Lagos opens a basin",
            text=TEXT,
            published=date(2025, 3, 3),
            dated_by=DatedBy.FRONT_MATTER,
            publisher="Gazette",
            url="https://gazette.example/port",
            language="en",
        ),
        removed=(Removed(text="- Advertisement -", reason=Reason.ADVERTISEMENT),),
    )


def test_the_date_of_the_text_counts_where_nothing_states_one() -> None:
    article = article_of(f"LAGOS, 3 March 2025 – {TEXT}")
    assert (article.published, article.dated_by) == (date(2025, 3, 3), DatedBy.TEXT)


def test_front_matter_goes_before_the_date_of_the_text() -> None:
    article = article_of(f"---\npublished: 2025-03-04\n---\nLAGOS, 3 March 2025 – {TEXT}")
    assert (article.published, article.dated_by) == (date(2025, 3, 4), DatedBy.FRONT_MATTER)


def test_an_unknown_date_stays_unknown_however_new_the_file_is(tmp_path: Path) -> None:
    path = tmp_path / "port.txt"
    path.write_text(TEXT)
    article = ingest(path, corpus=tmp_path).article
    assert (article.published, article.dated_by) == (None, DatedBy.NONE)


def test_without_a_title_the_first_sentence_is_one() -> None:
    assert article_of(TEXT, "port.txt").title == FIRST


def test_a_long_first_sentence_makes_a_short_title() -> None:
    long = "The port of Lagos, " + "which is old, " * 40 + "opened."
    title = article_of(f"{long}\n\n{TEXT}", "port.txt").title
    assert len(title) <= 120
    assert long.startswith(title.removesuffix("…"))


@pytest.mark.parametrize("text", ["", " \n\n ", "---\ntitle: Only a title\n---\n"])
def test_a_file_without_text_is_an_error_that_names_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "empty.md"
    path.write_text(text)
    with pytest.raises(ArticleError) as caught:
        ingest(path, corpus=tmp_path)
    assert str(caught.value) == f"{path}: it holds no article text"
    assert str(caught.value.__cause__) == "it holds no article text"


def test_a_file_that_cannot_be_read_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "port.xyz"
    path.write_text(TEXT)
    with pytest.raises(ArticleError, match=r"port\.xyz: unknown suffix '\.xyz' \(known: \.docx"):
        ingest(path, corpus=tmp_path)


def test_a_file_whose_name_is_not_text_is_an_error(tmp_path: Path) -> None:
    path = Path(str(tmp_path), "port\udcff.txt")
    path.write_text(TEXT)
    with pytest.raises(ArticleError, match=r"port\\udcff\.txt': its name is not UTF-8"):
        ingest(path, corpus=tmp_path)
