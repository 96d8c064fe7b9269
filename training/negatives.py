"""Passages that look as if they answered a question and do not.

Mined: another passage that word search ranks high. Removed: the same passage without the
sentences that answer. Elsewhere: another part of the same long text. A false negative teaches the
reader to decline what it should answer, so no passage is taken that holds a marked answer's words.
"""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import tantivy

from mssqa.text import fold, sentence_spans
from mssqa.types import Span
from training.examples import Example, clip, widen

PIECE_LETTERS = 900  # what long passages are cut to before they are searched
LEAST_LETTERS = 100  # less is no passage
_BLANKS = re.compile(r"\W+")


def plain(text: str) -> str:
    """Folded words between single blanks, so that "the U.S." equals "the u s".

    >>> plain("The U.S., then")
    ' the u s then '
    """
    return f" {_BLANKS.sub(' ', fold(text)).strip()} "


def tells(passage: str, answers: Iterable[str]) -> bool:
    """Whether the words of one of the answers stand in the passage."""
    told = plain(passage)
    return any(plain(answer) in told for answer in answers)


class Miss(NamedTuple):
    """A passage that looks as if it answered."""

    passage: str
    headline: str


class WordSearch:
    """The passages of a set of examples, cut to pieces, ranked by the words they share."""

    def __init__(self, examples: Iterable[Example]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("body", stored=True, tokenizer_name="en_stem")
        builder.add_text_field("headline", stored=True, tokenizer_name="raw")
        self._index = tantivy.Index(builder.build())
        writer = self._index.writer(num_threads=1)
        passages = dict.fromkeys((example.headline, example.passage) for example in examples)
        for headline, passage in passages:
            for piece in pieces(passage):
                writer.add_document(tantivy.Document(headline=[headline], body=[piece]))
        writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def near_misses(self, example: Example, *, limit: int) -> tuple[Miss, ...]:
        """Passages that share the question's words and hold none of its answers, best first."""
        words = " ".join(re.findall(r"[a-z0-9]+", fold(f"{example.question} {example.title}")))
        query = self._index.parse_query(words or "nothing", ["body"])
        found = self._searcher.search(query, limit=3 * limit + 3).hits
        documents = (self._searcher.doc(address) for _, address in found)
        met = (Miss(each["body"][0], each["headline"][0]) for each in documents)
        own, answers = example.passage, example.answer_texts
        misses = (m for m in met if m.passage not in own and not tells(m.passage, answers))
        return tuple(misses)[:limit]


def pieces(passage: str) -> tuple[str, ...]:
    """The passage in runs of whole sentences of about `PIECE_LETTERS`."""
    if len(passage) <= PIECE_LETTERS:
        return (passage,)
    found: list[str] = []
    start = end = 0
    for sentence in sentence_spans(passage):
        if sentence.end - start > PIECE_LETTERS and end > start:
            found.append(passage[start:end].strip())
            start = sentence.start
        end = sentence.end
    return (*found, passage[start:end].strip())


def mined(example: Example, search: WordSearch, rng: random.Random) -> Example:
    """The question on a passage that shares its words; itself if none is found."""
    misses = search.near_misses(example, limit=4)
    if not misses:
        return example
    passage, headline = rng.choice(misses)
    return replace(example, passage=passage, headline=headline, answers=(), kind="mined")


def removed(example: Example) -> Example:
    """The passage without the sentences that hold an answer; itself if little would be left."""
    answers = example.answer_texts
    texts = [example.passage[start:end] for start, end in sentence_spans(example.passage)]
    kept = " ".join(text for text in texts if not tells(text, answers))
    if len(kept) < LEAST_LETTERS or tells(kept, answers) or not answers:
        return example
    return replace(example, passage=kept, answers=(), kind="removed")


def elsewhere(example: Example, *, letters: int, rng: random.Random) -> Example:
    """Another part of a long passage, the one of eight that shares most words with the question.

    Itself if the passage is short or every part tells the answer.
    """
    if len(example.passage) < 2 * letters or not example.answers:
        return example
    asked = set(plain(example.question).split())
    best, most = example, -1
    for _ in range(8):
        place = rng.randrange(len(example.passage))
        part = widen(example.passage, Span(place, place + 1), letters=letters, rng=rng)
        candidate = clip(example, part)
        shared = len(asked & set(plain(candidate.passage).split()))
        if (
            len(candidate.passage) >= LEAST_LETTERS
            and shared > most
            and not tells(candidate.passage, example.answer_texts)
        ):
            best, most = replace(candidate, answers=(), kind="elsewhere"), shared
    return best


def stitched(example: Example, misses: Sequence[str], rng: random.Random) -> Example:
    """The passage with a near miss before or behind it: the answer among look-alikes."""
    if not misses:
        return example
    other = rng.choice(misses)
    if rng.random() < 0.5:
        return replace(example, passage=f"{example.passage} {other}", kind="stitched")
    shift = len(other) + 1
    moved = tuple(Span(start + shift, end + shift) for start, end in example.answers)
    return replace(example, passage=f"{other} {example.passage}", answers=moved, kind="stitched")
