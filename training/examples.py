"""Examples to learn reading from: loaded, split by title, cropped around their answers."""

import gzip
import json
import random
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mssqa.text import sentence_spans
from mssqa.types import Span

HELD_OUT_TITLES = frozenset({"Spectre_(2015_film)", "Montana", "Genocide"})
HELD_OUT_SHARE = 25  # of the other sets, one title in so many
NO_HEADLINES = frozenset(  # what stands there as a title is a number, or the text's beginning
    {"covidqa", "newsqa_dev", "qamr", "squadshifts_amazon_reviews", "squadshifts_reddit"}
)
TITLELESS = frozenset({"squadshifts_reddit", "covidqa"})  # every example bears the same title


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question on a passage, with the spans that people marked; none: it does not say."""

    source: str
    title: str
    question: str
    passage: str
    answers: tuple[Span, ...]  # in characters of the passage
    headline: str = ""  # read over the passage, never an answer
    kind: str = "given"  # how it came about
    asking: str = ""  # examples in a row that share it are the passages one question meets at once

    @property
    def answer_texts(self) -> tuple[str, ...]:
        """The marked texts, in order."""
        return tuple(self.passage[start:end] for start, end in self.answers)


def load(folder: Path) -> tuple[Example, ...]:
    """Every example of a folder of gzipped JSON Lines, by file name, then in the file's order."""
    files = sorted(folder.glob("*.jsonl.gz"))
    return tuple(example for file in files for example in _load_file(file))


def _load_file(file: Path) -> Iterator[Example]:
    source = file.name.removesuffix(".jsonl.gz")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            example = parse(json.loads(line), source=source)
            if example.question and (example.answers or not json.loads(line)["answers"]):
                yield example


def parse(row: dict[str, Any], *, source: str) -> Example:
    """One line of a file; a mark that does not stand where it says is left out.

    >>> row = {"title": "/wiki/Oslo#P1#0", "question": " Where? ", "context": "In Oslo .",
    ...        "answers": [{"text": "Oslo ", "start": 3}, {"text": "Rome", "start": 3}]}
    >>> parse(row, source="timeqa_human").answer_texts
    ('Oslo',)
    """
    passage = row["context"]
    spans = (_trimmed(passage, mark["start"], mark["text"]) for mark in row["answers"])
    title = _title(row["title"] or "", source=source)
    return Example(
        source=source,
        title=title,
        headline="" if source in NO_HEADLINES else title.replace("_", " "),
        question=row["question"].strip(),
        passage=passage,
        answers=tuple(span for span in spans if span.end > span.start),
    )


def _trimmed(passage: str, start: int, text: str) -> Span:
    if passage[start : start + len(text)] != text:
        return Span(0, 0)
    begin = start + len(text) - len(text.lstrip())
    return Span(begin, max(begin, start + len(text.rstrip())))


def _title(title: str, *, source: str) -> str:
    if source == "timeqa_human":
        return title.removeprefix("/wiki/").partition("#")[0]
    if source == "qamr":
        return ":".join(title.split(":")[:3])  # the article, without paragraph and sentence
    return title


def group(example: Example) -> str:
    """What is held out as a whole: the title, or the passage where all titles are the same."""
    key = example.passage[:200] if example.source in TITLELESS else example.title
    return f"{example.source}:{key}"


def is_held_out(example: Example) -> bool:
    """Whether it belongs to a title that is never trained on."""
    if example.source == "squad_train_fragment":  # too few titles to leave it to chance
        return example.title in HELD_OUT_TITLES
    return zlib.crc32(group(example).encode("utf-8", "replace")) % HELD_OUT_SHARE == 0


def split(examples: Iterable[Example]) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """(to train on, held out)."""
    train: list[Example] = []
    held_out: list[Example] = []
    for example in examples:
        (held_out if is_held_out(example) else train).append(example)
    return tuple(train), tuple(held_out)


def crop(example: Example, *, letters: int, rng: random.Random) -> Example:
    """The passage cut to whole sentences around a marked answer, about `letters` long.

    An example without an answer is cut around a sentence of chance.

    >>> example = Example(source="s", title="t", question="Who slept?", passage="It rained. "
    ...                   "The cat slept. Then it was late.", answers=(Span(11, 18),))
    >>> crop(example, letters=15, rng=random.Random(0)).passage
    'The cat slept.'
    """
    if len(example.passage) <= letters:
        return example
    anchor = rng.choice(example.answers) if example.answers else _anywhere(example.passage, rng)
    return clip(example, widen(example.passage, anchor, letters=letters, rng=rng))


def _anywhere(passage: str, rng: random.Random) -> Span:
    place = rng.randrange(len(passage))
    return Span(place, place + 1)


def widen(passage: str, anchor: Span, *, letters: int, rng: random.Random) -> Span:
    """Whole sentences that hold `anchor`, grown to both sides by chance up to `letters`."""
    reach = Span(max(0, anchor.start - 4 * letters), anchor.end + 4 * letters)
    shift = reach.start
    local = passage[reach.start : reach.end]
    sentences = [Span(start + shift, end + shift) for start, end in sentence_spans(local)]
    inside = [n for n, s in enumerate(sentences) if s.start < anchor.end and s.end > anchor.start]
    if not inside:
        return anchor
    low, high = inside[0], inside[-1]
    while True:
        steps = [(low - 1, high)] if low > 0 else []
        steps += [(low, high + 1)] if high + 1 < len(sentences) else []
        fitting = [(a, b) for a, b in steps if sentences[b].end - sentences[a].start <= letters]
        if not fitting:
            return Span(sentences[low].start, sentences[high].end)
        low, high = rng.choice(fitting)


def clip(example: Example, piece: Span) -> Example:
    """The example on that piece of its passage, with the marks that lie wholly inside it."""
    kept = tuple(
        Span(start - piece.start, end - piece.start)
        for start, end in example.answers
        if piece.start <= start and end <= piece.end
    )
    return replace(example, passage=example.passage[piece.start : piece.end], answers=kept)
