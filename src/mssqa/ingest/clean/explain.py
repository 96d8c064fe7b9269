"""Which reason is given for a block that is dropped. It has no part in dropping it."""

from collections import defaultdict

from mssqa.ingest.clean.lexicon import kinds
from mssqa.ingest.clean.look import Look, Shape
from mssqa.ingest.clean.reasons import Reason

_VAGUE = (Reason.LINK, Reason.NAVIGATION)  # what else a block may be is more telling
_SHORT = 8  # words of a name or a label


def reason_of(block: Look, *, edge: bool) -> Reason:
    """The reason for a single block.

    Args:
        block: one that is furniture.
        edge: whether it stands above or below all prose.
    """
    by_form = {
        Reason.SEPARATOR: block.shape is Shape.SEPARATOR,
        Reason.BYLINE: block.ago or block.credit or (block.signed and edge),
        Reason.NAVIGATION: block.bar > 0 and edge,
        Reason.PLAYER: block.clip,
        Reason.CAPTION: block.caption,
        Reason.LINK: block.glued and block.furniture < 0,
    }
    for reason, applies in by_form.items():
        if applies:
            return reason
    if edge and _names_somebody(block):
        return Reason.BYLINE
    vague = block.shape is Shape.LINE and block.furniture < -2 and not block.marker
    kind = _kind(block, fewest=1.2 if vague else 0.6)
    if kind is not None:
        return kind
    return Reason.NAVIGATION if edge and block.length <= _SHORT else Reason.LINK


def section_of(block: Look) -> Reason | None:
    """What a run of teasers or comments turns out to be at a block; None if it does not tell."""
    if not block.bare:
        return None
    return Reason.COMMENTS if _kind(block) is Reason.COMMENTS else Reason.TEASER


def _names_somebody(block: Look) -> bool:
    if block.length > _SHORT or block.marker or block.furniture >= -1:
        return False
    label = block.capitals and block.length == 1
    return block.text[-1] in "—–" or (block.names and not label)


def _kind(block: Look, *, fewest: float = 0.6) -> Reason | None:
    """The kind of furniture that most of a block's words speak for, if any do."""
    votes: defaultdict[Reason, float] = defaultdict(float)
    for word in block.words:
        for reason, sureness in kinds(word):
            votes[reason] += sureness
    best = max(votes, key=lambda reason: (votes[reason], reason not in _VAGUE), default=None)
    return best if best is not None and votes[best] >= fewest else None
