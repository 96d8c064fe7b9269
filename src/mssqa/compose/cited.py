"""Claims by a chat model that writes from numbered quotes and cites as it goes.

What it writes is not trusted: its text is cut into sentences while it comes, each becomes a claim
that `compose.verify` has yet to check, and what it may write has a bound. See
docs/decisions/generators.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from mssqa.compose.prompt import NOT_STATED, cited_prompt, visible
from mssqa.ports import Generator
from mssqa.text import FUNCTION_WORDS, sentence_spans, words
from mssqa.types import Claim, Evidence, Query

MAX_SENTENCES = 12
MAX_CHARACTERS = 4_000  # of an answer
MAX_THOUGHTS = 60_000  # characters of what some models write before it

_NUMBERS = r"\[\s*(?:quotes?\s*)?\d{1,3}(?:[\s,;–-]{1,3}\d{1,3})*\s*\]"
_MARKER = re.compile(_NUMBERS, re.IGNORECASE)
_MARKER_AND_BLANKS = re.compile(rf"\s*{_NUMBERS}", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)(?:\s?[–-]\s?(\d+))?")
_STOP_THEN_MARKERS = re.compile(rf"([.!?…]+[\"”’)]*)\s*((?:{_NUMBERS}\s?)+)[.]?", re.IGNORECASE)
_STOP_BEFORE_MARKER = re.compile(rf"([.!?…]+[\"”’)]*)\s*(?={_NUMBERS})", re.IGNORECASE)
_HALF_A_MARKER = re.compile(r"\[[^\]]*$")
_BULLET = re.compile(r"^(?:[-*•#>]+|\d{1,2}[.)])\s+")
_EMPHASIS = re.compile(r"\*\*|__|`")
_A_WORD = re.compile(r"[^\W\d_]+\s")
_NO_END = re.compile(r"[\w\s,;:–—-]$")


def cited(query: Query, evidence: Sequence[Evidence], generator: Generator) -> Iterator[Claim]:
    """What the generator says the quotes answer: a claim for each sentence, once it is whole.

    The claims are unchecked. A marker of a quote that there is not is dropped; a sentence without
    markers rests on the quote that shares most words with it. Where the generator writes nothing
    that makes a claim, the quotes themselves are the claims. There is no claim at all if it says
    that the quotes do not answer, or if there are none.

    Raises:
        ModelError: the generator failed; claims may have come before.
    """
    if not evidence:
        return
    written = generator.write(cited_prompt(query, evidence), allowed_words=())
    aloud = _aloud(_bounded(written, MAX_THOUGHTS))
    silent, made = False, set[tuple[str, ...]]()
    for sentence in sentences(_bounded(aloud, MAX_CHARACTERS)):
        if _says_not_stated(sentence):
            silent = True
            continue
        claim = _claim(sentence, evidence)
        said = words(claim.text)
        if claim.cites and any(map(str.isalpha, claim.text)) and said not in made:
            made.add(said)
            yield claim
        if len(made) == MAX_SENTENCES:
            break
    if not made and not silent:
        yield from (_resting_on([piece], piece.quote) for piece in evidence)


def held(
    claims: Iterable[Claim],
    quoted: Sequence[Claim],
    *,
    check: Callable[[Claim], Claim | None],
) -> Iterator[Claim]:
    """The claims that pass the check, as they come; if there are some and none does, the quotes.

    >>> made_up = Claim(text="Rice fell.", cites=(1,), support=0.9)
    >>> quote = Claim(text="Rice rose by 4%.", cites=(1,), support=0.9)
    >>> def check(claim: Claim) -> Claim | None:
    ...     return claim if claim == quote else None
    >>> [claim.text for claim in held([made_up], [quote], check=check)]
    ['Rice rose by 4%.']
    >>> list(held([], [quote], check=check))
    []
    """
    wrote = passed = False
    for claim in claims:
        wrote, checked = True, check(claim)
        if checked is not None:
            passed = True
            yield checked
    if wrote and not passed:
        yield from (checked for claim in quoted if (checked := check(claim)) is not None)


def sentences(pieces: Iterable[str]) -> Iterator[str]:
    """The whole sentences of a text that comes in pieces, each with its markers before its stop.

    A sentence comes as soon as the next one has begun; the last one only if it has an end.

    >>> list(sentences(["Rice ro", "se by 4%. [1] Mai", "ze fell [2]. Whe"]))
    ['Rice rose by 4% [1].', 'Maize fell [2].']
    """
    text = ""
    for piece in pieces:
        *whole, text = _split(text + piece)
        yield from whole
    marked = _marked(text)
    *whole, last = [marked[start:end] for start, end in sentence_spans(marked)] or [""]
    yield from whole
    if last and (_says_not_stated(last) or not _NO_END.search(last)):
        yield last


def _says_not_stated(sentence: str) -> bool:
    return NOT_STATED in sentence or words(sentence) == words(NOT_STATED)


def _split(text: str) -> list[str]:
    """The sentences that are whole, and the rest."""
    marked = _marked(text)
    spans = sentence_spans(marked)
    rest = marked[spans[-1].start :] if spans else marked
    begun = _A_WORD.search(_MARKER.sub("", rest)) and not _HALF_A_MARKER.search(rest)
    return [marked[start:end] for start, end in spans[:-1]] + [rest] if begun else [text]


def _marked(text: str) -> str:
    """The text with markers that follow a stop moved before it.

    Where markers open the sentences, each begins a line.
    """
    if _MARKER.match(text.lstrip()):
        return _STOP_BEFORE_MARKER.sub(r"\1\n", text)
    return _STOP_THEN_MARKERS.sub(lambda found: f" {found[2].strip()}{found[1]} ", text)


def _bounded(pieces: Iterable[str], left: int) -> Iterator[str]:
    """What can be seen, up to that many characters."""
    for piece in pieces:
        yield "".join(letter for letter in piece[:left] if visible(letter) or letter == "\n")
        left -= len(piece)
        if left <= 0:
            return


def _aloud(pieces: Iterator[str]) -> Iterator[str]:
    """Without the thoughts that some models write first, between <think> and </think>."""
    begun = ""
    for piece in pieces:
        begun += piece
        if not ("<think>".startswith(begun.lstrip()[:7])):
            yield begun
            break
        _, closed, after = begun.partition("</think>")
        if closed:
            yield after
            break
    yield from pieces


def _claim(sentence: str, evidence: Sequence[Evidence]) -> Claim:
    """The sentence without its markers, and the quotes that it rests on, if any."""
    text = _plain(sentence)
    named = _named(sentence)
    resting = [piece for piece in evidence if piece.number in named]
    return _resting_on(resting or _nearest(text, evidence), text)


def _named(sentence: str) -> frozenset[int]:
    """The numbers of a sentence's markers; of a range as in "[1-3]" all."""
    return frozenset(
        number
        for marker in _MARKER.findall(sentence)
        for first, last in _RANGE.findall(marker)
        for number in range(int(first), int(last or first) + 1)
    )


def _plain(sentence: str) -> str:
    bare = _MARKER_AND_BLANKS.sub("", " ".join(sentence.split()))
    return _EMPHASIS.sub("", _BULLET.sub("", bare)).strip()


def _nearest(text: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The quote that shares most words with a text; none if no quote shares any."""
    said = set(words(text)) - FUNCTION_WORDS
    shared = [len(said.intersection(words(piece.quote))) for piece in evidence]
    return [evidence[shared.index(max(shared))]] if any(shared) else []


def _resting_on(evidence: Sequence[Evidence], text: str) -> Claim:
    days = [piece.passage.article.published for piece in evidence]
    values = (piece.value for piece in evidence)
    return Claim(
        text=text,
        cites=tuple(piece.number for piece in evidence),
        support=max((piece.support for piece in evidence), default=0.0),
        value=next((value for value in values if value and value in text), None),
        as_of=max((day for day in days if day is not None), default=None),
    )
