"""A conversation as a file to keep: Markdown for people, JSON for programs."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mssqa.apps.render import line, markdown_source, markdown_text, to_json
from mssqa.apps.web.asking.exchange import Exchange, Source
from mssqa.apps.web.asking.view import limits_told
from mssqa.apps.web.wording import Wording

Style = Literal["markdown", "json"]

_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file of text."""

    name: str
    type: str  # of media
    text: str


def export(exchanges: Sequence[Exchange], *, title: str, style: Style, words: Wording) -> Exported:
    """The conversation with every citation in full.

    Args:
        exchanges: oldest first.
        title: of the conversation; without one, Markdown has no heading.
        style: what the file is for.
        words: the language of what is the page's own.
    """
    name = _slug(title) or "conversation"
    match style:
        case "markdown":
            text = _markdown(exchanges, title, words)
            return Exported(name=f"{name}.md", type="text/markdown", text=text)
        case "json":
            whole = {
                "title": title,
                "exchanges": [each.model_dump(mode="json") for each in exchanges],
            }
            text = to_json(whole) + "\n"
            return Exported(name=f"{name}.json", type="application/json", text=text)


def _markdown(exchanges: Sequence[Exchange], title: str, words: Wording) -> str:
    heading = [f"# {markdown_text(line(title))}"] if title.strip() else []
    told = (block for each in exchanges for block in _exchange(each, words))
    return "\n\n".join((*heading, *told)) + "\n"


def _exchange(exchange: Exchange, words: Wording) -> list[str]:
    asked = f"**{markdown_text(line(exchange.question))}**"
    limits = [
        markdown_text(each) for each in limits_told(exchange.as_of, exchange.publishers, words)
    ]
    blocks = [asked, *limits, markdown_text(exchange.text)]
    for heading, sources in (("sources", exchange.citations), ("nearest", exchange.nearest)):
        if sources:
            blocks += [f"**{words(f'ask.{heading}')}**", *map(_source, sources)]
    return blocks


def _source(source: Source) -> str:
    return markdown_source(source.number, source.article, source.quote, source.copies)


def _slug(title: str) -> str:
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return _BETWEEN_WORDS.sub("-", letters.lower())[:_LONGEST_NAME].strip("-")
