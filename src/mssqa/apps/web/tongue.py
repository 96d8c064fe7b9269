"""Words of another language than the page's, marked for those who hear them."""

from markupsafe import Markup

from mssqa.apps.web.wording import ENGLISH, Wording


def said_in(language: str | None, text: str, words: Wording) -> Markup:
    """The text, escaped; marked with its language if that is known and not the page's.

    >>> from mssqa.apps.web.wording import wording
    >>> said_in("en", "Rice & beans", wording("fr"))
    Markup('<span lang="en">Rice &amp; beans</span>')
    >>> said_in("en", "Rice & beans", wording("en"))
    Markup('Rice &amp; beans')
    """
    if not text or language in {None, words.language}:
        return Markup.escape(text)
    return Markup('<span lang="{}">{}</span>').format(language, text)


def said_by_the_library(text: str, words: Wording) -> Markup:
    """What the library says of itself, which it does in English."""
    return said_in(ENGLISH, text, words)
