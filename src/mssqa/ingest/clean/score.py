"""How much speaks for each block being furniture or a teaser: its look, its subject, its place.

Evidence is in log-odds and adds up; 0 is as likely as not. The weights are set by hand from what
such blocks have in common, not fitted to any set of pages.
"""

from mssqa.ingest.clean.lexicon import CREDITS
from mssqa.ingest.clean.look import Look, Shape
from mssqa.ingest.clean.path import Evidence
from mssqa.ingest.clean.place import Place, is_long, may_head

_REMARK = 45  # words of a short comment


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
        if block.states and place.cohesion > 0:
            score -= 3.0 * place.flanked
        score += 4 * (place.comments and block.furniture > -2.5)
        return score + 1.5 * place.before
    edge = place.before or place.after or place.comments
    score += 7 * (block.signed and edge and not place.headed) + 5 * (block.bar > 0 and edge)
    score += 7 * place.counted + 3 * (place.comments and block.data)
    score += (
        (min(block.furniture, -1.0) if place.listed and not block.marker else block.furniture)
        + 3 * block.marker
        - 7 * place.leads
        + _line(block, place) * place.prose
    )
    data = block.data and not block.marker
    return (
        score
        - (2 + data) * (place.listed and not place.comments)
        - 0.5 * data
        + 0.5 * block.capitals
    )


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
        return score + 2.5 + 1.5 * place.menu + (block.text[-1] in "—–")
    if block.length <= 8 and (place.headed or not place.before):
        score += -2.0 if place.above_prose else 1.0
    aside = place.before or (place.after and not place.above_prose)
    score += 1.5 * aside + 1.5 * (aside and place.menu) + 3 * place.linked
    return score - 1.5 * place.cohesion - 1.5 * block.running


def _names_maker(block: Look) -> bool:
    """Whether it may name, above an article, who wrote it, where, or under what heading."""
    if block.length <= 4:
        return block.names or block.length <= 2 or block.text[-1] in "—–"
    return block.names and block.length <= 8 and any(word in CREDITS for word in block.words)


def _teaser(block: Look, place: Place, furniture: float) -> float:
    if block.shape is Shape.SENTENCE:
        long = (4 - 1.5 * place.rhythm * place.section) * is_long(block)
        beat = place.rhythm * (place.section or not long)
        cut = 2.0 * block.text.endswith(("...", "…"))
        under = 2.0 * (place.section and place.under_line)
        under += 2.0 * (place.comments and block.length <= _REMARK)
        asks = 1.0 * (place.section and may_head(block))
        return max(furniture, cut + under + asks + beat - long - 1.5 - 1.5 * place.cohesion)
    if (block.data and not block.ago) or place.listed:
        return furniture
    headline = (1.5 if block.length >= 4 else 0.3) * (place.section or place.rhythm > 0)
    return max(furniture + 0.3 * place.section, headline * place.prose + 0.5 * place.rhythm)
