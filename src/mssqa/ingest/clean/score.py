"""How much speaks for each block being furniture or a teaser: its look, its subject, its place.

Evidence is in log-odds and adds up; 0 is as likely as not. The weights are set by hand from what
such blocks have in common, not fitted to any set of pages.
"""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from mssqa.ingest.clean.explain import section_of
from mssqa.ingest.clean.lexicon import CREDITS, kinds
from mssqa.ingest.clean.look import Look, Shape
from mssqa.ingest.clean.path import Evidence
from mssqa.ingest.clean.reasons import Reason
from mssqa.text import words

_LINES = (Shape.LINE, Shape.HEADING)
_NEAR = 4  # blocks; how far apart the parts of two neighbouring teasers stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a block stands on its page, and what it has to do with it."""

    before: bool  # above all prose
    after: bool  # below all prose
    above_prose: bool  # the next block is prose
    headed: bool  # three other lines of its length stand above prose
    under_line: bool  # the block before may be the headline of a teaser
    listed: bool  # in a list that a sentence with a colon leads into
    linked: float  # 1 in the lines under "Read also:", 0.5 beside a link, else 0
    section: bool  # below a bare marker, with no long prose in between
    cut: bool  # the last of the page, and no headline: a sentence cut short
    rhythm: int  # times and repeated labels nearby, 0 to 2
    cohesion: float  # share of its words that the rest of the article uses, 0 to 1
    prose: float  # share of the page's words that stand in prose, 0 to 1


def places(looks: Sequence[Look], title: str | None) -> list[Place]:
    """The place of every block."""
    body = Counter(word for block in looks if block.prose for word in block.content)
    body.update(words(title or ""))
    prose = [at for at, block in enumerate(looks) if block.prose]
    share = sum(looks[at].length for at in prose) / max(sum(b.length for b in looks), 1)
    first, last = (prose[0], prose[-1]) if prose else (len(looks), -1)
    above = [at + 1 < len(looks) and looks[at + 1].prose for at in range(len(looks))]
    headings = Counter(
        b.length for b, over in zip(looks, above, strict=True) if over and b.shape in _LINES
    )
    rows = zip(looks, _listed(looks), _linked(looks), _section(looks), _rhythm(looks), strict=True)
    return [
        Place(
            before=bool(prose) and at < first,
            after=bool(prose) and at > last,
            above_prose=above[at],
            under_line=at > 0 and _headline(looks[at - 1]),
            headed=above[at] and headings[block.length] > 3,
            listed=listed,
            linked=linked,
            section=section,
            cut=at == len(looks) - 1 and not section and not rhythm and _cut(block),
            rhythm=rhythm,
            cohesion=_cohesion(block, body),
            prose=share,
        )
        for at, (block, listed, linked, section, rhythm) in enumerate(rows)
    ]


def evidence(block: Look, place: Place) -> Evidence:
    """Log-odds of (article, furniture, teasers)."""
    if block.shape is Shape.SEPARATOR:
        return (0.0, 9.0, 9.0)
    furniture = _furniture(block, place) - 0.5
    return (0.0, furniture, _teaser(block, place, furniture))


def _furniture(block: Look, place: Place) -> float:
    score = 6.0 * block.ago + 8 * block.caption + 7 * block.credit + 6 * block.clip
    if block.shape is Shape.SENTENCE or place.cut:
        score += 4 * (block.furniture + 1.6) - min(block.length, 60) / 60 + 3 * block.glued
        return score + 1.5 * place.before
    score += block.furniture + 3 * block.marker + _line(block, place) * place.prose
    data = block.data and not block.marker
    return score - 2 * place.listed - 0.5 * data + 0.5 * block.capitals


def _line(block: Look, place: Place) -> float:
    """What speaks against a block that is no sentence, in a page of sentences."""
    score = 1.5 if block.length <= 4 else 2.0 if block.length <= 8 else 3.0
    if block.glued or place.linked == 1:
        return score + 4
    if block.ends:
        return -2.0
    if block.shape is Shape.ITEM:
        return (-3.0 if place.above_prose else 0.0) + (block.furniture > 0)
    if block.text[-1] == ":" and block.length > 4 and block.furniture < -2:
        return -1.0
    if place.before and _names_maker(block) and not place.headed:
        return score + 2.5 + (block.text[-1] in "—–")
    if block.length <= 8 and (place.headed or not place.before):
        score += -2.0 if place.above_prose else 1.0
    score += 1.5 * (place.before or place.after) + 3 * place.linked
    return score - 1.5 * place.cohesion - 1.5 * block.running


def _names_maker(block: Look) -> bool:
    """Whether it may name, above an article, who wrote it, where, or under what heading."""
    if block.length <= 4:
        return block.names or block.length <= 2 or block.text[-1] in "—–"
    return block.names and block.length <= 8 and any(word in CREDITS for word in block.words)


