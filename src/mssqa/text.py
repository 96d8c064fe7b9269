"""Pure functions on text that several stages need."""

import re
import unicodedata
from collections.abc import Iterator

from mssqa.types import Article, Span

TITLE_CHARACTERS = 160  # longer than nearly every headline; at most as many tokens

_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"\w+(?:['’.,]\w+)*")
_LINE = re.compile(r"[^\n]+")
_MARKED = re.compile(r"[^\0-\u02ff\u2010-\u203a]+")  # where combining marks may stand

_FUNCTION_WORDS = """
    a an the this that these those i me my mine we our ours you your yours he him his she her
    hers it its they them their theirs who whom whose which what when where why how and or but nor
    if than then so as of at by for from in into on onto to with without about over under between
    after before during until since through per via not no yes is are was were be been being am
    do does did done doing have has had having will would shall should can could may might must
    there here also only just too very more most much many some any each every both either neither
    all such own same other others another one ones up down out off again further while because
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""English words that hold a sentence together and say nothing of its subject; folded. "us" is
left out: folded, it is also the country."""


def fold(text: str) -> str:
    """Case, accents and compatibility forms folded, for comparing words.

    >>> fold("Président Élu")
    'president elu'
    """
    if text.isascii():
        return text.lower()
    return _MARKED.sub(_unmarked, unicodedata.normalize("NFKD", text.casefold()))


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; numbers keep their points and commas.

    >>> words("Haïti's Ksh.77 billion")
    ("haiti's", 'ksh.77', 'billion')
    """
    return tuple(_WORD.findall(fold(text)))


def sentence_spans(text: str, *, language: str = "en") -> tuple[Span, ...]:
    """The sentences of a text, without the blanks between them; none crosses a line break.

    >>> text = "The U.S. gave Ksh.77 billion. Kenya sent police."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['The U.S. gave Ksh.77 billion.', 'Kenya sent police.']
    """
    return tuple(
        span for line in _LINE.finditer(text) for span in _sentences(line, language=language)
    )


def headline(article: Article) -> str:
    """Title and date as they stand over every passage of the article, where models see it.

    >>> from datetime import date
    >>> headline(Article(path="a.md", title="Rice", text="Up.", published=date(2024, 6, 25)))
    'Rice (25 June 2024)'
    """
    title = _BLANKS.sub(" ", article.title).strip()
    if len(title) > TITLE_CHARACTERS:
        title = title[:TITLE_CHARACTERS].rpartition(" ")[0] or title[:TITLE_CHARACTERS]
    if article.published is None:
        return title
    return f"{title} ({article.published.day} {article.published:%B %Y})".lstrip()


def _unmarked(run: re.Match[str]) -> str:
    return "".join(letter for letter in run.group() if not unicodedata.combining(letter))


def _sentences(line: re.Match[str], *, language: str) -> Iterator[Span]:
    from sentencex import segment

    start = line.start()
    for sentence in segment(language, line.group()):
        stripped = sentence.strip()
        if stripped:
            begin = start + len(sentence) - len(sentence.lstrip())
            yield Span(begin, begin + len(stripped))
        start += len(sentence)
