"""The articles, one article, the trash and what became of a change, as HTML.

Titles, publishers, file names and texts are strangers' words: they only ever fill blanks of
`Markup`, which escapes them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup

from mssqa.apps.render import line
from mssqa.apps.web.articles.listing import Shelf
from mssqa.apps.web.asking.opened import opened
from mssqa.apps.web.tongue import said_in
from mssqa.apps.web.wording import Wording
from mssqa.corpus import Trashed
from mssqa.ingest.clean import Removed
from mssqa.types import Article, Span

MOST_LISTED = 50  # more are found by searching
MOST_REMOVED_CHARACTERS = 600  # shown of a block that cleaning removed

NOTHING = Markup()
_BUTTON = Markup(
    '<button type="button" class="{look}" data-act="{act}" data-id="{id}">{name}</button>'
)
_ROW = Markup(
    '<li{current}><button type="button" class="title" data-act="open" data-id="{id}">'
    '{title}</button><p class="credit">{credit}</p></li>'
)
_READING = Markup(
    '<section class="reading" data-id="{id}" aria-label="{label}">'
    '<div class="actions">{buttons}</div>{article}<p class="file">{file}</p>{removed}</section>'
)
_REMOVED = Markup(
    '<details class="removed"><summary>{summary}</summary><ul>{blocks}</ul></details>'
)


def button(act: str, name: str, *, of: str = "", look: str = "quiet") -> Markup:
    """A button that the script of the tab tells the server of."""
    return _BUTTON.format(act=act, id=of, name=name, look=look)


def joined(parts: Iterable[Markup]) -> Markup:
    """The parts one after the other."""
    return NOTHING.join(parts)


def summary(shelf: Shelf, words: Wording, *, today: date) -> Markup:
    """How many articles there are, and how fresh."""
    told = words("articles.count", count=len(shelf.articles))
    if shelf.newest:
        day, age = words.day(shelf.newest), words.age(shelf.newest, today=today)
        told = words("articles.newest", count=told, day=day, age=age)
    return Markup('<p class="count">{}</p>').format(told)


def listed(
    found: Sequence[Article], words: Wording, *, open_id: str = "", empty: bool = False
) -> Markup:
    """The articles found, the first of them as buttons that open them; or that there are none."""
    if empty:
        return Markup('<p class="none">{}</p>').format(words("articles.no_index"))
    if not found:
        return Markup('<p class="none">{}</p>').format(words("articles.none_found"))
    rows = joined(_row(each, words, current=each.id == open_id) for each in found[:MOST_LISTED])
    more = len(found) - MOST_LISTED
    rest = words("articles.more", count=more) if more > 0 else ""
    return Markup('<ol class="articles">{}</ol>').format(rows) + (
        Markup('<p class="more">{}</p>').format(rest) if rest else NOTHING
    )


def reading(
    article: Article, removed: Sequence[Removed] | None, words: Wording, *, today: date
) -> Markup:
    """An article as it is indexed and quoted, and what of its file is no part of it.

    Args:
        article: what is indexed.
        removed: what cleaning left out of its file; None if the file is not there any more.
        words: of the visitor's language.
        today: for the age of the article.
    """
    buttons = (
        button("close", words("articles.close")),
        button("remove", words("articles.remove"), of=article.id, look="danger"),
    )
    return _READING.format(
        id=article.id,
        label=line(article.title),
        buttons=joined(buttons),
        article=opened(article, Span(0, 0), words, today=today),
        file=_file(article, words),
        removed=_left_out(removed, article.language, words),
    )


def trashed(trash: Sequence[Trashed], words: Wording) -> Markup:
    """What can be brought back."""
    if not trash:
        return Markup('<p class="none">{}</p>').format(words("articles.trash_empty"))
    rows = (
        Markup("<li><span>{}</span> {}</li>").format(
            line(each.path), button("restore", words("articles.restore"), of=each.article_id)
        )
        for each in {each.article_id: each for each in trash}.values()  # the last of each
    )
    return Markup('<ul class="trash">{}</ul>').format(joined(rows))


def undated(count: int, words: Wording) -> Markup:
    """How many articles the plot leaves out, if any."""
    told = Markup('<p class="undated">{}</p>')
    return told.format(words("articles.undated", count=count)) if count else NOTHING


def _row(article: Article, words: Wording, *, current: bool) -> Markup:
    told = (line(article.publisher or ""), words.day(article.published), line(article.path))
    return _ROW.format(
        current=Markup(' aria-current="true"') if current else NOTHING,
        id=article.id,
        title=said_in(article.language, line(article.title), words),
        credit=" · ".join(filter(None, told)),
    )


def _file(article: Article, words: Wording) -> str:
    dated = words(f"articles.dated_{article.dated_by.name.lower()}")
    return f"{line(article.path)} · {dated}"


def _left_out(removed: Sequence[Removed] | None, language: str, words: Wording) -> Markup:
    if removed is None:
        return Markup('<p class="file">{}</p>').format(words("articles.file_gone"))
    if not removed:
        return Markup('<p class="file">{}</p>').format(words("articles.nothing_left_out"))
    kinds = Counter(_reason(each, words) for each in removed)
    told = ", ".join(f"{reason} ({times})" for reason, times in kinds.most_common())
    blocks = (
        Markup('<li><span class="reason">{}</span> {}</li>').format(
            _reason(each, words), said_in(language, _short(each.text), words)
        )
        for each in removed
    )
    heading = words("articles.left_out", count=len(removed), kinds=told)
    return _REMOVED.format(summary=heading, blocks=joined(blocks))


def _reason(removed: Removed, words: Wording) -> str:
    return words(f"articles.reason_{removed.reason.name.lower()}")


def _short(text: str) -> str:
    told = line(text)
    if len(told) <= MOST_REMOVED_CHARACTERS:
        return told
    return told[:MOST_REMOVED_CHARACTERS].rsplit(" ", 1)[0] + " …"
