"""What the reader is trained on: how much of each source, and which negatives beside it."""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from mssqa.text import sentence_spans
from training.examples import Example, crop, group
from training.inserted import modified, restricted, roles_exchanged
from training.negatives import WordSearch, elsewhere, mined, removed, stitched, tells
from training.rephrase import rephrased
from training.swaps import asked_otherwise, name_changes, names, place_names, told_otherwise

SHARES: Mapping[str, float] = {  # share of a source's answered questions that is taken
    "covidqa": 0.5,
    "policyqa": 0.2,
    "qamr": 0.1,  # single sentences
    "qed_nq": 1.0,
    "squad_train_fragment": 2.0,
    "squadshifts_amazon_reviews": 0.5,
    "squadshifts_new_wiki": 1.2,
    "squadshifts_reddit": 0.5,
    "timeqa_human": 1.0,
}
UNANSWERED_COPIES = {"squad_train_fragment": 6, "timeqa_human": 2}  # people wrote these
LETTERS = (200, 400, 700, 1000, 1400, 1800)  # lengths to which passages are cropped, by chance
LONG_LETTERS = 1700  # to which passages of one title are joined
NEGATIVES: Mapping[str, float] = {  # chances beside each answered question
    "mined": 0.22,
    "removed": 0.12,
    "elsewhere": 0.15,
    "asked otherwise": 0.65,
    "told otherwise": 0.15,
    "both otherwise": 0.10,  # a positive: question and passage changed alike
    "stitched": 0.12,  # a positive: the answer among look-alikes
    "joined": 0.15,  # a positive: the answer in a long text on the same subject
    "roles exchanged": 0.40,
    "modified": 0.05,
    "wrongly restricted": 0.12,
    "rightly restricted": 0.45,  # a positive
}
HARD = (  # the passage itself, asked for something that it does not say
    "asked otherwise", "told otherwise", "roles exchanged", "modified", "wrongly restricted",
)  # fmt: skip
REPHRASED = 0.3  # share of the questions, with and without an answer, asked in other words


def recipe(examples: Sequence[Example], *, seed: int) -> Iterator[Example]:
    """The training examples, in no useful order; the same for the same seed."""
    rng = random.Random(seed)
    for example in _made(examples, rng):
        if rng.random() < REPHRASED:
            yield replace(example, question=rephrased(example.question, rng))
        else:
            yield example


def near_misses(examples: Sequence[Example], *, seed: int) -> tuple[tuple[Example, ...], ...]:
    """For each answered example the hard negatives that can be made of it, if any."""
    kitchen = _Kitchen(examples, random.Random(seed))
    made = (kitchen.near_misses(example) for example in examples if example.answers)
    return tuple(some for some in made if some)


def _made(examples: Sequence[Example], rng: random.Random) -> Iterator[Example]:
    kitchen = _Kitchen(examples, rng)
    for example in examples:
        if not example.answers:
            for _ in range(UNANSWERED_COPIES.get(example.source, 1)):
                yield crop(example, letters=rng.choice(LETTERS), rng=rng)
            continue
        for _ in range(_times(SHARES[example.source], rng)):
            yield from kitchen.variants(example)


def _times(share: float, rng: random.Random) -> int:
    return int(share) + (rng.random() < share % 1)


