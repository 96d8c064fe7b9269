"""Which end of a story a question asks for: the words, told from their doubles by what is beside.

"Current" is also electric or a bank's, "first" counts things ("the first contingent") as well
as dating what is done ("when did they first arrive"), "now" stands in "now-defunct", and a
capital within the question makes a name of a word ("Apocalypse Now", "USA Today").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mssqa.types import Span
from mssqa.when.pattern import pattern

_LOOK_AROUND = 40  # characters on either side that are looked at
_NEVER = re.compile(r"(?!)")
_ALWAYS = re.compile("")


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that speak of time, and what beside them says that they do not."""

    words: re.Pattern[str]
    not_behind: re.Pattern[str]
    not_before: re.Pattern[str]
    only_before: re.Pattern[str]

    def spans(self, text: str) -> Iterator[Span]:
        for match in self.words.finditer(text):
            start, end = match.span()
            before, after = (
                text[max(0, start - _LOOK_AROUND) : start],
                text[end : end + _LOOK_AROUND],
            )
            if (
                not _is_name(match, text)
                and not self.not_behind.search(before)
                and not self.not_before.match(after)
                and self.only_before.match(after)
            ):
                yield Span(start, end)


def _cue(words: str, *, not_behind: str = "", not_before: str = "", only_before: str = "") -> _Cue:
    return _Cue(
        pattern(rf"(?<![\w’'-])(?:{words})(?![\w-])"),
        pattern(rf"(?:{not_behind}) ?$".replace(" ?", r"\s*")) if not_behind else _NEVER,
        pattern(rf"\s*(?:{not_before})(?!\w)") if not_before else _NEVER,
        pattern(rf"\s*(?:{only_before})") if only_before else _ALWAYS,
    )


_DETERMINER = r"\b(?:the|an?|this|that|its|his|her|their|our|my|your|whose|every|[\w.]+[’']s?)"
_ENDS = r"$|[?.,;!]|(?:in|by|for|on|from|of|under|at|with|about|since)\b"
_OFFICES = (
    r"(?:president|prime|minister|governor|mayor|senator|leader|chair\w*|government|head|member|mp"
    r"|champion)\b"
)
_HAPPENINGS = (  # that come again and again, so that the last of them is the newest
    r"(?:elections?|votes?|summit|meeting|report|update|count|census|review|statement|match|budget"
    r"|figures?|attack|visit|talks|hearing|session|poll|referendum|appearance)\b"
)
_REPORTS = (  # that tell of a thing, so that the first of them is early news of it
    r"(?:reports?|reported|figures?|estimates?|estimated|tolls?|statements?|versions?|account"
    r"|announce\w*|accounts|count|tally|known|recorded|mention\w*|sighting|signs?|news|published"
    r"|stages?|phase|reaction|response|plans?|draft|proposal|offer|verdict|assessment)\b"
)
_VERB = (
    r"\w{2,}ed|be|been|being|come|came|begin|began|begun|go|went|see|saw|seen|meet|met|make|made"
    r"|take|took|taken|appear|arrive|use|publish|report|hear|heard|say|said|tell|told|learn\w*"
    r"|know|known|become|became|write|wrote|written|give|gave|given|win|won|find|found|play|join"
    r"|propose|announce|mention|show|shown|hold|held|get|got|send|sent|speak|spoke|spoken|fly|flew"
    r"|fall|fell|build|built|sing|sang|sung|run|ran|put|set|enter|land|settle\w*|serve|visit|open"
    r"|release|move|start|form|develop|introduce|discover|record|perform|launch|reach|read|rise"
    r"|rose|sign|deploy|attack|charge|accuse|call|bring|brought|hit|strike|struck|break|broke"
    r"|leave|left|sell|sold|\w+(?:ize|ise|ify|ate)"
)
_COUNTED = (
    rf"^|{_DETERMINER}(?: very)?|\b(?:in|as|at|for|of|on|by|with|from|to|than|and|or|which|very"
    r"|come|came|finish\w*|rank\w*|place[ds]?|head|world|safety)"
)
_IN_CLAUSE = (  # "when he first came" says when something else was
    r"|\w,? (?:when|once|after|before|since|until|as)(?: \w+){1,4}"
)
_DONE = (  # "last" and "first" belong to what is done, not to a thing that is counted
    rf"(?:{_VERB})\b(?! (?:contingent|batch|group|round|season|edition)\b)"
)

