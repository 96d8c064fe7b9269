"""Web pages: HTML files and the MHTML archives that browsers save."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from email import message_from_bytes, policy
from email.message import Message
from itertools import islice
from typing import TYPE_CHECKING

from mssqa.errors import ArticleError
from mssqa.ingest.decode import decode, printable
from mssqa.ingest.page import Page, language_code, one_line, publisher_name, web_address
from mssqa.types import DatedBy

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

_MAX_PARTS = 1_000  # of an archive
_NOT_PUBLISHED = ("modif", "updat", "copyright")  # in the name of a field: another date than ours
_FIELD_NAMES = ("name", "property", "itemprop", "http-equiv")
_STATES_A_DATE = "//meta | //link[@rel='canonical'] | //script[@type='application/ld+json']"
_ABOVE_THE_ARTICLE = "[not(ancestor::p)][not(preceding::p[ancestor::article or ancestor::main])]"
_PUBLISHED_HERE = (  # in this order
    "//*[not(self::meta)][@itemprop='datePublished'][@datetime or @content]",
    "//time[@datetime][@pubdate or contains(@class, 'publish') or contains(@class, 'entry-date')]",
    f"(//article | //main)//time[@datetime]{_ABOVE_THE_ARTICLE}",
)
_STYLE = "translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ \t\n', 'abcdefghijklmnopqrstuvwxyz')"
_UNSEEN = (  # but what holds the article may be shown by a script
    f"//body//*[@hidden or contains({_STYLE}, 'display:none')"
    f" or contains({_STYLE}, 'visibility:hidden')]"
    "[not(descendant-or-self::article or descendant-or-self::main)]"
)


def from_html(raw: bytes) -> Page:
    """The article of a web page, one block for each paragraph, and what the page says of itself.

    Raises:
        ArticleError: the page has no text that looks like an article's.
    """
    return _page(decode(raw, html=True), address=None)


def from_mhtml(raw: bytes) -> Page:
    """The article of a saved web page: its first HTML part.

    Raises:
        ArticleError: there is no such part, or it has no article.
    """
    archive = message_from_bytes(raw, policy=policy.compat32)
    for part in islice(archive.walk(), _MAX_PARTS):
        if part.get_content_type() == "text/html":
            saved_from = part["Content-Location"] or archive["Snapshot-Content-Location"]
            return _page(_content(part), address=web_address(str(saved_from or "")))
    raise ArticleError("it holds no web page")


def _content(part: Message) -> str:
    """The text of a part; its declared encoding is used if it fits."""
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    try:
        return printable(content.decode(part.get_content_charset("ascii")))
    except (UnicodeError, LookupError):
        return decode(content, html=True)


def _page(html: str, *, address: str | None) -> Page:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document
    from trafilatura.utils import load_html

    tree = load_html(html)
    if tree is None:
        raise ArticleError("it is no web page")
    published = _published(tree)
    _drop_unseen(tree)
    for favor_recall in (False, True):
        article = bare_extraction(
            deepcopy(tree),  # which it takes apart
            url=address,
            favor_recall=favor_recall,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False},
        )
        if isinstance(article, Document):
            return _describe(article, tree, published, address)
    raise ArticleError("no article was found on the page")


def _drop_unseen(tree: "HtmlElement") -> None:
    """Take out what visitors of the page are not shown; nobody could find a quote of it there."""
    for element in tree.xpath(_UNSEEN):
        if element.getparent() is not None:
            element.drop_tree()


def _describe(
    article: "Document", tree: "HtmlElement", published: date | None, address: str | None
) -> Page:
    return Page(
        text="\n\n".join(_blocks(article.body)),
        title=one_line(article.title),
        published=published,
        dated_by=DatedBy.MARKUP if published else DatedBy.NONE,
        publisher=publisher_name(article.sitename),
        url=web_address(article.url) or address,
        language=language_code(tree.get("lang")),
    )


def _blocks(body: "HtmlElement") -> Iterator[str]:
    """One line for each paragraph, heading, list item and table row."""
    for element in body.iterchildren():
        match element.tag:
            case "list" | "quote" if len(element):
                yield from _blocks(element)
            case "table":
                for row in element.iter("row"):
                    yield " | ".join(filter(None, map(_words, row.iter("cell"))))
            case _:
                yield _words(element)


def _words(element: "HtmlElement") -> str:
    return " ".join(printable(" ".join(element.itertext())).split())


def _published(tree: "HtmlElement") -> date | None:
    """The day of publication that the markup states; never one read off the article's words."""
    from htmldate import find_date
    from lxml.html import Element

    stated = Element("html")
    for field in tree.xpath(_STATES_A_DATE):
        named = " ".join(field.get(name, "") for name in _FIELD_NAMES).lower()
        if not any(other in named for other in _NOT_PUBLISHED):
            stated.append(deepcopy(field))
    for path in _PUBLISHED_HERE:
        for element in tree.xpath(path)[:1]:
            moment = element.get("datetime") or element.get("content")
            stated.append(Element("meta", itemprop="datePublished", content=moment))
    found = find_date(
        stated, extensive_search=False, original_date=True, deferred_url_extractor=True
    )
    return date.fromisoformat(found) if found else None
