"""The corpus folder, on real files."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from webserver import body, moved, serving

from mssqa import corpus
from mssqa.config import Corpus
from mssqa.errors import ArticleError, CorpusError
from mssqa.ingest import ingest
from mssqa.types import Article, DatedBy

TEXT = (
    "The port of Lagos opened its third basin on Monday after ten years of building.\n\n"
    "Ships from four continents will dock there, the minister said."
)
PORT = Article(
    path="port.md",
    title="Lagos opens a third basin",
    text=TEXT,
    published=date(2025, 3, 3),
    dated_by=DatedBy.FRONT_MATTER,
    publisher="The Harbour Gazette",
    url="https://gazette.example/port",
    language="en",
)
HOSTILE_TITLES = [
    "---",
    "--- a rule ---",
    "# Not a heading",
    "- Not a list",
    "> Not a quotation",
    "Port: open, at last",
    "'Quoted' and \"quoted\"",
    "{curly} [square] *star* &anchor !tag %percent @at `tick`",
    "null",
    "~",
    "yes",
    "2025-03-03",
    "12e3",
    "Ọjà tuntun ní Èkó — 開港",
    "😀",
    "a\\nb \\u0000",
    "../../etc/passwd",
    "x" * 299,
    "word " * 59 + "end",
]


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_files_are_listed_in_order_and_hidden_ones_left_out(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.txt", ".hidden.md", ".trash/1/c.md", "a/.x/d.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert corpus.files(tmp_path) == (tmp_path / "a/z.txt", tmp_path / "b.md")


def test_links_that_lead_out_of_the_folder_are_left_out(tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "corpus", tmp_path / "secret.md"
    home.mkdir()
    elsewhere.write_text("x")
    (home / "a.md").write_text("x")
    (home / "out.md").symlink_to(elsewhere)
    (home / "within.md").symlink_to(home / "a.md")
    (home / "folder").symlink_to(tmp_path, target_is_directory=True)
    (home / "broken.md").symlink_to(home / "gone.md")
    os.mkfifo(home / "pipe.md")
    assert corpus.files(home) == (home / "a.md", home / "within.md")


def test_a_missing_or_empty_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    for folder, reason in ((tmp_path / "no", "there is no corpus folder"), (tmp_path, "is empty")):
        with pytest.raises(CorpusError, match=reason) as caught:
            corpus.files(folder)
        assert "mssqa add" in caught.value.hint


def test_a_saved_article_is_markdown_with_what_is_known_of_it(tmp_path: Path) -> None:
    saved = corpus.save(PORT, tmp_path)
    assert saved == corpus.Saved(
        path=tmp_path / "2025-03-03-lagos-opens-a-third-basin.md", is_new=True
    )
    assert saved.path.read_text("utf-8") == (
        "---\n"
        "title: Lagos opens a third basin\n"
        "published: 2025-03-03\n"
        "publisher: The Harbour Gazette\n"
        "url: https://gazette.example/port\n"
        "language: en\n"
        "---\n"
        "\n" + TEXT + "\n"
    )


def test_what_is_not_known_is_not_stated(tmp_path: Path) -> None:
    article = Article(path="", title="Lagos opens a basin", text=TEXT)
    path = corpus.save(article, tmp_path).path
    assert path.name == "lagos-opens-a-basin.md"
    assert path.read_text("utf-8").startswith(
        "---\ntitle: Lagos opens a basin\nlanguage: en\n---\n"
    )


@pytest.mark.parametrize("title", HOSTILE_TITLES)
def test_an_article_reads_back_as_it_was_saved_whatever_its_title(
    tmp_path: Path, title: str
) -> None:
    article = replace(PORT, title=title, publisher=title[:100].strip())
    path = corpus.save(article, tmp_path).path
    assert path.parent == tmp_path
    assert ingest(path, corpus=tmp_path).article == replace(article, path=path.name)


@settings(max_examples=60)
@given(
    title=st.text(
        st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=300
    ),
    published=st.none() | st.dates(),
    publisher=st.none() | st.just("Gazette: “the” #1"),
)
def test_titles_and_dates_survive_saving(
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    published: date | None,
    publisher: str | None,
) -> None:
    folder = tmp_path_factory.mktemp("corpus")
    dated_by = DatedBy.FRONT_MATTER if published else DatedBy.NONE
    article = replace(
        PORT, title=title, published=published, dated_by=dated_by, publisher=publisher
    )
    path = corpus.save(article, folder).path
    assert ingest(path, corpus=folder).article == replace(article, path=path.name)


def test_an_article_without_a_headline_keeps_its_first_sentence(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT)
    home = tmp_path / "corpus"
    saved = corpus.add(tmp_path / "page.txt", config=Corpus(path=home))
    article = ingest(saved.path, corpus=home).article
    assert (article.title, article.text) == (TEXT.split("\n", maxsplit=1)[0], TEXT)


@pytest.mark.parametrize(
    "opening",
    [
        "--- The port of Lagos opened its third basin on Monday, the minister said.",
        "# The port of Lagos opened its third basin on Monday, the minister said.",
        "> The port of Lagos opened its third basin on Monday, the minister said.",
        "title: The port of Lagos opened its third basin on Monday, the minister said.",
    ],
)
def test_a_text_that_looks_like_markup_reads_back_as_it_was_saved(
    tmp_path: Path, opening: str
) -> None:
    article = replace(PORT, text=f"{opening}\n\n{TEXT}")
    path = corpus.save(article, tmp_path).path
    assert ingest(path, corpus=tmp_path).article.text == article.text


def test_a_text_that_is_there_already_is_not_written_again(tmp_path: Path) -> None:
    first = corpus.save(PORT, tmp_path)
    again = corpus.save(replace(PORT, title="Another title"), tmp_path)
    assert again == corpus.Saved(path=first.path, is_new=False)
    assert names(tmp_path) == [first.path.name]


def test_a_text_that_is_part_of_a_longer_article_is_saved(tmp_path: Path) -> None:
    corpus.save(PORT, tmp_path)
    part = replace(PORT, text=TEXT.split("\n\n", maxsplit=1)[0])
    assert corpus.save(part, tmp_path).is_new


def test_articles_of_one_title_and_day_get_names_of_their_own(tmp_path: Path) -> None:
    others = [replace(PORT, text=f"{TEXT}\n\nIt is the basin number {n}.") for n in range(3)]
    saved = [corpus.save(article, tmp_path).path.name for article in others]
    stem = "2025-03-03-lagos-opens-a-third-basin"
    assert saved == [f"{stem}.md", f"{stem}-2.md", f"{stem}-3.md"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "2025-03-03-etc-passwd.md"),
        ("Élection à Conakry : « oui »", "2025-03-03-election-a-conakry-oui.md"),
        ("開港", f"2025-03-03-{PORT.id}.md"),
        ("x" * 200, f"2025-03-03-{'x' * 60}.md"),
        (
            "one two " * 20,
            "2025-03-03-one-two-one-two-one-two-one-two-one-two-one-two-one-two-one.md",
        ),
    ],
)
def test_names_are_short_and_plain(tmp_path: Path, title: str, name: str) -> None:
    assert corpus.save(replace(PORT, title=title.strip()), tmp_path).path.name == name


def test_a_folder_that_cannot_be_written_to_is_an_article_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ArticleError, match="cannot save 'Lagos opens a third basin'"):
        corpus.save(PORT, tmp_path / "file")


def test_a_file_is_added_as_its_cleaned_article(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html lang='fr'><head><title>Un port</title>"
        "<meta property='article:published_time' content='2025-03-03T08:00:00Z'></head>"
        "<body><article><h1>Un port</h1><p>Le port de Lagos a ouvert lundi son troisième bassin, "
        "après dix ans de travaux.</p><p>Des navires de quatre continents y accosteront, selon "
        "le ministre des transports.</p></article></body></html>"
    )
    saved = corpus.add(page, config=Corpus(path=tmp_path / "corpus"))
    assert ingest(saved.path, corpus=saved.path.parent).article == Article(
        path="2025-03-03-un-port.md",
        title="Un port",
        text="Le port de Lagos a ouvert lundi son troisième bassin, après dix ans de travaux.\n\n"
        "Des navires de quatre continents y accosteront, selon le ministre des transports.",
        published=date(2025, 3, 3),
        dated_by=DatedBy.FRONT_MATTER,
        language="fr",
    )


def test_a_file_of_the_corpus_is_not_added_to_it_again(tmp_path: Path) -> None:
    path = tmp_path / "port.txt"
    path.write_text(TEXT)
    config = Corpus(path=tmp_path)
    assert corpus.add(path, config=config) == corpus.Saved(path=path, is_new=False)
    assert names(tmp_path) == ["port.txt"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"gone\.txt: there is no such file"):
        corpus.add(str(tmp_path / "gone.txt"), config=Corpus(path=tmp_path))


def test_an_address_that_may_not_be_fetched_is_refused(tmp_path: Path) -> None:
    for address in ("http://127.0.0.1/a", "file:///etc/passwd", "ftp://example.org/a"):
        with pytest.raises(ArticleError, match=address):
            corpus.add(address, config=Corpus(path=tmp_path))
    assert names(tmp_path) == []


def test_an_address_is_added_as_its_article_with_where_it_was_found(tmp_path: Path) -> None:
    page = f"<html><title>Lagos opens a basin</title><article><p>{TEXT}</p></article></html>"
    config = Corpus(path=tmp_path, fetch_private=True)
    with serving(old=moved("/port"), port=body(page.encode())) as home:
        saved = corpus.add(f"{home}/old", config=config)
        again = corpus.add(f"{home}/port", config=config)
    article = ingest(saved.path, corpus=tmp_path).article
    assert (article.title, article.url) == ("Lagos opens a basin", f"{home}/port")
    assert (saved.is_new, again) == (True, corpus.Saved(path=saved.path, is_new=False))


def test_an_address_without_an_article_is_named(tmp_path: Path) -> None:
    config = Corpus(path=tmp_path, fetch_private=True)
    with serving(empty=body(b"<html></html>")) as home, pytest.raises(ArticleError) as caught:
        corpus.add(f"{home}/empty", config=config)
    assert str(caught.value) == f"{home}/empty: no article was found on the page"


def removed(folder: Path, name: str = "a/port.md", text: str = TEXT) -> Article:
    """An article whose file was written and then moved to the trash."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    article = replace(PORT, path=name)
    corpus.remove(article, folder)
    return article


