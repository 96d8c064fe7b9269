"""What a text speaks of: its noun phrases, each with what a pronoun must agree with.

Phrases are found by parts of speech, which a parser gets right more often than who hangs on whom.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mssqa.ask.nouns import NOUNS, Sort, each_of, is_plural, sort_of
from mssqa.grammar import Parse
from mssqa.types import Span

MAX_CHARACTERS = 120  # of a phrase that another may be replaced with

_LABELS: dict[str, Sort | None] = {
    "PERSON": Sort.PERSON,
    **dict.fromkeys(("GPE", "LOC", "FAC"), Sort.PLACE),
    **dict.fromkeys(("ORG", "NORP"), Sort.GROUP),
    **dict.fromkeys(("DATE", "TIME"), Sort.TIME),
    **dict.fromkeys(("MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"), None),
}
_INSIDE = frozenset({*NOUNS, "DET", "ADJ", "NUM", "PART"})
_ROLES = {  # how much a phrase stands out in its sentence
    **dict.fromkeys(("nsubj", "nsubjpass", "ROOT"), 0.6),
    **dict.fromkeys(("dobj", "attr"), 0.4),
    "pobj": 0.2,
}
_ASKED = 0.1  # what a question asks for stands behind what it asks about
_LISTED = 0.5  # of its weight is left to one of several
_WHICH = frozenset({"for", "in", "on", "with", "against", "between", "at", "to"})
_HOLLOW = frozenset({"name", "number", "amount", "kind", "type", "sort", "lot", "title", "date"})
_ASKING = frozenset({"which", "what", "whose", "many", "much"})
_WHERE = frozenset({"in", "at", "near", "to", "from", "inside"})
_GENDERS = {
    **dict.fromkeys(
        each_of("man king prince father son husband brother chairman boy mr. mr"), "he"
    ),
    **dict.fromkeys(
        each_of("woman queen princess mother daughter wife sister chairwoman girl mrs. mrs ms. ms"),
        "she",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A noun phrase of a text."""

    span: Span  # in characters of the text
    text: str  # without what asks: of "how many towns", "towns"
    head: str  # lemma of its main noun
    nouns: frozenset[str]  # lemmas of all of them
    sort: Sort
    sure: bool  # whether a noun tells the sort; else a name's look
    plural: bool
    named: bool  # holds a proper name
    weight: float  # how much it stands out; 0 to 1 within one text
    asked: bool = False  # whether it is asked for: "which town"
    within: bool = False  # whether it stands after "in" or "at"
    gender: str | None = None  # "he" or "she", where something tells


def mentions(parse: Parse) -> tuple[Mention, ...]:
    """The noun phrases of a text but for bare amounts, in order; coordinate ones also as one."""
    found = [m for run in _runs(parse) if (m := _mention(parse, run)) is not None]
    found = _with_of(parse, found)
    lists = list(_lists(parse, found))
    single = [replace(m, weight=_LISTED * m.weight) if _is_in(m, lists) else m for m in found]
    every = sorted((*single, *lists), key=lambda m: (m.span.start, -m.span.end))
    return tuple(m for m in every if len(m.text) <= MAX_CHARACTERS)


def _runs(parse: Parse) -> Iterator[range]:
    """Stretches of determiner, adjectives, figures and nouns that end with a noun.

    A date is a stretch of its own.
    """
    dated = {n for name in parse.names if name.label == "DATE" for n in parse.within(name.span)}
    begin = 0
    for n in range(len(parse.tokens) + 1):
        ends = n == len(parse.tokens) or not _is_inside(parse, n)
        opens = not ends and (parse.tokens[n].tag == "DET" or (n in dated) != (n - 1 in dated))
        if ends or opens:
            nouns = [m for m in range(begin, n) if parse.tokens[m].tag in NOUNS]
            if nouns:
                yield range(begin, nouns[-1] + 1)
            begin = n + ends


def _is_inside(parse: Parse, index: int) -> bool:
    token = parse.tokens[index]
    word = token.tag in _INSIDE and token.lemma not in {"to", "not"}
    return word or _is_hyphen(parse, index)


def _is_hyphen(parse: Parse, index: int) -> bool:
    """Whether it joins two words: "US-Kenya"."""
    token = parse.tokens[index]
    return (
        parse.word(index) in {"-", "–"}
        and token.end < len(parse.text)
        and (
            token.start > 0
            and not parse.text[token.start - 1].isspace()
            and not parse.text[token.end].isspace()
        )
    )


