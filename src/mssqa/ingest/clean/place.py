"""Where each block stands on its page, and what it has to do with the rest."""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from mssqa.ingest.clean.explain import section_of
from mssqa.ingest.clean.forms import running
from mssqa.ingest.clean.lexicon import REMARKS, SMALL_WORDS, kinds
from mssqa.ingest.clean.look import Look, Shape
from mssqa.ingest.clean.reasons import Reason
from mssqa.text import words

_LINES = (Shape.LINE, Shape.HEADING)
_LABEL = 4  # words of a menu's entries, in the mean
_NEAR = 4  # blocks; how far apart the parts of two neighbouring teasers stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a block stands on its page, and what it has to do with it."""

    before: bool  # above all prose
    after: bool  # below all prose
    above_prose: bool  # the next block is prose
    headed: bool  # three other lines of its length stand above prose
    under_line: bool  # the block before may be the headline of a teaser
    leads: bool  # opens a list of items
    menu: bool  # in a row of lines above all prose, or below a label below all prose
    counted: bool  # comes again with the number of each page
    flanked: int  # how many of its two neighbours are prose
    comments: bool  # below "Comments", which stands below most of the prose
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
    comments = _comments(looks)
    body_at = _main(looks, [at for at in prose if not comments[at]])
    first, last = (body_at[0], body_at[-1]) if body_at else (len(looks), -1)
    below = _below_labels(looks, last)
    menu = _menu(looks, first, below)
    counted = running([block.text for block in looks])
    whole, core = _share(looks, prose, 0, len(looks)), _share(looks, prose, first, last + 1)

    def prose_share(at: int) -> float:
        label = at < first and looks[at].length <= _LABEL
        outside = menu[at] or below[at] or label
        return core if outside else whole if at > last else (whole + core) / 2

    above, headings = _above_prose(looks)
    rows = zip(looks, _listed(looks), _linked(looks), _section(looks), _rhythm(looks), strict=True)
    return [
        Place(
            before=bool(body_at) and at < first,
            after=bool(body_at) and at > last,
            above_prose=above[at],
            under_line=at > 0 and may_head(looks[at - 1]),
            headed=above[at] and headings[block.length] > 3,
            counted=at in counted,
            menu=menu[at],
            leads=_leads(looks, at),
            flanked=sum(b.prose for b in (*looks[max(at - 1, 0) : at], *looks[at + 1 : at + 2])),
            comments=comments[at],
            listed=listed,
            linked=linked,
            section=section,
            cut=at == len(looks) - 1 and not section and not rhythm and _cut(block),
            rhythm=rhythm,
            cohesion=_cohesion(block, body),
            prose=prose_share(at),
        )
        for at, (block, listed, linked, section, rhythm) in enumerate(rows)
    ]


def _above_prose(looks: Sequence[Look]) -> tuple[list[bool], Counter[int]]:
    """Whether each block stands above prose, and how many such lines there are of each length."""
    above = [*(block.prose for block in looks[1:]), False][: len(looks)]
    headings = Counter(
        b.length for b, over in zip(looks, above, strict=True) if over and b.shape in _LINES
    )
    return above, headings


