"""Unchecked claims in the words that the settings ask for; only those that hold come out."""

from collections.abc import Callable, Iterator, Sequence

from mssqa.compose.cited import cited, held
from mssqa.compose.phrase import phrased
from mssqa.config import GeneratorKind
from mssqa.ports import Generator, Parser
from mssqa.types import Claim, Draft

Check = Callable[[Claim], Claim | None]
"""The claim if it holds, with the support that it has; else None."""


def worded(
    draft: Draft,
    check: Check,
    *,
    kind: GeneratorKind,
    generator: Generator | None,
    parser: Parser,
) -> Iterator[Claim]:
    """The claims that hold, each as soon as it is checked.

    Without a generator they are quotes. One that phrases says each quote shorter, and where what
    it says does not hold, the quote stands. A chat model writes from all the quotes together.

    Raises:
        ModelError: the generator failed; claims may have come before.
    """
    if generator is None or not draft.claims:
        yield from _holding(draft.claims, check)
    elif kind == "phrase":
        evidence = {piece.number: piece for piece in draft.evidence}
        for claim in draft.claims:
            shorter = phrased(draft.query, claim, evidence, generator=generator, parser=parser)
            said = check(shorter) if shorter else None
            yield from [said] if said else _holding([claim], check)
    else:
        told = cited(draft.query, draft.evidence, generator)
        yield from held(told, draft.claims, check=check)


def _holding(claims: Sequence[Claim], check: Check) -> Iterator[Claim]:
    return (checked for claim in claims if (checked := check(claim)) is not None)
