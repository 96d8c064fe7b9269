"""Fit how likely a sentence follows from its quotes: `python -m training.support`.

Sentences that follow are made of questions and their answers ("Who sank it?", "a storm" → "A storm
sank it."), or are a passage's own without their clauses; those that do not, the same with another
name or number of the passage, or denied, or the subject of one sentence with the rest of another.
`reading/` is all that is used; held-out titles tell how well it goes.
"""

import argparse
import os
import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mssqa.compose.support import compare
from mssqa.evaluate.shares import roc_auc
from mssqa.grammar import Name, Parse
from mssqa.models import load_parser
from mssqa.ports import Parser
from mssqa.text import sentence_spans
from training.calibrate import logistic
from training.examples import Example, load, split

_ASKS = frozenset({"who", "what", "which", "whose", "how"})
_AUXILIARIES = re.compile(r"\b(was|were|is|are|has|have|had|will|can|could|would)\b")
_CLAUSES = frozenset({"advcl", "relcl", "parataxis", "appos", "acl"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A sentence, what it rests on, and whether it follows."""

    sentence: str
    quotes: tuple[str, ...]
    follows: bool


def stated(question: Parse, answer: str) -> str | None:
    """A question whose asking words are its subject, as a statement; None for other questions.

    "Which court barred the plan?", "The High Court" → "The High Court barred the plan."
    """
    if not question.tokens or question.tokens[0].lemma not in _ASKS:
        return None
    root = next((n for n, t in enumerate(question.tokens) if t.head == n), 0)
    subjects = [n for n in question.children(root) if question.tokens[n].role.startswith("nsubj")]
    if not subjects:
        return None
    asked = question.subtree(subjects[0])
    if asked != tuple(range(len(asked))):
        return None
    rest = question.text[question.tokens[asked[-1]].end :].strip().rstrip("?").strip()
    return f"{answer[:1].upper()}{answer[1:]} {rest}." if rest else None


def pairs(examples: Iterable[Example], parser: Parser, rng: random.Random) -> Iterator[Pair]:
    """For each question that can be stated: one sentence that follows, and one that does not."""
    for example in examples:
        if not example.answers:
            continue
        question, passage = parser.parse([example.question, example.passage])
        sentence = stated(question, example.answer_texts[0])
        wrong = _wrong(sentence, example, question, passage, rng) if sentence else None
        if sentence and wrong:
            quotes = _quotes(example, rng)
            yield Pair(sentence=sentence, quotes=quotes, follows=True)
            yield Pair(sentence=wrong, quotes=quotes, follows=False)


def shortened(passages: Iterable[str], parser: Parser, rng: random.Random) -> Iterator[Pair]:
    """For each passage: a sentence without its clauses, and two that are spliced."""
    for passage in passages:
        quotes = tuple(passage[one.start : one.end] for one in sentence_spans(passage))
        halves = [half for one in parser.parse(quotes) if (half := _halves(one))]
        if len(halves) < 2:
            continue
        first, second = rng.sample(halves, 2)
        yield Pair(sentence=f"{first[0]} {first[1]}", quotes=quotes, follows=True)
        yield Pair(sentence=f"{first[0]} {second[1]}", quotes=quotes, follows=False)


def _halves(parse: Parse) -> tuple[str, str] | None:
    """The subject of a sentence and the rest, both without clauses that hang on them."""
    root = next((n for n, t in enumerate(parse.tokens) if t.head == n and t.tag == "VERB"), None)
    if root is None:
        return None
    clauses = [n for n, t in enumerate(parse.tokens) if t.role in _CLAUSES]
    dropped = {below for n in clauses for below in parse.subtree(n)}
    kept = [n for n in parse.subtree(root) if n not in dropped]
    subject = next((n for n in parse.children(root) if parse.tokens[n].role == "nsubj"), None)
    if subject is None or parse.tokens[subject].tag == "PRON" or root in dropped:
        return None
    asked = set(parse.subtree(subject))
    halves = [
        " ".join(parse.word(n) for n in kept if (n in asked) is is_in) for is_in in (True, False)
    ]
    return (halves[0], halves[1]) if all(halves) else None


def _quotes(example: Example, rng: random.Random) -> tuple[str, ...]:
    """The answering sentence, alone or with a neighbour; or the whole passage."""
    sentences = sentence_spans(example.passage)
    start = example.answers[0].start
    place = next((n for n, one in enumerate(sentences) if one.start <= start < one.end), 0)
    first, last = rng.choice([(place, place), (place - 1, place), (0, len(sentences))])
    chosen = sentences[max(0, first) : last + 1]
    return tuple(example.passage[one.start : one.end] for one in chosen)


def _wrong(
    sentence: str, example: Example, question: Parse, passage: Parse, rng: random.Random
) -> str | None:
    """The sentence with another answer, another name in it, or denied."""
    answer = example.answer_texts[0]
    ways = [
        (answer[:1].upper() + answer[1:], _others(answer, passage)),
        *((n, _others(n, passage)) for n in _texts(question.names, question.text)),
    ]
    changed = [
        sentence.replace(
            said, other[:1].upper() + other[1:] if sentence.startswith(said) else other, 1
        )
        for said, others in ways
        for other in others
        if said in sentence
    ]
    denied = _AUXILIARIES.sub(r"\1 not", sentence, count=1)
    if denied != sentence and (not changed or rng.random() < 0.15):
        return denied
    return rng.choice(changed) if changed else None


def _others(name: str, passage: Parse) -> list[str]:
    """The names of the passage of the same kind that share no word with this one."""
    texts = {passage.text[slice(*n.span)]: n.label for n in passage.names}
    label = next((kind for text, kind in texts.items() if name in text or text in name), None)
    own = set(name.lower().split())
    return [t for t, kind in texts.items() if kind == label and not own & set(t.lower().split())]


def _texts(names: Sequence[Name], text: str) -> list[str]:
    return [text[slice(*name.span)] for name in names]


def likenesses(found: Sequence[Pair], parser: Parser) -> tuple[list[float], list[bool]]:
    """(how like its quotes each sentence is, whether it follows)."""
    scores = []
    for pair in found:
        sentence, *quotes = parser.parse([pair.sentence, *pair.quotes])
        scores.append(compare(sentence, quotes).likeness)
    return scores, [pair.follows for pair in found]


def _made(examples: Sequence[Example], parser: Parser, rng: random.Random) -> list[Pair]:
    passages = list(dict.fromkeys(example.passage[:5_000] for example in examples))
    return [*pairs(examples, parser, rng), *shortened(passages[::2], parser, rng)]


def main() -> None:
    """Fit, and say how well it goes on titles that were held out."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--sample", type=int, default=8_000, help="questions to look at")
    chosen = arguments.parse_args()
    rng, parser = random.Random(1), load_parser()
    examples = list(load(Path(os.environ["MSSQA_DATA"]) / "reading"))
    rng.shuffle(examples)
    train, held_out = split(examples)
    scores, follows = likenesses(_made(train[: chosen.sample], parser, rng), parser)
    scale, shift = logistic(np.array(scores), np.array(follows, float), np.ones(len(scores)))
    lines = [f"{len(scores)} sentences: scale {scale:.2f}, shift {shift:.2f}"]
    scores, follows = likenesses(_made(held_out[: chosen.sample // 2], parser, rng), parser)
    found, right = np.array(scores), np.array(follows)
    area = roc_auc(found[right].tolist(), found[~right].tolist())
    lines.append(f"held out: {len(scores)} sentences, ROC-AUC {area:.3f}")
    chances = 1 / (1 + np.exp(-(scale * found + shift)))
    for least in np.arange(0.3, 0.8, 0.1):
        kept, wrong = (chances >= least)[right].mean(), (chances >= least)[~right].mean()
        lines.append(f"from {least:.1f}: {kept:.2f} of those that follow pass, {wrong:.2f} others")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
