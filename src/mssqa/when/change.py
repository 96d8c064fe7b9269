"""Whether a question asks how something changed, or for what happened in order."""

from collections.abc import Iterator

from mssqa.types import Span
from mssqa.when.pattern import pattern

_MOVE = (  # as it stands after "did"
    r"change|evolve|develop|shift|unfold|progress|fluctuate|transform|vary|grow|rise|fall|increase"
    r"|decrease|decline|worsen|improve|escalate|drop|shrink|expand|deteriorate|spread|advance"
)
_MOVED = (  # after "has"
    r"(?:chang|evolv|develop|shift|unfold|progress|fluctuat|transform|vari|increas|decreas|declin"
    r"|worsen|improv|escalat|dropp|expand|deteriorat|advanc|mov)ed|grown|risen|fallen|shrunk|spread"
)
_MOVING = r"changing|evolving|developing|unfolding|progressing|shifting|growing"
_SUBJECT = r"(?: [^\s?!;]+){1,14}?"  # of one to fourteen words
_TRANSITIVE = r"(?! (?:the (?:way|world|lives|life|course|face|landscape)|how|people|our|us)\b)"
_GOES_ON = (  # after an intransitive verb; anything else is what was changed
    r"(?=\s*(?:$|[?.,!]|\b(?:over|between|from|since|during|after|before|in|through|throughout"
    r"|until|by|across|as|with|following|under|around|into|on|about|at|for)\b))"
)
_CHANGE = (
    pattern(rf"\bhow (?:has|have|had|[’']s)(?:{_SUBJECT}) (?:been )?(?:{_MOVED})\b{_TRANSITIVE}"),
    pattern(rf"\bhow (?:did|do|does)(?:{_SUBJECT}) (?:{_MOVE})\b{_GOES_ON}"),
    pattern(rf"\bhow (?:is|are|was|were)(?:{_SUBJECT}) (?:{_MOVING})\b{_GOES_ON}"),
    pattern(rf"\bwhat (?:has |have |had )?(?:changed|evolved|shifted)\b{_GOES_ON}"),
    pattern(rf"\b(?:has|have) (?:anything|something|things|much) (?:{_MOVED})\b"),
    pattern(r"\bover time\b(?! limit)"),
    pattern(r"\bhow\b[^?]{1,200} \bover the (?:years|months|weeks|decades|centuries)\b"),
    pattern(r"\b(?:time[\s-]?line|chronology|trajectory|(?:sequence|course) of events)\b"),
    pattern(
        r"\bwhat (?:has |have |had |ever )?(?:happened|became|become) (?:to|with|of)\b"
        r"(?! (?:be|do|have|interest)\b)(?!.{0,200}\b(?:when|if|while)\b)"
    ),
    pattern(r"\bwhat(?:[’']s| is| has been) (?:happening|become) (?:to|with|of)\b"),
    pattern(
        r"^\W*(?:please )?(?:trace|track|chart|retrace|outline|recount)"
        r" (?=(?:the|how|what|its|their|\w+[’']s)\b)"
    ),
    pattern(
        r"^\W*(?:(?:tell me|what is|give me|describe|summari[sz]e) )?(?:a |the )?(?:brief )?"
        r"history of\b"
    ),
    pattern(
        r"\bstep by step\b|\b(?:did|has|have) (?:the )?(?:events|things|story|situation) "
        r"(?:unfold|develop|evolve|change|progress)\w*"
    ),
    pattern(r"\bfrom (?:the )?(?:start|beginning|outset) to (?:the )?(?:end|finish|now|today)\b"),
)


def change(text: str) -> Iterator[Span]:
    """The words by which a question asks how something changed, or for what happened in order.

    >>> any(change("How has the force grown since June?")), any(change("How did it change us?"))
    (True, False)
    """
    return (Span(*match.span()) for words in _CHANGE for match in words.finditer(text))