def _teaser(block: Look, place: Place, furniture: float) -> float:
    if block.shape is Shape.SENTENCE:
        long = (4 - 1.5 * place.rhythm * place.section) * _long(block)
        beat = place.rhythm * (place.section or not long)
        cut = 2.0 * block.text.endswith(("...", "…"))
        under = 2.0 * (place.section and place.under_line)
        asks = 1.0 * (place.section and _headline(block))
        return max(furniture, cut + under + asks + beat - long - 1.5 - 1.5 * place.cohesion)
    if (block.data and not block.ago) or place.listed:
        return furniture
    headline = (1.5 if block.length >= 4 else 0.3) * (place.section or place.rhythm > 0)
    return max(furniture, headline * place.prose + 0.5 * place.rhythm)


def _headline(block: Look) -> bool:
    """Whether it may stand above the text of a teaser."""
    asks = block.shape is Shape.SENTENCE and block.text[-1] == "?" and not _long(block)
    line = block.shape in _LINES and block.length >= 3
    return (asks or line) and block.furniture < -1 and not block.marker


def _cohesion(block: Look, body: Counter[str]) -> float:
    own = 1 if block.prose else 0
    return sum(body[word] > own for word in block.content) / max(len(block.content), 1)


def _listed(looks: Sequence[Look]) -> list[bool]:
    """Lines that a sentence with a colon leads into, and three or more alike in a row."""
    listed = [False] * len(looks)
    start = 0
    for alike, row in groupby(looks, key=_entry):
        run = list(row)
        above = looks[start - 1] if start else None
        led = above is not None and above.text.endswith(":") and above.prose
        plain = sum(block.furniture for block in run) < -1.5 * len(run)
        listed[start : start + len(run)] = [
            bool(alike and plain and (led or (len(run) > 2 and alike != "line")))
        ] * len(run)
        start += len(run)
    return listed


def _entry(block: Look) -> str:
    """What kind of list a block may belong to; empty for none."""
    if block.shape is Shape.SENTENCE or block.glued or block.ago:
        return ""
    return "item" if block.shape is Shape.ITEM else "figures" if block.data else "line"


def _cut(block: Look) -> bool:
    """Whether a page's last block is a sentence cut short rather than a headline."""
    aside = block.names or block.caption or block.marker or block.glued or block.credit
    return not (block.ends or aside) and block.furniture < -2.5 and block.length >= 3


def _linked(looks: Sequence[Look]) -> list[float]:
    linked, heading = [], False
    for at, block in enumerate(looks):
        line = block.shape is not Shape.SENTENCE
        beside = any(b.marker and not b.bare for b in looks[max(at - 1, 0) : at + 2])
        linked.append(float(heading and line) or 0.5 * (beside and block.length > 8))
        heading = line and (heading or opens_section(block))
    return linked


def opens_section(block: Look) -> bool:
    """Whether it stands above links or comments: "Read also:", "More from us", "3 comments"."""
    if not block.bare:
        return False
    met = {reason for word in block.words for reason, _ in kinds(word)}
    return not met.isdisjoint((Reason.LINK, Reason.COMMENTS))


def _section(looks: Sequence[Look]) -> list[bool]:
    sections, within = [], False
    for block in looks:
        sections.append(within)
        within = opens_section(block) or (within and not (block.prose and _long(block)))
    return sections


def _long(block: Look) -> bool:
    """Longer than the sentence that stands under a headline elsewhere."""
    return block.sentences > 1 or block.length > 45


def _rhythm(looks: Sequence[Look]) -> list[int]:
    told = any(block.ago for block in looks)
    rows = Counter(text for text, _ in groupby(block.text for block in looks))
    beats = [block.ago or (rows[block.text] > 1 and _beat(block, told=told)) for block in looks]
    back, ahead = _beats(looks, beats), _beats(looks[::-1], beats[::-1])[::-1]
    return [min(near + far, 2) for near, far in zip(back, ahead, strict=True)]


def _beats(looks: Sequence[Look], beats: Sequence[bool]) -> list[int]:
    """For each block, how many of the few before it beat, back to the last long prose."""
    counts, recent = [], deque[bool](maxlen=_NEAR)
    for block, beat in zip(looks, beats, strict=True):
        counts.append(sum(recent))
        recent.append(beat)
        if block.prose and _long(block):
            recent.clear()
    return counts


def _beat(block: Look, *, told: bool) -> bool:
    """Whether a line that comes again may belong to each of a row of teasers or comments."""
    label = block.shape is Shape.LINE and block.length <= 3 and not block.data
    return (told and label and block.furniture < 0) or section_of(block) is Reason.COMMENTS