_LATEST = (
    _cue(
        r"(?:the )?latest",
        not_behind=r"\bat the|\bat",
        not_before=r"tech|technolog\w+|fashions?|craze|fad|gadgets?|innovations?|equipment|models?"
        r"|iphone|smartphones?|software|generation|possible",
    ),
    _cue(r"(?:the )?most (?:recent|current|up[\s-]to[\s-]date)(?:ly)?|(?:the )?newest"),
    _cue(r"currently|presently|nowadays|lately|recently|up[\s-]to[\s-]date"),
    _cue(r"recent", not_behind=r"\bmore", not_before=r"history|origin|past"),
    _cue(
        r"current",
        not_behind=r"\b(?:electric(?:al)?|alternating|direct|ocean|water|air|rip|strong|an?|much"
        r"|induced|eddy|of)",
        not_before=r"accounts?|affairs|density|flow\w*|of|in|through|that|which|from|to|into|is|are"
        r"|was|at|and|or|across|source|transformer|carrying|passes|runs|when|if|with|does",
        only_before=r"[^\W\d_]",
    ),
    _cue(r"(?:as )?(?:things|matters|it|they) (?:now )?stands?", only_before=r"$|[,?]|now|today"),
    _cue(r"as of (?:now|today|yet|this moment)|as yet"),
    _cue(r"so far", not_before=r"as|away|from|north|south|east|west|apart|ahead|behind|back"),
    _cue(
        r"to date",
        not_behind=r"\b(?:up|used?|going|began|begins?|started|agreed?|methods?|wants?|asked)",
        only_before=_ENDS,
    ),
    _cue(r"at (?:the )?(?:present(?: time)?|moment)", not_before=r"of|when|that|he|she|they|it|in"),
    _cue(r"right now|just now|these days|(?:up )?(?:to|until) now|till now|by now|present[\s-]day"),
    _cue(r"incumbent|sitting", only_before=_OFFICES),
    _cue(r"(?:the )?last", only_before=_HAPPENINGS),
    _cue(r"(?:the )?last time|any (?:news|updates?)|updates? on"),
    _cue(r"what(?:[’']s| is) new", only_before=r"$|[?.,]|(?:in|with|about|on|at)\b"),
    _cue(r"(?:the )?state of play"),
    _cue(
        r"now",
        not_behind=rf"{_DETERMINER}|\bfrom|\bnow and|\beven",
        not_before=r"that|and then|defunct|-",
    ),
    _cue(
        r"still",
        not_behind=r"\b(?:st(?:and|ands|ood|anding)|s(?:it|its|at|itting)|h(?:old|eld|olding)"
        r"|k(?:eep|ept)|lie|lay|the|a|film)",
        not_before=r"life|waters?|images?|pictures?|photo\w*|frames?|cameras?|birth|air|another",
    ),
    _cue(r"last", not_behind=_COUNTED + _IN_CLAUSE, only_before=_DONE),
)
_TODAY = _cue(r"today(?:[’']s)?")
_YET = _cue(r"yet", only_before=r"$|[?.,!]")
_EARLIEST = (
    _cue(r"(?:the )?earliest", not_before=r"possible|convenience"),
    _cue(r"initially|originally|to begin with|for the first time|(?<=was\s)the first time"),
    _cue(r"in the beginning", only_before=_ENDS),
    _cue(r"at the (?:outset|very beginning|start)", not_before=r"of"),
    _cue(r"at first", not_before=r"glance|sight|hand|light|instance|base"),
    _cue(r"(?:the )?(?:very )?(?:first|original|initial)", only_before=_REPORTS),
    _cue(r"first", not_behind=_COUNTED + _IN_CLAUSE, only_before=_DONE),
)
_PERFECT = pattern(r"\b(?:has|have|is|are|hasn|haven|isn|aren)\b")
_PAST = pattern(
    r"\b(?:did|was|were|had|happened|said|died|came|went|took|won|lost)\b"
    r"|^\W*(?:who|what|which \w+) \w{2,}ed\b"
)


def latest(text: str) -> Iterator[Span]:
    """The words by which a question asks for the newest state of things.

    >>> text = "Who is now in charge of the now-defunct firm?"
    >>> [text[slice(*span)] for span in latest(text)]
    ['now']
    """
    for cue in _LATEST:
        yield from cue.spans(text)
    if not looks_back(text):
        yield from _TODAY.spans(text)
    if _PERFECT.search(text):
        yield from _YET.spans(text)


def earliest(text: str) -> Iterator[Span]:
    """The words by which a question asks for how things began.

    >>> list(earliest("When did the first contingent leave?"))
    []
    >>> list(earliest("When did the contingent first leave?"))
    [Span(start=24, end=29)]
    """
    for cue in _EARLIEST:
        yield from cue.spans(text)


def looks_back(text: str) -> bool:
    """Whether a question is of the past: then "today" is a day, and not the present."""
    return _PAST.search(text) is not None


def _is_name(match: re.Match[str], text: str) -> bool:
    """Whether a capital within a text that is not all in capitals makes a name of it."""
    is_first = not text[: match.start()].strip(" \"“'¿¡(")
    is_shouted = text.isupper() or text.istitle()
    return match.group()[:1].isupper() and not is_first and not is_shouted