def may_head(block: Look) -> bool:
    """Whether it may stand above the text of a teaser."""
    asks = block.shape is Shape.SENTENCE and block.text[-1] == "?" and not is_long(block)
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
        linked = above is not None and opens_section(above)
        plain = sum(block.furniture for block in run) < -1.5 * len(run)
        listed[start : start + len(run)] = [
            bool(alike and plain and not linked and (led or (len(run) > 2 and alike != "line")))
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


def _below_labels(looks: Sequence[Look], last: int) -> list[bool]:
    """What stands below a bare label after the last prose, but for rows of names.

    What an article lists at its end, as nominees or songs, are names; headlines are not.
    """
    label = next((at for at, b in enumerate(looks) if at > last and b.bare), len(looks))
    found: list[bool] = []
    for line, row in groupby(looks, key=_menu_line):
        run = list(row)
        named = line and len(run) > 3 and sum(b.names for b in run) > len(run) / 2
        found += [at > label and not named for at in range(len(found), len(found) + len(run))]
    return found


def _menu(looks: Sequence[Look], first: int, below: Sequence[bool]) -> list[bool]:
    """Lines in rows of three above the first prose, and of two below a label after the last."""
    found: list[bool] = []
    for line, row in groupby(looks, key=_menu_line):
        run, start = list(row), len(found)
        short = sum(block.length for block in run) <= _LABEL * len(run)
        plain = short and len(run) > 2 and not any(block.data for block in run)
        above = plain and start + len(run) <= first < len(looks)
        under = len(run) > 1 and below[start + len(run) - 1]
        found += [line and (above or under)] * len(run)
    return found


def _menu_line(block: Look) -> bool:
    told = sum(word.isalpha() for word in block.words) > 3 and ":" not in block.text
    return block.shape is Shape.LINE and not block.ends and (told or not block.data)


def _leads(looks: Sequence[Look], at: int) -> bool:
    """Whether a label opens a list of items, and is none that opens a list of links."""
    below = looks[at + 1 : at + 3]
    items = len(below) == 2 and all(b.shape is Shape.ITEM and b.furniture < -1 for b in below)
    label = looks[at]
    named = not label.marker or not SMALL_WORDS.isdisjoint(label.words)
    return items and named and label.text.endswith(":") and not opens_section(label)


def _comments(looks: Sequence[Look]) -> list[bool]:
    """What stands below a heading of comments that most of the prose stands above."""
    total = sum(block.length for block in looks if block.prose)
    above, below, found = 0, False, []
    for block in looks:
        found.append(below)
        below = below or (_heads_comments(block) and above > total / 2)
        above += block.length * block.prose
    return found


def _heads_comments(block: Look) -> bool:
    """Whether it is "Leave a comment", "Comments (3)" or "3 thoughts on …"."""
    counts = block.words[:1] and block.words[0].isdigit() and block.words[1:2]
    return bool(counts and counts[0] in REMARKS and len(counts[0]) > 5) or (
        block.bare and not REMARKS.isdisjoint(block.words)
    )


def _share(looks: Sequence[Look], prose: Sequence[int], start: int, end: int) -> float:
    """The share of words that stand in prose, of a part of the page."""
    whole = sum(block.length for block in looks[start:end])
    return sum(looks[at].length for at in prose if start <= at < end) / max(whole, 1)


def _main(looks: Sequence[Look], prose: Sequence[int]) -> Sequence[int]:
    """The prose without a few last words that stand apart from it, below labels of the page."""
    total = sum(looks[at].length for at in prose)
    above = 0
    for number, (at, following) in enumerate(pairwise(prose), 1):
        above += looks[at].length
        between = looks[at + 1 : following]
        apart = len(between) > 2 and any(block.bare for block in between)
        if apart and total - above < total / 5:
            return prose[:number]
    return prose


def opens_section(block: Look) -> bool:
    """Whether it stands above links or comments: "Read also:", "More from us", "3 comments"."""
    if not block.bare:
        return False
    met = {reason for word in block.words for reason, _ in kinds(word)}
    return Reason.LINK in met or not REMARKS.isdisjoint(block.words)


def _section(looks: Sequence[Look]) -> list[bool]:
    sections, within = [], False
    for block in looks:
        sections.append(within)
        within = opens_section(block) or (within and not (block.prose and is_long(block)))
    return sections


def is_long(block: Look) -> bool:
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
        if block.prose and is_long(block):
            recent.clear()
    return counts


def _beat(block: Look, *, told: bool) -> bool:
    """Whether a line that comes again may belong to each of a row of teasers or comments."""
    label = block.shape is Shape.LINE and block.length <= 3 and not block.data
    return (told and label and block.furniture < 0) or section_of(block) is Reason.COMMENTS
