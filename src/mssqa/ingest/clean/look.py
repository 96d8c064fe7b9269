"""What a block looks like, from its own letters alone."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from mssqa.ingest.clean.forms import bar, signs
from mssqa.ingest.clean.lexicon import (
    AGO,
    AUXILIARIES,
    BIDS,
    PICTURED,
    PICTURES,
    SMALL_WORDS,
    SPANS,
    sure,
)
from mssqa.ingest.clean.voice import SENTENCE_END, coverage, furniture_of, names_makers, states
from mssqa.text import fold, words

_ENDS = re.compile(r"(?:[.!?…;。\uff01\uff1f؟।]|\.\.\.)[\"'”’»)\]*_]*(?:\s*\[\d+\])?$|[\"”»]$")
_ITEM = re.compile(r"(?:[-*+•·–—►▪●◆]\s*|(?:\d{1,3}|[a-zA-Z])[.)]\s+)(?=\S)")
_HEADING = re.compile(r"#{1,6}\s+\S")
_IMAGE = re.compile(r"\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?")
_LABEL = re.compile(r"\W*([^:]{2,60}):(?!//)(\s*)(?=\S|$)")
_MORE = re.compile(r"\W*(?:more|plus|mas) (?:from|on|about|in|sur|de|sobre) ", re.IGNORECASE)
_NAME = r"[^\W\d_a-z][\w.’'-]*"
_OWNER = rf"(?:{_NAME}|via|for)"
_CREDIT = re.compile(  # no two parts can share a letter, so that hostile text takes no longer
    r"(?:/\s?[A-Z]{2}[\w ]*)+$|"
    rf"[.!?”\"]\s{_NAME}(?:\s{_NAME}){{0,4}}/{_OWNER}(?:[ /]{_OWNER}){{0,5}}$|"
    rf"[.!?”\"]\s(?:Courtesy|(?:Photo|Image|Credit|Crédit|Foto) ?:)(?: {_NAME}| of| by){{1,6}}$|"
    r"\([^()]*\b(?:Photo|Image|Images|Credit|Courtesy|Crédit|Getty|AFP|EPA)\b[^()]*\)$"
)
_NOTICE = 16  # words of a line that says who owns the page
_TAIL = 200  # characters at a block's end in which a credit may stand
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b.{0,25}$")
_ARROWS = "←→⟵⟶▶◀"
_APART = re.compile(r"\s[|·•–—-]\s")
_WIDE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Shape(Enum):
    """The outward form of a block."""

    SEPARATOR = auto()  # no letter or figure
    SENTENCE = auto()  # ends like one, or runs on like one
    ITEM = auto()  # of a list
    HEADING = auto()  # marked as one
    LINE = auto()  # anything else: a sub-heading, a label, a link, a headline, a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The features of one block."""

    text: str
    words: tuple[str, ...]
    content: frozenset[str]  # without small words
    shape: Shape
    ends: bool  # like a sentence
    sentences: int
    length: int  # in words; two letters count as one in scripts without blanks
    furniture: float  # -3 (an article's words) to 3 (a page's furniture)
    marker: bool  # its label or the whole of it is furniture: "Read also: …", "Comments"
    bare: bool  # a marker with nothing after its label
    glued: bool  # a link's label run into its text: "More:What we know"
    ago: bool  # nothing but a relative time
    caption: bool  # names a picture or its owner, and says nothing
    credit: bool  # names those who made the article
    signed: bool  # nothing but who wrote and when
    bar: int  # short parts set apart as in a bar of links
    states: bool  # a sentence that neither bids nor addresses anybody
    clip: bool  # furniture with a playing time
    data: bool  # figures, or a label and its value
    running: bool  # as many small words as a sentence has
    names: bool  # every word has a capital, but for small words

    @property
    def prose(self) -> bool:
        """Whether it reads as an article's sentence."""
        aside = self.caption or self.credit or self.furniture >= -1
        return self.shape is Shape.SENTENCE and not aside

    @property
    def capitals(self) -> bool:
        """Whether it has letters, and none is small."""
        return self.text.isupper()


