"""An article in the panel: its blocks as they are indexed, the quoted words marked."""

from datetime import date

from markupsafe import Markup

from mssqa.apps.render import address, line
from mssqa.apps.web.asking.markers import NOTHING, with_age
from mssqa.apps.web.wording import Wording
from mssqa.types import Article, Span

_ARTICLE = Markup(
    '<article lang="{language}"><h3 tabindex="-1">{title}</h3>'
    '<p class="credit" lang="{own}">{credit}</p>{link}{blocks}</article>'
)
_LINK = Markup(
    '<p class="link"><a href="{url}" target="_blank" rel="noopener noreferrer">{name}</a></p>'
)


def opened(article: Article, quote: Span, words: Wording, *, today: date) -> Markup:
    """The article with the quote marked; the quote is cut to what the article has."""
    told = ", ".join(filter(None, (line(article.publisher or ""), words.day(article.published))))
    url = address(article.url)
    return _ARTICLE.format(
        language=article.language,
        own=words.language,
        title=line(article.title),
        credit=with_age(told, article.published, words, today=today),
        link=_LINK.format(url=url, name=line(article.url or "")) if url else NOTHING,
        blocks=_blocks(article.text, quote),
    )


def _blocks(text: str, quote: Span) -> Markup:
    blocks, start = [], 0
    for block in text.split("\n\n"):
        blocks.append(_block(block, quote.start - start, quote.end - start))
        start += len(block) + 2
    return NOTHING.join(blocks)


def _block(block: str, start: int, end: int) -> Markup:
    """A block with the characters from `start` to `end` marked, as far as they lie in it."""
    start, end = max(0, start), min(len(block), end)
    if start >= end:
        return Markup("<p>{}</p>").format(line(block))
    before, quoted, after = block[:start], block[start:end], block[end:]
    return Markup("<p>{}<mark>{}</mark>{}</p>").format(*map(_shown, (before, quoted, after)))


def _shown(part: str) -> str:
    """Part of a block without what cannot be seen; the spaces at its ends stay."""
    return (
        " " * part[:1].isspace() + line(part) + " " * (part.strip() != "" and part[-1:].isspace())
    )
