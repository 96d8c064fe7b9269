"""Questions of held-out titles among look-alike passages, half of them without an answer there.

What has none is: people's own questions; questions with a fact changed; questions whose paragraph
was taken away. Rephrased are questions with and without an answer alike.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mssqa.text import sentence_spans
from training.calibrate import ASKED_BY_PEOPLE
from training.examples import Example, group
from training.inserted import restricted
from training.negatives import WordSearch
from training.rephrase import rephrased
from training.swaps import asked_otherwise, names

SHARES: Mapping[str, float] = {  # of a set's held-out answerable questions, how many are asked
    ASKED_BY_PEOPLE: 1.0,
    "squadshifts_new_wiki": 0.5,
    "qed_nq": 0.8,
    "squadshifts_reddit": 0.15,
    "squadshifts_amazon_reviews": 0.1,
}
PASSAGES = 6  # that a question meets, its own included
LONGEST = 2000  # letters of a paragraph
REPHRASED = 0.4  # share of the questions that are asked in other words
TAKEN_AWAY, CHANGED = 0.25, 0.7  # chances, the second counted from 0, of a question's other version
SEED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question among passages, and what answers it; nothing: they do not say."""

    question: str
    title: str
    passages: tuple[str, ...]
    answers: tuple[str, ...]
    kind: str
    group: str  # what is left out of a fit as a whole


def askings(examples: Sequence[Example], others: Sequence[Example]) -> Iterator[Asking]:
    """The held-out `examples` as questions, among passages of the same set.

    Rephrased are questions with and without an answer alike.
    """
    rng = random.Random(SEED)
    for source, share in SHARES.items():
        search = WordSearch([e for e in (*examples, *others) if e.source == source])
        mine = [e for e in examples if e.source == source and len(e.passage) < LONGEST]
        rng.shuffle(mine)
        answered = [example for example in mine if example.answers]
        chosen = [e for e in mine if not e.answers] + answered[: round(share * len(answered))]
        for example in chosen:
            near = search.near_misses(example, limit=PASSAGES - 1)
            for made, passages in _versions(example, near, mine, rng):
                yield _asking(example, made, passages, rng)


def _versions(
    example: Example, near: Sequence[str], others: Sequence[Example], rng: random.Random
) -> Iterator[tuple[Example, Sequence[str]]]:
    whole = (example.passage, *near)
    if not example.answers or rng.random() < 0.5 or example.source == ASKED_BY_PEOPLE:
        yield example, whole
    chance = rng.random()
    if not example.answers:
        return
    if chance < TAKEN_AWAY:
        yield replace(example, answers=(), kind="taken away"), near
        return
    if chance < CHANGED:
        told = {name for other in others if other.title == example.title
                for name in names(other.passage)}  # fmt: skip
        made = asked_otherwise(example, sorted(told), rng)
    else:
        made = restricted(example, _answering(example), rightly=chance < (1 + CHANGED) / 2, rng=rng)
    if made.kind != "given":
        yield made, whole


def _answering(example: Example) -> str:
    start = example.answers[0].start
    spans = sentence_spans(example.passage)
    return next((example.passage[a:b] for a, b in spans if a <= start < b), "")


def _asking(example: Example, made: Example, passages: Sequence[str], rng: random.Random) -> Asking:
    reworded = rng.random() < REPHRASED
    return Asking(
        question=rephrased(made.question, rng) if reworded else made.question,
        title=example.title,
        passages=tuple(passages),
        answers=made.answer_texts,
        kind=made.kind if made.answers or made.kind != "given" else "people's own",
        group=f"{group(example)}:{example.passage[:60]}",
    )
