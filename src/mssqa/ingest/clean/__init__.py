"""The article without the page around it.

Every block is scored by what it looks like (`look`), where it stands (`place`) and what it has to
do with the rest (`score`); the likeliest course through the page decides (`path`). Blocks
are dropped whole and blanks folded; no letter within a block that stays is changed.
"""

from collections.abc import Sequence

from mssqa.ingest.clean.blocks import blocks
from mssqa.ingest.clean.explain import reason_of, section_of
from mssqa.ingest.clean.headline import infer, variants
from mssqa.ingest.clean.look import Look, Shape, look
from mssqa.ingest.clean.path import State, likeliest
from mssqa.ingest.clean.place import opens_section, places
from mssqa.ingest.clean.reasons import Cleaned, Reason, Removed
from mssqa.ingest.clean.repeats import repeats
from mssqa.ingest.clean.score import evidence
from mssqa.text import words

__all__ = ["Cleaned", "Reason", "Removed", "clean"]


def clean(text: str, *, title: str | None = None) -> Cleaned:
    r"""The blocks of a page that are its article, its headline, and what was dropped and why.

    A page with a sentence of prose never comes out empty, and cleaning twice changes nothing.

    Args:
        text: a page as scraped, as extracted from markup, or as written in Markdown.
        title: the headline where it is known; without one it is sought at the top of the page.

    >>> page = "The bridge opened on Monday.\n- Advertisement -\nTraffic doubled within a week."
    >>> cleaned = clean(page)
    >>> cleaned.text
    'The bridge opened on Monday.\n\nTraffic doubled within a week.'
    >>> [(gone.text, str(gone.reason)) for gone in cleaned.removed]
    [('- Advertisement -', 'advertisement')]
    """
    looks = [look(block) for block in blocks(text)]
    dropped, named = _sift(looks, " ".join(title.split()) or None if title else None)
    return Cleaned(
        text="\n\n".join(b.text for at, b in enumerate(looks) if at not in dropped),
        title=named,
        removed=tuple(Removed(text=looks[at].text, reason=dropped[at]) for at in sorted(dropped)),
    )


def _sift(looks: Sequence[Look], title: str | None) -> tuple[dict[int, Reason], str | None]:
    """What to drop, and the title if it is known by the end."""
    dropped: dict[int, Reason] = {}
    while True:
        kept = [at for at in range(len(looks)) if at not in dropped]
        page = [looks[at] for at in kept]
        if title is None and (headline := infer(page)) is not None:
            title = page[headline].text.lstrip("# ")
        more = _pass(page, title)
        if not more:
            break
        dropped |= {kept[at]: reason for at, reason in more.items()}
    return _spare_sentences(looks, dropped, title), title


def _spare_sentences(
    looks: Sequence[Look], dropped: dict[int, Reason], title: str | None
) -> dict[int, Reason]:
    """If no sentence was left, they are sifted once more without what went from between them."""
    spoken = [at for at, block in enumerate(looks) if block.shape is Shape.SENTENCE]
    if any(at not in dropped for at in spoken):
        return dropped
    spared = [at for at in range(len(looks)) if at not in dropped or at in spoken]
    page = [looks[at] for at in spared]
    again = _sift(page, title)[0] if len(page) < len(looks) else _again(page)
    apart = {at: reason for at, reason in dropped.items() if at not in spoken}
    return apart | {spared[at]: reason for at, reason in again.items()}


def _again(page: Sequence[Look]) -> dict[int, Reason]:
    return dict.fromkeys(repeats(page), Reason.REPEATED)


def _pass(page: Sequence[Look], title: str | None) -> dict[int, Reason]:
    """What to drop of the blocks still there; dropping changes what stands beside what."""
    dropped = dict.fromkeys(variants(page, words(title)) if title else (), Reason.HEADLINE)
    rest = [at for at in range(len(page)) if at not in dropped]
    dropped |= {rest[at]: reason for at, reason in _furniture([page[at] for at in rest], title)}
    # Repeats come last, lest a sentence go whose other copy goes too.
    return dropped or _again(page)


def _furniture(page: Sequence[Look], named: str | None) -> list[tuple[int, Reason]]:
    stands = places(page, named)
    scores = [evidence(block, place) for block, place in zip(page, stands, strict=True)]
    entries = [opens_section(block) for block in page]
    course = likeliest(scores, entries)
    gone = []
    section = Reason.TEASER
    for at, (block, state) in enumerate(zip(page, course, strict=True)):
        edge = stands[at].before or stands[at].after
        labelled = block.marker and not block.bare
        if state is State.FURNITURE or (state is State.TEASERS and labelled):
            gone.append((at, reason_of(block, edge=edge)))
        elif state is State.TEASERS:
            section = section_of(block) or section
            gone.append((at, section))
    return gone
