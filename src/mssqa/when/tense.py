"""Whether a phrase of time in a sentence points ahead: "will meet on Tuesday"."""

from collections.abc import Iterator

from mssqa.types import Span
from mssqa.when.pattern import pattern

_ADVERB = r"(?: (?:not|also|then|likely|only|now|\w+ly))?"
_VERB = r"(?: (?:be|have))?(?: \w+)?"
_PLANNED = "going|set|due|expected|scheduled|slated|planned|about|poised|likely|to"
_FUTURE = pattern(
    rf"(?:\b(?:will|shall|won[’']t)|[’']ll){_ADVERB}{_VERB}"
    rf"|(?:\b(?:is|are|was|were)|[’'](?:s|re)) (?:{_PLANNED})(?: (?:to|for|in|on))?{_VERB}"
    r"|\b(?:due|scheduled|slated|expected) (?:to|for|in|on|by)\b(?: be)?(?: \w+)?"
    r"|\b(?:plans?|planned|planning|hopes?|hoping|aims?|intends?|intended|expects?) to(?: be)? \w+"
    r"|\b(?:must|should|deadline|upcoming|forthcoming)\b(?: be)?(?: \w+)?"
    r"|\b(?:begins|starts|opens|runs|kicks off|takes place|premieres|airs|(?:is|are) coming)\b"
    r"|\bset (?:\w+ ){1,2}for\b|\bto be \w+|\bnext \w+"
)
_PAST = pattern(
    r"\b(?:\w{2,}ed|was|were|had|did|said|told|took|came|went|made|met|won|lost|held|gave|got|began"
    r"|left|sent|saw|put|led|found|brought|became|fell|rose|grew|ran|spoke|wrote|sat|stood|paid"
    r"|cut|hit|shot|struck|fought|broke|drew|flew|knew|kept|sold|bought|built|set|quit|swore)\b"
)
_REACH = 160  # characters on either side in which the verb is looked for


def looks_ahead(text: str, span: Span) -> bool:
    """Whether the nearest verb in front of a phrase, or else behind it, is of the future.

    >>> text = "He said on Monday that they will meet on Tuesday."
    >>> looks_ahead(text, Span(8, 17)), looks_ahead(text, Span(38, 48))
    (False, True)
    """
    before = list(_verbs(text[max(0, span.start - _REACH) : span.start]))
    after = list(_verbs(text[span.end : span.end + _REACH]))
    if before:
        return before[-1]
    return after[0] if after else False


def _verbs(text: str) -> Iterator[bool]:
    """For each verb in order, whether it is of the future."""
    future = [match.span() for match in _FUTURE.finditer(text)]
    past = [
        match.span()
        for match in _PAST.finditer(text)
        if not any(start <= match.start() < end for start, end in future)
    ]
    yield from (span in future for span in sorted([*future, *past]))