def look(text: str) -> Look:
    """The features of a block.

    >>> look("Share this story on Facebook").furniture > 0
    True
    >>> look("Facebook said on Monday that it had removed the comments.").prose
    True
    """
    found = words(text)
    length = max(len(found), len(_WIDE.findall(text)) // 2)
    shape = _shape(text, length)
    label = _label(text)
    ago = _relative_time(found)
    marker = not ago and _marker(text, label, shape, found)
    owned = text.count("©") == 1 and length <= _NOTICE
    furniture = 3.0 if owned or _IMAGE.fullmatch(text) else furniture_of(text)
    return Look(
        text=text,
        words=found,
        content=frozenset(word for word in found if word not in SMALL_WORDS and len(word) > 1),
        shape=shape,
        ends=_ENDS.search(text) is not None,
        sentences=len(SENTENCE_END.split(text)),
        length=length,
        furniture=furniture,
        marker=marker,
        bare=marker and (label is None or label.end() == len(text)),
        glued=label is not None and _run_together(text, label),
        ago=ago,
        caption=_caption(text, found),
        credit=names_makers(text),
        signed=shape is not Shape.SENTENCE and signs(text),
        bar=bar(text),
        states=shape is Shape.SENTENCE and states(text),
        clip=(marker or furniture > -2.9) and _CLOCK.search(text) is not None,
        data=label is not None or any(word[0].isdigit() for word in found),
        running=bool(found) and sum(w in SMALL_WORDS for w in found) >= 0.35 * len(found),
        names=all(w[0].isupper() or fold(w) in SMALL_WORDS for w in re.findall(r"[^\W\d_]+", text)),
    )


def _shape(text: str, length: int) -> Shape:
    if not any(map(str.isalnum, text)):
        return Shape.SEPARATOR
    if _HEADING.match(text):
        return Shape.HEADING
    if length > 30 or (length >= 4 and _ENDS.search(text)):
        return Shape.SENTENCE
    return Shape.ITEM if _ITEM.match(text) else Shape.LINE


def _label(text: str) -> re.Match[str] | None:
    label = _LABEL.match(text)
    return label if label and len(words(label[1])) <= 8 else None


def _marker(text: str, label: re.Match[str] | None, shape: Shape, found: tuple[str, ...]) -> bool:
    if _MORE.match(text) and shape is not Shape.SENTENCE:
        return True
    if shape is Shape.LINE and (text[0] in _ARROWS or text[-1] in _ARROWS):
        return True
    if label is not None:
        named = words(label[1])
        bids = shape is not Shape.SENTENCE and named[:1] and named[0] in BIDS
        furnished = bool(bids) or coverage(named, small=1) >= 0.5
        return len(named) <= 5 and furnished and not _value(text[label.end() :])
    if shape is Shape.SENTENCE or len(found) > 6:
        return False
    if (apart := words(_APART.split(text, maxsplit=1)[0])) != found and all(map(sure, apart)):
        return True
    return coverage(found, small=1) >= 0.4


def _value(after: str) -> bool:
    """Whether what follows a label is a value, as in a table, and no title or contact."""
    found = words(after)
    figures = any(map(str.isdigit, after)) and sum(word.isalpha() for word in found) < 3
    return "@" not in after and (figures or len(found) == 1)


def _run_together(text: str, label: re.Match[str]) -> bool:
    after = text[label.end() : label.end() + 2].lstrip("'‘“\"")
    return not label[2] and label[1][-1] not in "0123456789/" and after[:1].isalnum()


def _relative_time(found: tuple[str, ...]) -> bool:
    spans = all(word in AGO or word in SPANS or word[0].isdigit() for word in found)
    return len(found) <= 8 and spans and not AGO.isdisjoint(found)


def _caption(text: str, found: tuple[str, ...]) -> bool:
    if _IMAGE.fullmatch(text) or (_CREDIT.search(text[-_TAIL:]) and not text.isupper()):
        return True
    says = any(word in AUXILIARIES or word.endswith("ed") for word in found)
    pictured = any(a in PICTURES and b in PICTURED for a, b in pairwise(found[:7]))
    return len(found) <= 30 and not says and pictured
