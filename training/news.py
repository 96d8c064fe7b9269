"""News of our own to train on: invented stories, and what reporters would ask about them.

A file holds stories one after another. Each has a few articles, by other papers or of other days,
then questions; an answer names the article that gives it and marks the words that answer with
square brackets, in enough of their sentence to stand there once. What an article is not named for,
it does not say. A question may be asked again in other words.

    === story: harbour-bridge
    --- article
    title: Bridge to reopen in May
    published: 2024-03-12
    publisher: Harbour Post

    The bridge reopens in May, the mayor said.
    --- questions
    Q: When can cars cross again?
    P: end of the bridge closure?
    A1: reopens in [May], the mayor
    Q: What did the repairs cost?
    N: missing
"""

import random
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mssqa.text import headline
from mssqa.types import Article, Span
from training.examples import Example, crop
from training.negatives import WordSearch, tells
from training.rephrase import rephrased

NEAR_MISSES = frozenset({"missing", "other", "time", "premise", "role", "plan"})

FOLDER = Path(__file__).parent / "stories"
SOURCE = "stories"
HELD_OUT_SHARE = 5  # one story in so many is never trained on
LETTERS = (600, 900, 1200, 1500, 1800)  # lengths to which articles are cropped, by chance
MET = 5  # articles at most that a question meets at once, beside a mined one
MINED = 0.5  # chance that a question also meets an article of another story
UNDATED, BARE = 0.25, 0.1  # shares of headlines without the date, and of passages without any
REPHRASED = 0.1  # share of the questions, with and without an answer, worded by rule besides

_MARKED = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One article of a story."""

    title: str
    published: date
    publisher: str
    text: str  # paragraphs with an empty line between them

    def headline(self, *, dated: bool = True) -> str:
        """What stands over its passages."""
        published = self.published if dated else None
        return headline(Article(path="", title=self.title, text=self.text, published=published))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about a story, and where its articles answer it."""

    question: str
    others: tuple[str, ...]  # the same in other words
    answers: dict[int, tuple[Span, ...]]  # of `Told.text`, by the article's place from 0
    near_miss: str | None  # one of `NEAR_MISSES`, where no article answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one matter, and what is asked about it."""

    name: str
    articles: tuple[Told, ...]
    questions: tuple[Asked, ...]


def split() -> tuple[tuple[Story, ...], tuple[Story, ...]]:
    """The stories of `FOLDER`: (to train on, held out)."""
    told = [story for path in sorted(FOLDER.glob("*.txt")) for story in stories(path)]
    out = {story.name for story in told if zlib.crc32(story.name.encode()) % HELD_OUT_SHARE == 0}
    return (
        tuple(story for story in told if story.name not in out),
        tuple(story for story in told if story.name in out),
    )


def examples(told: Sequence[Story]) -> tuple[Example, ...]:
    """Each question on each article of its story, under the whole headline.

    Left out is an article that is not said to answer and yet has the words of the answer.
    """
    return tuple(
        example for story in told for asked in story.questions for example in on_each(asked, story)
    )


def on_each(asked: Asked, story: Story) -> Iterator[Example]:
    """One question on each article of its story, as `examples` does."""
    said = _said(asked, story)
    for place, article in enumerate(story.articles):
        spans = asked.answers.get(place, ())
        if spans or not tells(article.text, said):
            yield Example(
                source=SOURCE,
                title=story.name,
                headline=article.headline(),
                question=asked.question,
                passage=article.text,
                answers=spans,
                kind="given" if spans else asked.near_miss or "elsewhere",
            )


def _said(asked: Asked, story: Story) -> list[str]:
    """The words of every answer."""
    return [
        story.articles[place].text[start:end]
        for place, spans in asked.answers.items()
        for start, end in spans
    ]


def rounds(told: Sequence[Story], times: tuple[int, int], *, seed: int) -> Iterator[Example]:
    """`recipe` as often as told: stories of up to `MET` articles, and those of more."""
    few = [story for story in told if len(story.articles) <= MET]
    many = [story for story in told if len(story.articles) > MET]
    for some, often in zip((few, many), times, strict=True):
        for n in range(often):
            yield from recipe(some, seed=seed + n)


def recipe(told: Sequence[Story], *, seed: int) -> Iterator[Example]:
    """Each question once, with what it meets at once; the same for the same seed."""
    rng = random.Random(seed)
    search = WordSearch(examples(told))
    for story in told:
        for number, asked in enumerate(story.questions):
            met = [_met(example, rng) for example in _found(asked, story, search, rng)]
            question = rng.choice((asked.question, *asked.others))
            if rng.random() < REPHRASED:
                question = rephrased(question, rng)
            asking = f"{story.name} {number} {seed}"
            yield from (replace(example, question=question, asking=asking) for example in met)


