"""How an answer looks: plain text for a terminal, Markdown, HTML and JSON.

Questions, titles, quotes and addresses come from strangers. In Markdown and HTML they are text and
never markup, links or script; on a terminal they move no cursor and change no colour.
"""

import html
import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, NamedTuple, Protocol
from urllib.parse import quote, urlsplit

from mssqa.types import Answer, Evidence

Style = Literal["text", "markdown", "html", "json"]

# Controls except tab and line break, marks that reorder what is shown, and lone surrogates.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BREAKS_A_LINE = re.compile(r"[\x7f-\x9f\u2028\u2029]")  # for some reader or terminal
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MARKDOWN = re.compile(r"[\\`*_\[\]<>&#|~$@]|:(?=//)|(?<=www)\.|^[-+=]", re.IGNORECASE)
_NUMBERED_LINE = re.compile(r"^(\d+)(?=[.)])")
_IN_ADDRESSES = "%/:=&?~#+!$,;@-._"


class Credited(Protocol):
    """What is told of an article where it is cited."""

    @property
    def title(self) -> str: ...
    @property
    def publisher(self) -> str | None: ...
    @property
    def published(self) -> date | None: ...
    @property
    def url(self) -> str | None: ...


class Group(NamedTuple):
    """Sources under one heading."""

    heading: str
    evidence: tuple[Evidence, ...]


def render(answer: Answer, *, style: Style) -> str:
    r"""The answer, then its numbered sources, then what stands nearest if it was declined.

    >>> from mssqa.types import Query, Status
    >>> query = Query(question="Who?", text="Who?")
    >>> answer = Answer(query=query, status=Status.DECLINED, text="a * b", generation="g1")
    >>> render(answer, style="markdown")
    'a \\* b'
    """
    match style:
        case "text":
            return _text(answer)
        case "markdown":
            return _markdown(answer)
        case "html":
            return to_html(answer.text, groups(answer))
        case "json":
            return to_json(answer.to_dict())


def groups(answer: Answer) -> tuple[Group, ...]:
    """What the answer cites and what stands nearest; empty groups are left out."""
    both = (
        Group("Sources", answer.citations),
        Group("Nearest articles, which do not answer the question", answer.nearest),
    )
    return tuple(group for group in both if group.evidence)


def visible(text: str) -> str:
    r"""The text without the characters that act on a terminal; tabs and line breaks stay.

    >>> visible("\x1b[2Jquiet\r\n")
    '[2Jquiet\n'
    """
    return _UNSEEN.sub("", text)


def line(text: str) -> str:
    r"""The text on one line.

    >>> line("Ports\n\n reopen")
    'Ports reopen'
    """
    return " ".join(visible(text).split())


def day(published: date | None) -> str:
    """A day for people.

    >>> day(date(2025, 8, 4)), day(None)
    ('4 Aug 2025', 'undated')
    """
    return f"{published.day} {published:%b %Y}" if published else "undated"


def credit(article: Credited) -> str:
    """The publisher, if it is known, and the day.

    >>> from mssqa.types import Article
    >>> credit(Article(path="a.md", title="Ports reopen", text="...", publisher="The Quay"))
    'The Quay, undated'
    """
    return ", ".join(filter(None, (line(article.publisher or ""), day(article.published))))


def also_in(copies: Sequence[Credited]) -> str:
    """Names the other articles that carry the same text; empty without any."""
    named = (f"{line(copy.title)} ({credit(copy)})" for copy in copies)
    return "also in: " + "; ".join(named) if copies else ""


def address(url: str | None) -> str | None:
    """The address if it is safe to link to, else None: http or https, a host, no stray characters.

    >>> address("https://quay.example/a b")
    'https://quay.example/a%20b'
    >>> address("javascript:alert(1)") is None
    True
    """
    try:
        parts = urlsplit(line(url or ""))
    except ValueError:
        return None
    safe = parts.scheme in {"http", "https"} and parts.hostname
    return quote(parts.geturl(), safe=_IN_ADDRESSES, errors="replace") if safe else None


def to_json(value: Any) -> str:
    """One line of JSON in letters, not escapes, whatever the line ends a reader believes in.

    >>> to_json({"title": "Élections"})
    '{"title": "Élections"}'
    """
    letters = _SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False, allow_nan=False))
    return _BREAKS_A_LINE.sub(lambda found: f"\\u{ord(found.group()):04x}", letters)


def to_html(text: str, sources: Sequence[Group]) -> str:
    """One line of HTML: a paragraph for each line of the text, then the sources.

    It has no empty line, so that a page which reads it as Markdown takes all of it as HTML.
    """
    paragraphs = "".join(f"<p>{_html(each)}</p>" for each in text.splitlines() if each.strip())
    return f'<div class="answer">{paragraphs}{"".join(map(_html_group, sources))}</div>'


def _text(answer: Answer) -> str:
    blocks = [visible(answer.text)]
    for heading, evidence in groups(answer):
        blocks += [f"{heading}:", *map(_text_source, evidence)]
    return "\n\n".join(blocks)


def _text_source(evidence: Evidence) -> str:
    article = evidence.passage.article
    lines = (
        f"[{evidence.number}] {line(article.title)} ({credit(article)})",
        f"    “{line(evidence.quote)}”",
        f"    {also_in(evidence.copies)}",
    )
    return "\n".join(each for each in lines if each.strip())


def _markdown(answer: Answer) -> str:
    blocks = [markdown_text(answer.text)]
    for heading, evidence in groups(answer):
        blocks += [f"**{heading}**", *map(_markdown_source, evidence)]
    return "\n\n".join(blocks)


def _markdown_source(evidence: Evidence) -> str:
    article = evidence.passage.article
    return markdown_source(evidence.number, article, evidence.quote, evidence.copies)


def markdown_source(
    number: int, article: Credited, quote: str, copies: Sequence[Credited] = ()
) -> str:
    """A numbered source with its quote, as Markdown."""
    title, url = _md(line(article.title)), address(article.url)
    lines = (
        f"\\[{number}\\] {f'[{title}]({url})' if url else title} ({_md(credit(article))})",
        f"> “{_md(line(quote))}”",
        _md(also_in(copies)),
    )
    return "\n\n".join(filter(None, lines))


def markdown_text(text: str) -> str:
    r"""Plain text as Markdown that shows it letter by letter.

    >>> markdown_text("a * b")
    'a \\* b'
    """
    return "\n".join(_md(each) for each in text.splitlines())


def _md(text: str) -> str:
    escaped = _MARKDOWN.sub(r"\\\g<0>", visible(text).strip())
    return _NUMBERED_LINE.sub(r"\1\\", escaped)


def _html_group(group: Group) -> str:
    items = "".join(map(_html_source, group.evidence))
    return f'<p class="heading">{_html(group.heading)}</p><ol class="sources">{items}</ol>'


def _html_source(evidence: Evidence) -> str:
    article = evidence.passage.article
    title, url = _html(article.title), address(article.url)
    if url:
        title = (
            f'<a href="{html.escape(url)}" target="_blank" rel="noopener noreferrer">{title}</a>'
        )
    copies = also_in(evidence.copies)
    return (
        f'<li value="{evidence.number}"><cite>{title}</cite> <span>{_html(credit(article))}</span>'
        f"<blockquote>{_html(evidence.quote)}</blockquote>"
        f"{f'<small>{_html(copies)}</small>' if copies else ''}</li>"
    )


def _html(text: str) -> str:
    return html.escape(line(text))