class _Kitchen:
    """Word search and names of the training set, from which variants of an example are made."""

    def __init__(self, examples: Sequence[Example], rng: random.Random) -> None:
        self._rng = rng
        self._search = WordSearch(examples)
        self._names = _names_by_group(examples)
        self._groups = sorted(self._names)
        self._passages = _passages_by_group(examples)
        self._places = place_names(dict.fromkeys(example.passage for example in examples))
        self._sorted_places = sorted(self._places)

    def variants(self, example: Example) -> Iterator[Example]:
        """The example cropped, then the negatives that chance picks and that can be made."""
        near = crop(example, letters=self._rng.choice(LETTERS), rng=self._rng)
        ways = self._ways(example, near)
        yield near
        for name, way in ways.items():
            if self._rng.random() < NEGATIVES[name]:
                made = way()
                if made.kind != "given":
                    yield made

    def near_misses(self, example: Example) -> tuple[Example, ...]:
        """One of each kind of `HARD` negative that can be made of the example."""
        ways = self._ways(example, example)
        made = (ways[name]() for name in HARD)
        return tuple(one for one in made if not one.answers)

    def _ways(self, example: Example, near: Example) -> Mapping[str, Callable[[], Example]]:
        """How to make each kind of an example of which `near` is a part."""
        rng, others = self._rng, self._others(example)
        return {
            "mined": lambda: self._cropped(mined(example, self._search, rng)),
            "removed": lambda: removed(near),
            "elsewhere": lambda: elsewhere(example, letters=rng.choice(LETTERS[1:]), rng=rng),
            "asked otherwise": lambda: asked_otherwise(near, others, rng, self._places),
            "told otherwise": lambda: self._retold(near, others, both=False),
            "both otherwise": lambda: self._retold(near, others, both=True),
            "stitched": lambda: self._stitched(near),
            "joined": lambda: self._joined(example),
            "roles exchanged": lambda: roles_exchanged(near, rng),
            "modified": lambda: modified(near, rng),
            "wrongly restricted": lambda: self._restricted(near, rightly=False),
            "rightly restricted": lambda: self._restricted(near, rightly=True),
        }

    def _cropped(self, example: Example) -> Example:
        return crop(example, letters=self._rng.choice(LETTERS), rng=self._rng)

    def _stitched(self, near: Example) -> Example:
        if len(near.passage) > LETTERS[3]:
            return near
        misses = self._search.near_misses(near, limit=3)
        return stitched(near, [miss.passage for miss in misses], self._rng)

    def _joined(self, example: Example) -> Example:
        """The passage with others of its title around it, without another answer in them."""
        rest = [p for p in self._passages[group(example)] if p != example.passage]
        self._rng.shuffle(rest)
        long = example
        for other in rest[:6]:
            fits = len(long.passage) + len(other) < LONG_LETTERS
            if fits and not tells(other, example.answer_texts):
                long = stitched(long, (other,), self._rng)
        return long

    def _restricted(self, near: Example, *, rightly: bool) -> Example:
        sentence = _answering_sentence(near)
        return restricted(near, sentence, rightly=rightly, rng=self._rng)

    def _others(self, example: Example) -> Sequence[str]:
        """A few names of the same title, one of another, and a few places."""
        same = self._names[group(example)]
        strange = self._names[self._rng.choice(self._groups)]
        few = self._rng.sample(same, min(4, len(same)))
        far = self._rng.sample(self._sorted_places, min(2, len(self._sorted_places)))
        return (*few, *self._rng.sample(strange, min(1, len(strange))), *far)

    def _retold(self, example: Example, others: Sequence[str], *, both: bool) -> Example:
        """A name of the answering sentence changed in the passage, or in the question as well."""
        here = names(example.passage)
        answering = _answering_sentence(example)
        changes = [
            (old, new)
            for old, new in name_changes(example, others, self._places)
            if new not in here and old in answering
        ]
        if not changes:
            return example
        change = self._rng.choice(changes)
        told = told_otherwise(example, change)
        return _agreeing(told, change) if both else _disagreeing(told)


def _answering_sentence(example: Example) -> str:
    place = example.answers[0]
    spans = sentence_spans(example.passage)
    held = (s for s in spans if s.start <= place.start < s.end)
    return " ".join(example.passage[start:end] for start, end in held)


def _agreeing(told: Example, change: tuple[str, str]) -> Example:
    old, new = change
    question = re.sub(re.escape(old), lambda _: new, told.question, flags=re.IGNORECASE)
    return replace(told, question=question, kind="both swapped" if told.answers else "given")


def _disagreeing(told: Example) -> Example:
    return replace(told, answers=(), kind="passage swapped")


def _passages_by_group(examples: Sequence[Example]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for example in examples:
        found[group(example)][example.passage] = None
    return {key: tuple(value) for key, value in found.items()}


def _names_by_group(examples: Sequence[Example]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for example in examples:
        found[group(example)].update(dict.fromkeys(names(example.passage[:5000])))
    return {key: tuple(value) for key, value in found.items()}