def test_a_removed_file_is_in_the_trash_under_the_id_of_its_article(tmp_path: Path) -> None:
    article = removed(tmp_path)
    file = tmp_path / ".trash" / f"{article.id}.1" / "a" / "port.md"
    assert file.read_text() == TEXT
    assert not (tmp_path / "a/port.md").exists()
    assert corpus.trash(tmp_path) == (
        corpus.Trashed(article_id=article.id, path="a/port.md", file=file),
    )


def test_a_removed_file_comes_back_to_its_place(tmp_path: Path) -> None:
    article = removed(tmp_path)
    (tmp_path / "a").rmdir()
    assert corpus.restore(article.id, tmp_path) == tmp_path / "a/port.md"
    assert names(tmp_path) == ["a", "a/port.md"]


def test_the_last_one_removed_comes_back_first_and_none_is_lost(tmp_path: Path) -> None:
    contents = [f"version {n}" for n in range(11)]
    for content in contents:
        article = removed(tmp_path, text=content)
    back = [corpus.restore(article.id, tmp_path) for _ in contents]
    assert [path.name for path in back] == ["port.md"] + [f"port-{n}.md" for n in range(2, 12)]
    assert [path.read_text() for path in back] == contents[::-1]
    assert corpus.trash(tmp_path) == ()


