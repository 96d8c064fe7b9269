from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from small_corpus import config_in

from mssqa.apps.web.articles.adding import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_FILES,
    Added,
    Given,
    Outcome,
    Refused,
    Typed,
    add_address,
    add_files,
    add_typed,
)
from mssqa.config import Corpus

TEXT = "The harbour opened its third basin on Monday, the minister said."
LOST = "It did not arrive here. Try again; perhaps the disk is full."


@pytest.fixture
def config(tmp_path: Path) -> Corpus:
    return config_in(tmp_path).corpus


def uploaded(folder: Path, name: str, raw: bytes) -> Given:
    (folder / "uploads").mkdir(exist_ok=True)
    file = folder / "uploads" / f"upload{Path(name).suffix}"
    file.write_bytes(raw)
    return Given(name=name, bytes=len(raw), file=file)


def told(outcomes: list[Outcome]) -> list[str]:
    return [
        f"{each.name}: {each.error}" if isinstance(each, Refused) else each.article.path
        for each in outcomes
    ]


def test_a_file_is_saved_under_a_name_of_its_title_and_the_upload_is_removed(
    config: Corpus, tmp_path: Path
) -> None:
    hostile = "../../etc/<b>passwd\n.md"
    given = uploaded(tmp_path, hostile, f"---\ntitle: Basin <opens>\n---\n{TEXT}".encode())
    (outcome,) = add_files([given], config=config)
    assert isinstance(outcome, Added)
    assert (outcome.name, outcome.is_new) == (hostile, True)
    assert (outcome.article.path, outcome.article.title) == ("basin-opens.md", "Basin <opens>")
    assert [each.name for each in config.path.iterdir()] == ["basin-opens.md"]
    assert not (tmp_path / "uploads").exists()


def test_an_article_that_is_there_already_is_not_saved_twice(
    config: Corpus, tmp_path: Path
) -> None:
    for is_new in (True, False):
        (outcome,) = add_files([uploaded(tmp_path, "a.txt", TEXT.encode())], config=config)
        assert isinstance(outcome, Added)
        assert outcome.is_new is is_new
    assert len(list(config.path.iterdir())) == 1


def test_bad_files_are_refused_one_by_one_and_the_others_go_on(
    config: Corpus, tmp_path: Path
) -> None:
    good = uploaded(tmp_path, "good.txt", TEXT.encode())
    lost = Given(name="lost.txt", bytes=10, file=None)
    large = Given(name="large.pdf", bytes=MOST_BYTES + 1, file=None)
    gone = Given(name="gone.txt", bytes=10, file=tmp_path / "gone.txt")
    kind = uploaded(tmp_path, "run.exe", b"MZ")
    known = ".docx, .htm, .html, .md, .mhtml, .pdf, .txt"
    assert told(list(add_files([lost, large, gone, kind, good], config=config))) == [
        f"lost.txt: {LOST}",
        "large.pdf: It is larger than 20 MB.",
        f"gone.txt: {LOST}",
        f"run.exe: unknown suffix '.exe' (known: {known})",
        "the-harbour-opened-its-third-basin-on-monday-the-minister.md",
    ]


def test_a_file_that_grew_after_it_was_announced_is_refused(config: Corpus, tmp_path: Path) -> None:
    given = uploaded(tmp_path, "a.txt", b"x" * (MOST_BYTES + 1))
    assert told(
        list(add_files([Given(name="a.txt", bytes=1, file=given.file)], config=config))
    ) == ["a.txt: It is larger than 20 MB."]


def test_what_goes_beyond_the_most_files_is_refused_and_removed(
    config: Corpus, tmp_path: Path
) -> None:
    lost = [Given(name="lost.txt", bytes=1, file=None)] * MOST_FILES
    last = uploaded(tmp_path, "last.txt", TEXT.encode())
    *_, outcome = add_files([*lost, last], config=config)
    assert told([outcome]) == ["last.txt: Only 50 files go at once."]
    assert not (tmp_path / "uploads").exists()


def bomb(most: int) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * most)
    return packed.getvalue()


def test_a_word_file_that_unpacks_to_too_much_is_refused(config: Corpus, tmp_path: Path) -> None:
    given = uploaded(tmp_path, "bomb.docx", bomb(200_000_001))
    assert given.bytes < 300_000
    assert told(list(add_files([given], config=config))) == [
        "bomb.docx: it unpacks to 200,000,001 bytes, which is too much"
    ]


def test_an_article_that_is_typed_is_saved_with_all_that_was_typed(config: Corpus) -> None:
    typed = Typed(
        title=" A basin: <opens> ",
        published="2025-03-03",
        publisher="The Gazette",
        url="https://gazette.example/basin",
        text=f"{TEXT}\r\n\r\n- Advertisement -\x00\ud800",
    )
    (outcome,) = add_typed(typed, config=config)
    assert isinstance(outcome, Added)
    saved = (config.path / "2025-03-03-a-basin-opens.md").read_text()
    assert saved == (
        "---\ntitle: 'A basin: <opens>'\npublished: 2025-03-03\npublisher: The Gazette\n"
        f"url: https://gazette.example/basin\nlanguage: en\n---\n\n{TEXT}\n"
    )


def test_a_text_alone_will_do(config: Corpus) -> None:
    (outcome,) = add_typed(Typed(text=TEXT), config=config)
    assert isinstance(outcome, Added)
    assert outcome.article.title == TEXT


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (Typed(title="A"), "A: it holds no article text"),
        (Typed(title="A", text=TEXT, published="31.3.2025"), "A: “31.3.2025” is no day."),
        (Typed(title="A", text=TEXT, url="javascript:x"), "A: A web address begins"),
        (Typed(title="A", text="a" * (MOST_CHARACTERS + 1)), "A: It is longer than 500,000 "),
    ],
)
def test_what_cannot_be_an_article_is_refused_in_words(
    config: Corpus, typed: Typed, why: str
) -> None:
    (outcome,) = told(list(add_typed(typed, config=config)))
    assert outcome.startswith(why)
    assert not config.path.exists()


@pytest.mark.parametrize("address", ["", "corpus/a.md", "file:///etc/passwd", "javascript:x"])
def test_only_a_web_address_is_fetched(config: Corpus, address: str) -> None:
    (outcome,) = add_address(address, config=config)
    assert isinstance(outcome, Refused)
    assert str(outcome.error) == "A web address begins with https or http."


def test_a_private_address_is_refused(config: Corpus) -> None:
    (outcome,) = add_address("http://127.0.0.1:1/a", config=config)
    assert isinstance(outcome, Refused)
    assert "private address" in str(outcome.error)
