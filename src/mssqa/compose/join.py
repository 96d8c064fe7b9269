"""The drafts of a question's parts, numbered as one."""

from collections.abc import Sequence
from dataclasses import replace

from mssqa.types import Draft, Evidence


def joined(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The same drafts over all their evidence together; what two of them cite has one number."""
    together: dict[tuple[object, ...], Evidence] = {}
    renumbered: list[dict[int, int]] = []
    for one in drafts:
        numbers: dict[int, int] = {}
        for piece in one.evidence:
            fresh = replace(piece, number=len(together) + 1)
            kept = together.setdefault((piece.passage.article.id, piece.sentence), fresh)
            numbers[piece.number] = kept.number
        renumbered.append(numbers)
    return tuple(
        replace(
            one,
            claims=tuple(
                replace(claim, cites=tuple(dict.fromkeys(numbers[n] for n in claim.cites)))
                for claim in one.claims
            ),
            evidence=tuple(together.values()),
        )
        for one, numbers in zip(drafts, renumbered, strict=True)
    )
