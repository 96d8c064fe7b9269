import json
from datetime import date
from typing import Any

import pytest

from mssqa.apps.render import Style, address, render, to_json, visible
from mssqa.types import Answer, Article, Claim, Evidence, Passage, Query, Span, Status

TEXT = "The harbour reopened on Monday. Ferries sail at dawn."
HARBOUR = Article(
    path="harbour.md",
    title="Harbour reopens",
    text=TEXT,
    published=date(2025, 3, 4),
    publisher="The Quay",
    url="https://quay.example/harbour",
)
COPY = Article(path="copy.md", title="Port is open again", text=TEXT + " So it is said.")


def evidence(
    article: Article = HARBOUR, *, end: int = 31, copies: tuple[Article, ...] = ()
) -> Evidence:
    return Evidence(
        number=1,
        passage=Passage(article=article, ordinal=0, start=0, end=len(article.text)),
        sentence=Span(0, end),
        support=0.9,
        copies=copies,
    )


def answer(
    text: str = "It reopened on Monday. [1]", *, found: Evidence | None = None, **changes: Any
) -> Answer:
    found = found or evidence(copies=(COPY,))
    values: dict[str, Any] = {
        "query": Query(question="When?", text="When?"),
        "status": Status.SUPPORTED,
        "text": text,
        "claims": (Claim(text=text, cites=(1,), support=0.9),),
        "evidence": (found,),
        "generation": "g1",
    }
    return Answer(**values | changes)


def hostile(text: str) -> Answer:
    article = Article(path="x.md", title=text, text=text, publisher=text, url="javascript:alert(1)")
    return answer(text, found=evidence(article, end=len(text)))


def test_text_names_each_source_with_its_date_quote_and_copies() -> None:
    assert render(answer(), style="text") == (
        "It reopened on Monday. [1]\n"
        "\n"
        "Sources:\n"
        "\n"
        "[1] Harbour reopens (The Quay, 4 Mar 2025)\n"
        "    “The harbour reopened on Monday.”\n"
        "    also in: Port is open again (undated)"
    )


def test_a_declined_answer_shows_the_nearest_articles_as_not_answering() -> None:
    declined = answer(
        "The articles do not say.",
        status=Status.DECLINED,
        claims=(),
        evidence=(),
        nearest=(evidence(),),
    )
    assert render(declined, style="text") == (
        "The articles do not say.\n"
        "\n"
        "Nearest articles, which do not answer the question:\n"
        "\n"
        "[1] Harbour reopens (The Quay, 4 Mar 2025)\n"
        "    “The harbour reopened on Monday.”"
    )


def test_markdown_links_the_title_and_escapes_the_rest() -> None:
    assert render(answer(), style="markdown") == (
        "It reopened on Monday. \\[1\\]\n"
        "\n"
        "**Sources**\n"
        "\n"
        "\\[1\\] [Harbour reopens](https://quay.example/harbour) (The Quay, 4 Mar 2025)\n"
        "\n"
        "> “The harbour reopened on Monday.”\n"
        "\n"
        "also in: Port is open again (undated)"
    )


def test_html_links_the_title_and_keeps_to_one_line() -> None:
    assert render(answer("One.\n\nTwo."), style="html") == (
        '<div class="answer"><p>One.</p><p>Two.</p>'
        '<p class="heading">Sources</p><ol class="sources"><li value="1">'
        '<cite><a href="https://quay.example/harbour" target="_blank" rel="noopener noreferrer">'
        "Harbour reopens</a></cite> <span>The Quay, 4 Mar 2025</span>"
        "<blockquote>The harbour reopened on Monday.</blockquote>"
        "<small>also in: Port is open again (undated)</small></li></ol></div>"
    )


def test_json_is_the_answer_on_one_line() -> None:
    assert json.loads(render(answer(), style="json")) == answer().to_dict()
    assert len(render(hostile("a\u2028b\x85c\n\nd"), style="json").splitlines()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</blockquote></li><iframe src='//evil.example'>",
        "&lt;b&gt;",
    ],
)
def test_no_article_text_becomes_html(text: str) -> None:
    html = render(hostile(text), style="html")
    plain = render(hostile("plain"), style="html")
    assert html.count("<") == plain.count("<")
    assert html.count('"') == plain.count('"')
    assert "&lt;b&gt;" not in html
    assert "javascript" not in html


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("[click](http://evil.example)", "\\[click\\](http\\://evil.example)"),
        ("![x](x.png)", "!\\[x\\](x.png)"),
        ("<b>bold</b> *a* _b_ `c`", "\\<b\\>bold\\</b\\> \\*a\\* \\_b\\_ \\`c\\`"),
        ("www.evil.example a@b.example", "www\\.evil.example a\\@b.example"),
        ("# Heading", "\\# Heading"),
        ("- item", "\\- item"),
        ("2024. A year", "2024\\. A year"),
        ("    code", "code"),
        ("a\\*b", "a\\\\\\*b"),
        ("$x$ ~~y~~ | z", "\\$x\\$ \\~\\~y\\~\\~ \\| z"),
    ],
)
def test_no_article_text_becomes_markdown(text: str, escaped: str) -> None:
    assert render(hostile(text), style="markdown").splitlines()[0] == escaped


@pytest.mark.parametrize("style", ["text", "markdown", "html"])
def test_nothing_in_an_article_acts_on_a_terminal(style: Style) -> None:
    rendered = render(hostile("\x1b[2J\x1b]0;title\x07 red\x9b31m \u202eback\ud800"), style=style)
    assert not any(c in rendered for c in "\x1b\x07\x9b\u202e\ud800")


def test_markup_for_terminals_stays_text() -> None:
    assert render(hostile("[red]alarm[/red]"), style="text").startswith("[red]alarm[/red]\n")


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "//evil.example/x",
        "http://",
        "http://[::1",
        "ftp://quay.example",
    ],
)
def test_an_address_that_is_not_of_the_web_is_no_link(url: str | None) -> None:
    assert address(url) is None


def test_an_address_cannot_leave_its_link() -> None:
    assert address("https://q.example/a\"b'c(d)<e>\\f") == (
        "https://q.example/a%22b%27c%28d%29%3Ce%3E%5Cf"
    )


def test_json_escapes_what_a_reader_may_take_for_a_line_end() -> None:
    assert to_json("é\x7f\x85\u2028\u2029\ud800") == '"é\\u007f\\u0085\\u2028\\u2029\ufffd"'


def test_visible_keeps_letters_tabs_and_line_breaks() -> None:
    assert visible("Ayiti\tè\n中文 👩‍👩‍👧") == "Ayiti\tè\n中文 👩‍👩‍👧"