def test_a_file_that_took_the_place_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    article = removed(tmp_path)
    (tmp_path / "a/port.md").write_text("newer")
    assert corpus.restore(article.id, tmp_path) == tmp_path / "a/port-2.md"
    assert (tmp_path / "a/port.md").read_text() == "newer"


@pytest.mark.parametrize("name", ["../secret.md", "/etc/passwd", ".trash/x.md", "gone.md", ""])
def test_only_files_of_the_corpus_can_be_removed(tmp_path: Path, name: str) -> None:
    home = tmp_path / "corpus"
    (home / ".trash").mkdir(parents=True)
    for path in (tmp_path / "secret.md", home / ".trash/x.md", home / "a.md"):
        path.write_text("x")
    before = names(tmp_path)
    with pytest.raises(ArticleError, match="there is no file"):
        corpus.remove(replace(PORT, path=name), home)
    assert names(tmp_path) == before


@pytest.mark.parametrize("article_id", [PORT.id, "../..", "", "*"])
def test_what_the_trash_does_not_hold_cannot_be_restored(tmp_path: Path, article_id: str) -> None:
    with pytest.raises(ArticleError, match="the trash holds no article"):
        corpus.restore(article_id, tmp_path)


def test_an_empty_trash_lists_nothing(tmp_path: Path) -> None:
    assert corpus.trash(tmp_path) == ()
