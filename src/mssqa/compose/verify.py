"""Whether a claim says nothing that its quotes do not. No setting turns this off."""

from collections.abc import Mapping
from dataclasses import replace

from mssqa.compose import particulars
from mssqa.compose.support import support
from mssqa.ports import Parser
from mssqa.types import Claim, Evidence

MIN_FOLLOWS = 0.6  # chosen on held-out sentences: docs/decisions/checking.md


def check(claim: Claim, evidence: Mapping[int, Evidence], parser: Parser) -> Claim | None:
    """The claim, with no more support than its quotes give it; None if it does not hold.

    It holds if it cites evidence that exists, and either stands in one of the cited quotes letter
    by letter, or has all its numbers, dates and names from them and is likely to follow from them.
    """
    if not claim.cites or not evidence.keys() >= set(claim.cites):
        return None
    cited = [evidence[number] for number in claim.cites]
    if any(claim.text in piece.quote for piece in cited):
        return claim
    if not particulars.stand(claim.text, cited):
        return None
    sentence, *quotes = parser.parse([claim.text, *(piece.quote for piece in cited)])
    follows = support(sentence, quotes)
    return replace(claim, support=min(claim.support, follows)) if follows >= MIN_FOLLOWS else None
