"""The nouns of time in a text, judged by their neighbours, with the parts named of them.

"2024", "March", "May" and "Sunday" are also a number, a walk, a person and a newspaper:
such a word counts after a word of time ("in", "since", "late") or joined to one that counts.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, pairwise

from mssqa.types import Interval, Span
from mssqa.when.absolute import absolute_terms
from mssqa.when.pattern import pattern
from mssqa.when.periods import Part, part_of
from mssqa.when.relative import NUMBERS, relative_terms
from mssqa.when.term import EveryYear, Seen, Term, Word, english_months

_LOOK_BACK = 60  # characters in front of a term that may say what part or bound is meant

_PREPOSITION = (
    r"in|on|since|until|till|’?til|before|after|by|from|between|through|throughout|during|as of"
    r"|as at|for|prior to|following|than|compared (?:to|with)|back to|later than|versus"
    r"|ahead of|vs\.?|of late|circa|dated|en|em|mwaka|mwaka wa|mwezi wa|depuis|desde|tangu"
    r"|hasta|até|hadi|jusqu[’']en|avant|après|antes de|después de|depois de|entre|kati ya"
    r"|année|año|ano|kabla ya|baada ya|jusqu[’']à|starting|beginning|effective|ending|ended"
)
_VAGUE = r"(?:(?:about|around|roughly|approximately|at least|only|just) )?"
_TOLD_TIME = pattern(
    rf"(?:\b(?:{_PREPOSITION}) {_VAGUE}(?:the )?(?:years? |month of )?|\byears? "
    r"|\b(?:as|so) (?:early|late|recently|far back) as (?:in )?"
    r"|\b(?:early|mid|middle|late)(?: (?:in |on )?|[-–])"
    r"|\b(?:start|beginning|middle|end|close|rest|half|quarter|course|most|all|outset|whole|days?"
    r"|weeks?|months?) of )$",
)
_NAMES_AN_EVENT = pattern(
    r"\b(?:in|on|for|from|than|with|to|between|of|at|as|by) the $"
)  # "in the 2018 film" does not say that it was in 2018; "after the 2022 coup" tells the time
_RISEN = pattern(r"\b(?:increas|rais|ros|rise|fell|fall|drop|cut|reduc|grew|grow|up|down)\w* by $")
_JOINED = pattern(
    r"\s*(?:,|,?\s*\b(?:and|or|to|until|till|through|et|y|ou|o|e|na|à|a|al)\b|[-–—])\s*(?:in )?"
)
_OPENS_CLAUSE = pattern(r"(?:^|[.;:!?\n]\s*|\bthat |\band )[\"“]?$")
_SAYS_OF_YEAR = pattern(r" (?:was|saw|has|had|is|will|would|marked|brought|became)\b")
_NO_DAY = pattern(
    r"\b(?:every|each|most|some|a|an|any|one|per|another|black|good|super|ash|bloody|palm|easter"
    r"|cyber|giving|holy|maundy|shrove|fat|sheffield|whit|man|ruby|casual|gloomy) $"
)
_NEWSPAPER = re.compile(r"\b(?:Mail|Scotland|Independent|Star|Express|Nation) on $")
_NAME_GOES_ON = re.compile(r"\s+[A-Z][a-z]+")
_DAY_PREPOSITION = pattern(
    r"\b(?:on|last|this|next|by|until|since|from|early|late|before|after|of|and|to) $"
)
_PERSON_MONTHS = frozenset({"april", "may", "june", "august", "jan"})
_OWNS = re.compile(r"\s+[A-Z][\w-]+[’']s?\s+(?:(?:[\w-]+\s+)?[\w-]+\s*,|[\w-]+\s*\?)")
_AGENT = pattern(r"\b(?:by|from|after|for|before|than|following) $")
_NAMED_BY_YEAR = pattern(r"\b(?:fiscal|fy|financial|class of|agenda|vision) (?:years? )?$")
_FOREIGN = pattern(
    r"\b(?:en|em|depuis|desde|tangu|hasta|até|hadi|jusqu[’']en|avant|après|antes de"
    r"|después de|depois de|entre|mwezi wa|mwezi|im|seit) $"
)
_TOLD_MONTH = pattern(
    r"\b(?:in|since|until|till|by|before|after|during|from|early|late|mid|between|of)[\s-]+$"
)
_FIGURES_GO_ON = pattern(r"\.?,? \d{3,4}(?![\d,])")  # of a year that is not read
_VERB_GOES_ON = pattern(r" (?:be|have|not|on|against|for|to)\b")
_PART_OF_THE = pattern(
    r"\b(?:end|start|beginning|middle|rest|half|quarter|course|remainder|later|earlier) (?:of|in) $"
)
_STEPS = {"last": -1, "this": 0, "next": 1}

_THE = r"(?:the )?"
_SOME = r"(?:days|weeks|months)"
_PARTS: tuple[tuple[re.Pattern[str], Part], ...] = tuple(
    (pattern(rf"(?:\bthe )?(?:very )?\b(?:{words}){_THE}$"), part)
    for words, part in (
        (rf"early(?:[\s-]+(?:(?:part|{_SOME}) of )?(?:in |on )?)", Part.EARLY),
        (r"(?:mid|middle)[\s–-]+(?:of )?", Part.MIDDLE),
        (r"late[\s-]+(?:in |on )?|(?:later|latter) part of ", Part.LATE),
        (rf"(?:start|beginning|outset|(?:opening|first)(?: few)? {_SOME}) of ", Part.START),
        (rf"(?:end|close|(?:last|final)(?: few)? {_SOME}) of ", Part.END),
        (r"(?:first|1st)[\s-]half (?:of )?", Part.FIRST_HALF),
        (r"(?:second|last|latter|2nd)[\s-]half (?:of )?", Part.SECOND_HALF),
        (r"(?:first|1st|opening)[\s-]quarter (?:of )?", Part.FIRST_QUARTER),
        (r"(?:second|2nd)[\s-]quarter (?:of )?", Part.SECOND_QUARTER),
        (r"(?:third|3rd)[\s-]quarter (?:of )?", Part.THIRD_QUARTER),
        (r"(?:fourth|last|final|4th)[\s-]quarter (?:of )?", Part.END),
        (r"year |(?:month|course|all|whole|most|much) of ", Part.WHOLE),
    )
)
_OTHER_YEAR = pattern(
    r",? (?:of |in )?(?:(?P<which>last|this|next|the (?:same|following|previous|next)|that)"
    r" year|(?P<ago>one|two|three|four|five|a|\d\d?) years? ago)\b",
)


def find_terms(text: str) -> tuple[Term, ...]:
    """The nouns of time of a text, in order and without overlap, widened by the part they name.

    >>> [text[slice(*term.span)] for text in ["In late 2024 some 2024 officers marched."]
    ...     for term in find_terms(text)]
    ['late 2024']
    """
    terms = tuple(_longest(chain(absolute_terms(text), relative_terms(text))))
    sure = [_judged(term, text) for term in terms]
    _spread(sure, terms, text)
    kept = [term for term, is_sure in zip(terms, sure, strict=True) if is_sure]
    return tuple(widened for term in kept if (widened := _widened(term, text, kept)) is not None)


def _longest(terms: Iterable[Term]) -> Iterator[Term]:
    """Of terms that overlap, the one that begins first; of those, the longest."""
    end = 0
    for term in sorted(terms, key=lambda term: (term.span.start, -term.span.end)):
        if term.span.start >= end:
            end = term.span.end
            yield term


def _judged(term: Term, text: str) -> bool | None:
    """Whether a term is one of time; None where only its neighbours can tell."""
    before = text[max(0, term.span.start - _LOOK_BACK) : term.span.start]
    match term.word:
        case Word.YEAR:
            return _is_year(term, text, before)
        case Word.MONTH:
            return _is_month(term, text, before)
        case Word.WEEKDAY:
            return _is_weekday(term, text, before)
        case Word.UNIT:
            return bool(_PART_OF_THE.search(before))
        case Word.SEASON | Word.QUARTER:
            return not _is_first_name(term, text) and (bool(_TOLD_TIME.search(before)) or None)
        case Word.SURE:
            return True


def _is_year(term: Term, text: str, before: str) -> bool | None:
    if any(other.search(before) for other in (_NAMED_BY_YEAR, _RISEN, _NAMES_AN_EVENT)):
        return False
    told = _TOLD_TIME.search(before)
    after = text[term.span.end : term.span.end + 12]
    if told or (before.endswith("(") and after.startswith(")")) or "s" in text[slice(*term.span)]:
        return True
    return bool(_OPENS_CLAUSE.search(before) and _SAYS_OF_YEAR.match(after)) or None


def _is_month(term: Term, text: str, before: str) -> bool | None:
    name = text[slice(*term.span)]
    if _FIGURES_GO_ON.match(text, term.span.end):
        return False
    is_english = name.lower() in english_months()
    if _AGENT.search(before) and name.lower() in _PERSON_MONTHS and _is_named_on(term, text):
        return False
    if not is_english:
        return bool(_FOREIGN.search(before))
    if name.lower() in {"may", "march"} and name[0].islower():
        return bool(_TOLD_MONTH.search(before)) and not _VERB_GOES_ON.match(text, term.span.end)
    shouted = name.isupper() and len(name) > 3 and not text.isupper()
    if shouted or (name.lower() in _PERSON_MONTHS and _is_first_name(term, text)):
        return False
    return bool(_TOLD_TIME.search(before)) or None


def _is_first_name(term: Term, text: str) -> bool:
    """Whether a name follows that owns what ends the phrase: "in June Osei's opinion,"."""
    return text[term.span.start].isupper() and bool(_OWNS.match(text, term.span.end))


def _is_weekday(term: Term, text: str, before: str) -> bool:
    if _NO_DAY.search(before) or _NEWSPAPER.search(before):
        return False
    return bool(_DAY_PREPOSITION.search(before)) or not _is_named_on(term, text)


def _is_named_on(term: Term, text: str) -> bool:
    return bool(_NAME_GOES_ON.match(text, term.span.end))


def _spread(sure: list[bool | None], terms: tuple[Term, ...], text: str) -> None:
    """Let a term that counts vouch for the undecided ones joined to it."""
    pairs = list(pairwise(range(len(terms))))
    for one, other in [*pairs, *((right, left) for left, right in reversed(pairs))]:
        left, right = sorted((one, other))
        gap = text[terms[left].span.end : terms[right].span.start]
        if sure[one] and sure[other] is None and len(gap) < 20 and _JOINED.fullmatch(gap):
            sure[other] = True


def _widened(term: Term, text: str, all_terms: list[Term]) -> Term | None:
    """The term with "last year" behind it and "the end of" in front of it taken in."""
    year = _OTHER_YEAR.match(text, term.span.end)
    if year and isinstance(term.days, EveryYear):
        days = _of_other_year(term.days, year)
        if days is None:
            return None
        term = Term(span=Span(term.span.start, year.end()), days=days)
    if term.word is Word.UNIT and any(
        isinstance(other.days, Interval) and other.span < term.span for other in all_terms
    ):
        return None
    return _with_part(term, text)


def _of_other_year(days: EveryYear, year: re.Match[str]) -> Seen | None:
    """Of "in June last year"; None of "in June of that year"."""
    if year["ago"]:
        step = -NUMBERS[year["ago"].lower()][0] if year["ago"].isalpha() else -int(year["ago"])
    elif (which := year["which"].lower()) in _STEPS:
        step = _STEPS[which]
    else:
        return None
    return Seen(lambda today, _: days.of(today.year + step))


def _with_part(term: Term, text: str) -> Term:
    before_start = max(0, term.span.start - _LOOK_BACK)
    before = text[before_start : term.span.start]
    for named, part in _PARTS:
        if found := named.search(before):
            span = Span(before_start + found.start(), term.span.end)
            return term.changed(partial(part_of, part=part), span)
    return term