def _found(asked: Asked, story: Story, search: WordSearch, rng: random.Random) -> Iterator[Example]:
    """The question on the articles of its story, and by chance on one of another that is like."""
    of_story = tuple(on_each(asked, story))
    yield from _few(of_story, rng)
    if rng.random() >= MINED:
        return
    said, own = _said(asked, story), [article.text for article in story.articles]
    for miss in search.near_misses(of_story[0], limit=8):
        if not tells(miss.passage, said) and not any(miss.passage in text for text in own):
            yield replace(of_story[0], **miss._asdict(), answers=(), kind="mined")
            return


def _few(of_story: Sequence[Example], rng: random.Random) -> list[Example]:
    """`MET` of the examples by chance, in order, with an answer among them if there is one."""
    places = sorted(range(len(of_story)), key=lambda _: rng.random())
    first = next((place for place in places if of_story[place].answers), places[0])
    chosen = {first, *[place for place in places if place != first][: MET - 1]}
    return [of_story[place] for place in sorted(chosen)]


def _met(example: Example, rng: random.Random) -> Example:
    """The example as it may come: cropped, with less of a headline."""
    met = crop(example, letters=rng.choice(LETTERS), rng=rng)
    over, chance = example.headline, rng.random()
    if chance < BARE:
        over = ""
    elif chance < BARE + UNDATED:
        over = over.rpartition(" (")[0]
    return replace(met, headline=over)


def stories(path: Path) -> tuple[Story, ...]:
    """The stories of one file.

    Raises:
        ValueError: something is not as described above; the message names the story and the line.
    """
    _, *parts = re.split(r"^=== story: *", path.read_text("utf-8"), flags=re.MULTILINE)
    return tuple(_story(part) for part in parts)


def _story(part: str) -> Story:
    name, _, rest = part.partition("\n")
    body, _, questions = rest.partition("--- questions\n")
    _, *articles = re.split(r"^--- article\n", body, flags=re.MULTILINE)
    told = tuple(_article(article, name) for article in articles)
    if not told:
        raise ValueError(f"{name}: no article")
    return Story(
        name=name.strip(), articles=told, questions=tuple(_questions(questions, told, name))
    )


def _article(part: str, story: str) -> Told:
    head, _, text = part.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    if fields.keys() != {"title", "published", "publisher"} or not text.strip():
        raise ValueError(f"{story}: an article with {sorted(fields)} and {len(text)} characters")
    return Told(
        title=fields["title"].strip(),
        published=date.fromisoformat(fields["published"].strip()),
        publisher=fields["publisher"].strip(),
        text="\n\n".join(" ".join(each.split()) for each in text.strip().split("\n\n")),
    )


def _questions(part: str, told: tuple[Told, ...], story: str) -> Iterator[Asked]:
    for block in re.split(r"^Q: *", part, flags=re.MULTILINE)[1:]:
        question, *lines = [line.strip() for line in block.splitlines() if line.strip()]
        answers: dict[int, tuple[Span, ...]] = {}
        others: list[str] = []
        near_miss = None
        for line in lines:
            key, _, said = line.partition(":")
            if key == "N":
                near_miss = said.strip()
            elif key == "P":
                others.append(said.strip())
            elif re.fullmatch(r"A\d", key) and int(key[1]) <= len(told):
                place = int(key[1]) - 1
                span = _span(said.strip(), told[place].text, f"{story}: {line}")
                answers[place] = (*answers.get(place, ()), span)
            else:
                raise ValueError(f"{story}: {line!r} is no answer, no near miss, no other words")
        if bool(answers) == (near_miss is not None) or near_miss not in {None, *NEAR_MISSES}:
            raise ValueError(
                f"{story}: {question!r} wants answers, or one of {sorted(NEAR_MISSES)}"
            )
        yield Asked(question=question, others=tuple(others), answers=answers, near_miss=near_miss)


def _span(marked: str, text: str, where: str) -> Span:
    found = _MARKED.search(marked)
    plain = _MARKED.sub(r"\1", marked, count=1)
    if found is None or text.count(plain) != 1:
        count = text.count(plain) if found else "no [mark], stands"
        raise ValueError(f"{where!r}: {count} times in the article")
    start = text.index(plain) + found.start()
    return Span(start, start + len(found[1]))
