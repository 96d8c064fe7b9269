"""Files of every kind, and files that are not what they seem. All pages are invented."""

import io
import struct
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from mssqa.errors import ArticleError
from mssqa.ingest.page import Page
from mssqa.ingest.read import MAX_FILE_BYTES, SUFFIXES, parse, read
from mssqa.types import DatedBy

FIRST = "The port of Lagos opened its third basin on Monday after ten years of building."
SECOND = "Ships from four continents will dock there before the year is out, the minister said."
TEXT = f"{FIRST}\n\n{SECOND}"
ACCENTED = "Élections à N’Djaména : « un scrutin apaisé », selon l’Église. Le président a voté tôt."


def reason(raw: bytes, suffix: str) -> str:
    """Why the bytes cannot be read."""
    with pytest.raises(ArticleError) as caught:
        parse(raw, suffix=suffix)
    return str(caught.value)


def outcome(raw: bytes, suffix: str) -> str | None:
    """The title of the page, or the beginning of why there is none."""
    try:
        return parse(raw, suffix=suffix).title
    except ArticleError as error:
        return str(error)[:17]


def html(body: str = "", head: str = "", *, lang: str = "en") -> bytes:
    article = f"<article><h1>Lagos opens a basin</h1>{body}<p>{FIRST}</p><p>{SECOND}</p></article>"
    return (
        f"<!doctype html><html lang='{lang}'><head><title>Lagos opens a basin</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>{article}"
        "<footer>All rights reserved</footer></body></html>"
    ).encode()