def _mention(parse: Parse, run: range) -> Mention | None:
    head = _head(parse, run)
    sort, sure = _sort(parse, run, head)
    if sort is None:
        return None
    asking = [n for n in run if parse.tokens[n].lemma in _ASKING]
    first = asking[-1] + 1 if asking else run.start
    span = _with_dates(parse, Span(parse.tokens[first].start, parse.tokens[run[-1]].end))
    return Mention(
        span=span,
        text=parse.text[slice(*span)],
        head=parse.tokens[head].lemma,
        nouns=frozenset(parse.tokens[n].lemma for n in run if parse.tokens[n].tag in NOUNS),
        sort=sort,
        sure=sure,
        plural=is_plural(parse, head),
        named=any(parse.tokens[n].tag == "PROPN" for n in run),
        weight=_ASKED if asking else max(_weight(parse, n) for n in run),
        asked=bool(asking),
        within=_stands_after(parse, run.start, _WHERE),
        gender=next((g for n in run if (g := _GENDERS.get(parse.tokens[n].lemma))), None),
    )


def _weight(parse: Parse, index: int) -> float:
    """By its role; nothing within another phrase, as in "the plan for Haiti"."""
    token = parse.tokens[index]
    adverbial = token.role == "pobj" and parse.tokens[parse.tokens[token.head].head].tag in NOUNS
    return 0.0 if adverbial else _ROLES.get(token.role, 0.0)


def _stands_after(parse: Parse, index: int, words: Collection[str]) -> bool:
    return index > 0 and parse.tokens[index - 1].lemma in words


def _head(parse: Parse, run: range) -> int:
    """Its last noun, but of "the ferry Corvina" the ferry."""
    common = [n for n in run if parse.tokens[n].tag == "NOUN"]
    return common[-1] if common else run[-1]


def _sort(parse: Parse, run: range, head: int) -> tuple[Sort | None, bool]:
    """The sort of its noun, of the noun that explains it, or else as its name is labelled."""
    explained = [
        n for m in run for n in parse.children(m) if parse.tokens[n].role == "appos" and n > run[-1]
    ]
    for noun in (head, *explained):
        if (sort := sort_of(parse.tokens[noun].lemma)) is not Sort.THING:
            return sort, True
    labels = [name.label for name in parse.names if head in parse.within(name.span)]
    if labels and labels[0] in _LABELS:
        return _LABELS[labels[0]], _LABELS[labels[0]] is Sort.TIME
    return Sort.THING, parse.tokens[head].tag == "NOUN"


def _with_dates(parse: Parse, span: Span) -> Span:
    """The whole date of which a phrase is a part: of "May", "3 May 2031"."""
    for name in parse.names:
        if name.label == "DATE" and name.span.start < span.end and span.start < name.span.end:
            return Span(min(span.start, name.span.start), max(span.end, name.span.end))
    return span


def _with_of(parse: Parse, found: Sequence[Mention]) -> list[Mention]:
    """The phrases, each with the "of …" that follows it: "the mayor of Brill"."""
    joined: list[Mention] = []
    for mention in reversed(found):
        of = _belongs(parse, mention, joined[-1]) if joined else False
        if of and mention.head in _HOLLOW:
            continue
        if of:
            joined.append(_both(parse, mention, joined[-1], plural=mention.plural))
        else:
            joined.append(mention)
    return joined[::-1]


def _lists(parse: Parse, found: Sequence[Mention]) -> Iterator[Mention]:
    """Two neighbours with "and" between them, as one that is plural."""
    for first, second in pairwise(found):
        if _between(parse, first, second) in {"and", "&"}:
            yield _both(parse, first, second, plural=True)


def _belongs(parse: Parse, first: Mention, second: Mention) -> bool:
    """Whether the second says which the first is: "the mayor of Brill", "the plan for Haiti"."""
    between = _between(parse, first, second)
    if between == "of":
        return True
    inside = set(parse.within(first.span))
    preposition = (parse.tokens[n] for n in parse.within(Span(first.span.end, second.span.start)))
    return between in _WHICH and not first.named and any(t.head in inside for t in preposition)


def _is_in(mention: Mention, lists: Sequence[Mention]) -> bool:
    return any(m.span.start <= mention.span.start and mention.span.end <= m.span.end for m in lists)


def _between(parse: Parse, first: Mention, second: Mention) -> str:
    return parse.text[first.span.end : second.span.start].strip().lower()


def _both(parse: Parse, first: Mention, second: Mention, *, plural: bool) -> Mention:
    return replace(
        first,
        span=Span(first.span.start, second.span.end),
        text=parse.text[first.span.start : second.span.end],
        plural=plural,
        named=first.named or second.named,
        weight=max(first.weight, second.weight),
    )