def pdf(*lines: str, title: str | None = None) -> bytes:
    """A PDF of one page, written by hand."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    content = f"BT /F1 10 Tf 40 800 Td {shown}ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 842]/Contents 5 0 R/Resources 6 0 R>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    objects.append(b"<</Font<</F1 4 0 R>>>>")
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj%sendobj\n" % (number, body))
    start = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out.write(b"xref\n0 7\n0000000000 65535 f \n%strailer<</Size 7/Root 1 0 R>>\n" % rows)
    out.write(b"startxref\n%d\n%%%%EOF" % start)
    return _rewritten(out.getvalue(), title=title) if title else out.getvalue()


def _rewritten(raw: bytes, *, title: str | None = None, password: str | None = None) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    if title is not None:
        writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(*paragraphs: str, title: str = "", rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = Document()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# --- which files


def test_a_file_is_read_by_its_suffix_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "PORT.TXT"
    path.write_text(TEXT)
    assert read(path) == Page(text=TEXT)


@pytest.mark.parametrize("name", ["port.xyz", "port", ".md", "port.md.gz"])
def test_an_unknown_suffix_is_named_with_those_that_are_known(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXT)
    with pytest.raises(ArticleError) as caught:
        read(path)
    known = ".docx, .htm, .html, .md, .mhtml, .pdf, .txt"
    assert str(caught.value) == f"unknown suffix {path.suffix!r} (known: {known})"


def test_a_file_that_is_missing_a_folder_or_too_large_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    with (tmp_path / "large.md").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    for name, expected in (
        ("gone.md", "there is no such file"),
        ("folder.md", "there is no such file"),
        ("large.md", "it is larger than 50,000,000 bytes"),
    ):
        with pytest.raises(ArticleError, match=expected):
            read(tmp_path / name)


def test_a_text_longer_than_any_article_is_an_error() -> None:
    assert reason(b"word " * 400_001, ".txt") == "it is longer than 2,000,000 characters"


# --- text: encodings and characters


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "iso8859-15"]
)
def test_a_text_is_read_in_the_encoding_it_is_in(encoding: str) -> None:
    assert parse(ACCENTED.replace("’", "'").encode(encoding), suffix=".txt").text == (
        ACCENTED.replace("’", "'")
    )


def test_a_byte_order_mark_goes_before_utf_8() -> None:
    assert parse("Ìjọba".encode("utf-16-le").join([b"\xff\xfe", b""]), suffix=".txt").text == (
        "Ìjọba"
    )


def test_line_ends_are_one_and_control_characters_go() -> None:
    raw = f"{TEXT}\r\ntwo\rthree\x00\x1b[0m\u2028four\u202e"
    assert parse(raw.encode(), suffix=".txt").text == f"{TEXT}\ntwo\nthree[0m\nfour"


@pytest.mark.parametrize("raw", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + bytes(5000)])
def test_what_is_not_text_is_an_error(raw: bytes) -> None:
    assert reason(raw, ".txt") in {"it is not text", "its encoding is unknown"}


@settings(max_examples=60)
@given(st.binary(max_size=300), st.sampled_from(SUFFIXES))
def test_any_bytes_at_all_are_a_page_or_an_article_error(raw: bytes, suffix: str) -> None:
    try:
        page = parse(raw, suffix=suffix)
    except ArticleError:
        return
    page.text.encode()


# --- front matter


def test_front_matter_states_what_is_known() -> None:
    source = (
        "---\ntitle: 'Lagos: a basin'\npublished: 2025-03-03\npublisher: Gazette\n"
        f"url: https://gazette.example/port\nlanguage: en\ntags: [port, sea]\n---\n{TEXT}\n"
    )
    for suffix in (".md", ".txt"):
        assert parse(source.encode(), suffix=suffix) == Page(
            text=TEXT,
            title="Lagos: a basin",
            published=date(2025, 3, 3),
            dated_by=DatedBy.FRONT_MATTER,
            publisher="Gazette",
            url="https://gazette.example/port",
            language="en",
        )


@pytest.mark.parametrize(
    "value",
    [
        "2025-03-03",
        "'2025-03-03'",
        "20250303",
        "2025-03-03 23:59",
        "2025-03-03T23:59:00-05:00",
        "2025-03-03T23:59:00Z",
        "3 March 2025",
        "Monday, March 3, 2025",
    ],
)
@pytest.mark.parametrize("key", ["published", "date"])
def test_a_date_may_be_written_in_many_ways(key: str, value: str) -> None:
    page = parse(f"---\n{key}: {value}\n---\n{TEXT}".encode(), suffix=".md")
    assert (page.published, page.dated_by) == (date(2025, 3, 3), DatedBy.FRONT_MATTER)


@pytest.mark.parametrize("value", ["", "null", "~", "''"])
def test_an_empty_date_is_none(value: str) -> None:
    page = parse(f"---\npublished: {value}\ntitle: x\n---\n{TEXT}".encode(), suffix=".md")
    assert (page.published, page.dated_by) == (None, DatedBy.NONE)


@pytest.mark.parametrize("value", ["2025-13-45", "soon", "2025", "March 2025", "'no'"])
def test_a_date_that_is_none_is_named(value: str) -> None:
    raw = f"---\npublished: {value}\n---\n{TEXT}".encode()
    shown = value.strip("'")
    assert reason(raw, ".md") == f"its front matter has no date in published: {shown!r}"


def test_front_matter_that_is_not_yaml_is_an_error_with_its_line() -> None:
    raw = f"---\ntitle: One\npublisher: 'Gaz\n---\n{TEXT}".encode()
    assert reason(raw, ".md").startswith("its front matter is not YAML: line ")
    raw = f"---\nlanguage: en\ntitle: A: B: C\n---\n{TEXT}".encode()
    assert reason(raw, ".md") == (
        "its front matter is not YAML: line 3: mapping values are not allowed here"
    )


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{FIRST}\n---\n{SECOND}",
        f"---\n{TEXT}",
        f"--- {FIRST}",
        f"----\n\n{TEXT}",
        "---",
        "---\n- one\n- two\n---\n",
        "---\n'quoted\n---\n",
    ],
)
def test_a_text_that_begins_with_a_rule_is_text(text: str) -> None:
    assert parse(text.encode(), suffix=".md") == Page(text=text)


@pytest.mark.parametrize(
    "field",
    [
        "title: !!python/object/apply:os.system [ls]",
        "published: !!timestamp x",
        "title: " + "[" * 5000,
        "- " * 5000,
        "a: " + "{a: " * 3000,
        "a: &a [*a]",
        "? [a]\n: b",
    ],
)
def test_hostile_front_matter_does_nothing_but_fail(field: str) -> None:
    raw = f"---\nlanguage: en\n{field}\n---\n{TEXT}".encode()
    assert outcome(raw, ".md") in {None, "its front matter "}


def test_values_of_another_kind_and_unsafe_addresses_are_passed_over() -> None:
    raw = f"---\ntitle: [a, b]\npublisher: {{a: b}}\nurl: javascript:alert(1)\n---\n{TEXT}"
    assert parse(raw.encode(), suffix=".md") == Page(text=TEXT)


def test_a_title_is_one_line_and_bounded() -> None:
    raw = f"---\ntitle: |\n  one\n  two\n---\n{TEXT}"
    assert parse(raw.encode(), suffix=".md").title == "one two"
    raw = f"---\ntitle: {'word ' * 100}\n---\n{TEXT}"
    title = parse(raw.encode(), suffix=".md").title
    assert title == "word " * 58 + "word…"


# --- web pages


def test_a_web_page_gives_its_article_and_what_it_says_of_itself() -> None:
    head = (
        '<meta property="og:site_name" content="The Gazette">'
        '<meta property="article:published_time" content="2025-03-03T08:00:00Z">'
        '<link rel="canonical" href="https://gazette.example/port">'
    )
    table = "<table><tr><th>Berth</th><th>Metres</th></tr><tr><td>A</td><td>300</td></tr></table>"
    assert parse(html(table, head, lang="en-NG"), suffix=".html") == Page(
        text=f"Lagos opens a basin\n\nBerth | Metres\n\nA | 300\n\n{TEXT}",
        title="Lagos opens a basin",
        published=date(2025, 3, 3),
        dated_by=DatedBy.MARKUP,
        publisher="The Gazette",
        url="https://gazette.example/port",
        language="en",
    )


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2025-03-03T08:00:00Z">',
        '<meta name="date" content="2025-03-03">',
        '<meta name="DC.date.issued" content="2025-03-03">',
        '<meta itemprop="datePublished" content="2025-03-03">',
        '<script type="application/ld+json">{"datePublished": "2025-03-03T08:00:00Z"}</script>',
        '<meta name="date" content="2025-03-03"><meta name="last-modified" content="2025-03-09">',
        '<link rel="canonical" href="https://gazette.example/2025/03/03/port">',
    ],
)
def test_a_date_in_the_head_is_the_date(head: str) -> None:
    page = parse(html(head=head), suffix=".html")
    assert (page.published, page.dated_by) == (date(2025, 3, 3), DatedBy.MARKUP)


@pytest.mark.parametrize(
    "body",
    [
        '<time datetime="2025-03-03T08:00" pubdate="pubdate">3 March</time>',
        '<time class="entry-date published" datetime="2025-03-03">3 March</time>',
        '<span itemprop="datePublished" content="2025-03-03">3 March</span>',
        '<time datetime="2025-03-03">3 March</time>',
    ],
)
def test_a_date_in_the_markup_above_the_article_is_the_date(body: str) -> None:
    assert parse(html(body), suffix=".html").published == date(2025, 3, 3)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", ""),
        ('<meta property="article:modified_time" content="2025-03-03">', ""),
        ('<meta name="last-modified" content="2025-03-03">', ""),
        ('<meta itemprop="copyrightYear" content="2025">', ""),
        ('<meta name="date" content="2999-03-03">', ""),
        ('<meta name="date" content="soon">', ""),
        ("", "<p>The pact was signed on 3 March 2025 in Lagos.</p>"),
        ("", "<p>It began <time datetime='2025-03-03'>in March</time>, they said.</p>"),
        ("", '<img src="/2025/03/03/port.jpg">'),
        ("", "<!-- 2025-03-03 -->"),
        ("", '<div data-id="20250303" class="x2025-03-03">x</div>'),
    ],
)
def test_a_date_that_is_not_of_publication_is_not_taken(head: str, body: str) -> None:
    page = parse(html(body, head), suffix=".html")
    assert (page.published, page.dated_by) == (None, DatedBy.NONE)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("windows-1252", "cp1252"), ("iso-8859-2", "iso8859-2"), ("utf-8", "utf-8")],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(declared: str, encoding: str) -> None:
    words = "Le président a été réélu en décembre, dit-on, et l'élection fut disputée."
    raw = html(f"<p>{words}</p>", f'<meta charset="{declared}">').decode().encode(encoding)
    assert words in parse(raw, suffix=".html").text


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   ",
        b"<html></html>",
        b"<div>" * 100_000 + b"<p>x</p>",
        b"<html><body><script>alert(1)</script></body></html>",
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><x>&b;</x>",
        b"\x00\x00\x00\x00",
    ],
)
def test_a_page_without_an_article_is_an_error(raw: bytes) -> None:
    assert reason(raw, ".html") in {
        "no article was found on the page",
        "it is no web page",
        "it is not text",
    }


def test_scripts_styles_and_hidden_comments_are_not_text() -> None:
    hostile = "<script>steal()</script><style>p{}</style><!-- note --><p onclick='x()'>Hello.</p>"
    text = parse(html(hostile), suffix=".html").text
    assert not any(word in text for word in ("steal", "p{}", "note", "onclick"))


@pytest.mark.parametrize(
    "mark", ["hidden", "style='display:none'", "style='color:red; Display : None'"]
)
def test_what_a_visitor_is_not_shown_is_not_text(mark: str) -> None:
    unseen = f"<p {mark}>Unseen words.</p><div {mark}><p>More of them.</p></div>"
    text = parse(html(unseen), suffix=".html").text
    assert not any(word in text for word in ("Unseen", "More of them"))
    whole = html().replace(b"<article>", f"<article {mark}>".encode())
    assert parse(whole, suffix=".html").text == parse(html(), suffix=".html").text


def mhtml(page: bytes, **headers: str) -> bytes:
    archive = EmailMessage()
    archive["Subject"] = "Lagos opens a basin"
    for name, value in headers.items():
        archive[name.replace("_", "-")] = value
    archive.add_related(b"GIF89a", "image", "gif")
    archive.add_related(page, "text", "html")
    return archive.as_bytes()


def test_a_saved_web_page_gives_its_article_and_where_it_is_from() -> None:
    raw = mhtml(html(), Snapshot_Content_Location="https://gazette.example/port")
    page = parse(raw, suffix=".mhtml")
    assert (page.title, page.text.endswith(TEXT)) == ("Lagos opens a basin", True)
    assert page.url == "https://gazette.example/port"


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"Content-Type: multipart/x\n\n--", b"a: b"])
def test_an_archive_without_a_page_is_an_error(raw: bytes) -> None:
    assert reason(raw, ".mhtml") == "it holds no web page"


# --- PDF and Word


def test_a_pdf_gives_its_lines_and_its_title() -> None:
    assert parse(pdf(FIRST, SECOND, title="Lagos opens a basin"), suffix=".pdf") == Page(
        text=f"{FIRST}\n{SECOND}", title="Lagos opens a basin"
    )


def test_a_pdf_that_is_locked_says_so() -> None:
    raw = _rewritten(pdf(FIRST), password="secret")
    assert reason(raw, ".pdf") == "it is locked with a password"


def test_a_pdf_that_anyone_may_open_is_read() -> None:
    assert parse(_rewritten(pdf(FIRST), password=""), suffix=".pdf").text == FIRST


def test_a_pdf_of_pictures_says_that_it_has_no_text() -> None:
    assert reason(pdf(), ".pdf") == "it holds no text, only pictures"


@pytest.mark.parametrize("cut", [0, 5, 100, 400])
def test_a_damaged_pdf_is_an_error(cut: int) -> None:
    assert reason(pdf(FIRST)[:cut], ".pdf").startswith("it is no readable .pdf file: ")


def test_a_word_file_gives_its_paragraphs_and_tables_in_order() -> None:
    raw = docx(FIRST, SECOND, title="Lagos opens a basin", rows=(("Berth", "Metres"), ("A", "300")))
    assert parse(raw, suffix=".docx") == Page(
        text=f"{TEXT}\n\nBerth | Metres\n\nA | 300", title="Lagos opens a basin"
    )


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(123_457))
    return out.getvalue().replace(struct.pack("<L", 123_457), struct.pack("<L", 201_000_000))


def test_a_word_file_that_unpacks_to_too_much_is_an_error() -> None:
    assert reason(bomb(), ".docx").startswith("it unpacks to 201,000,000 bytes")


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", docx(FIRST)[:500], b"no zip"])
def test_a_damaged_word_file_is_an_error(raw: bytes) -> None:
    assert reason(raw, ".docx").startswith("it is no readable .docx file: ")
