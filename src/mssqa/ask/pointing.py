"""Words that point back ("she", "it", "there", "that court") and what they mean in a scene."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mssqa.ask.agreement import fit, may_mean
from mssqa.ask.mentions import Mention, mentions
from mssqa.ask.nouns import NOUNS, Sort, each_of, is_plural, sort_of
from mssqa.ask.scene import DETERMINERS, Scene, bare
from mssqa.grammar import Parse
from mssqa.types import Span

_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs"), "they"),
    "those": "they",
    "there": "there",
    "then": "then",
}
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_EVENT = frozenset({"this", "that", "these"})
_FREE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr"})
_GENERAL = each_of(
    "country nation city town village company organisation organization agency group man woman "
    "politician person place"
)
_SUBJECT = 0.6  # the weight of a mention that is its sentence's subject
_WEATHER = frozenset({"rain", "snow", "freeze", "hail"})
_CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "advcl", "acl"})


_Sought = Callable[[Parse, int, Scene], Mention | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A stretch of a question that points back, and to what, if that is known."""

    span: Span
    mention: Mention | None
    wording: str  # what to write in its place
    pronoun: bool  # else a phrase like "the court", which may need no explaining


def pointers(parse: Parse, scene: Scene) -> tuple[Pointer, ...]:
    """The words of a text that point back into a scene, in order; no two kinds mean the same."""
    fuller = list(_definites(parse, scene, _fuller))
    left = _without(scene, fuller)
    pronouns = list(_pronouns(parse, left, mentions(parse)))
    taken = {pointer.span for pointer in fuller if pointer.mention is not None}
    others = _definites(parse, _without(left, pronouns), _of_its_sort)
    found = (
        *(pointer for pointer in fuller if pointer.span in taken),
        *pronouns,
        *(pointer for pointer in others if pointer.span not in taken),
    )
    return tuple(sorted(found, key=lambda pointer: pointer.span))


def _without(scene: Scene, found: Sequence[Pointer]) -> Scene:
    meant = {pointer.mention.text for pointer in found if pointer.mention is not None}
    return Scene(mentions=tuple(m for m in scene.mentions if m.text not in meant))


def written_out(parse: Parse, found: Sequence[Pointer]) -> str:
    """The text with what its pointers mean in their place."""
    text = parse.text
    for pointer in reversed(found):
        if pointer.mention is not None:
            wording = pointer.wording
            if pointer.span.start == 0:
                wording = f"{wording[:1].upper()}{wording[1:]}"
            text = f"{text[: pointer.span.start]}{wording}{text[pointer.span.end :]}"
    return text


def events(parse: Parse) -> tuple[Span, ...]:
    """The words that point back to what happened: a "this" or "that" without a noun."""
    return tuple(
        Span(token.start, token.end)
        for n, token in enumerate(parse.tokens)
        if parse.word(n).lower() in _EVENT
        and token.tag == "PRON"
        and token.role in _FREE
        and parse.tokens[_clause(parse, n)].role != "relcl"
    )


def has_name(parse: Parse) -> bool:
    """Whether a text names something: a proper name by its grammar or by its capital letter."""
    return any(
        token.tag == "PROPN" or (n > 0 and parse.word(n)[0].isupper() and parse.word(n) != "I")
        for n, token in enumerate(parse.tokens)
    )


def _pronouns(parse: Parse, scene: Scene, own: Sequence[Mention]) -> Iterator[Pointer]:
    met: set[str] = set()
    for n, token in enumerate(parse.tokens):
        family = _PRONOUNS.get(parse.word(n).lower())
        if family is None or family in met or _is_idle(parse, n, family):
            continue
        met.add(family)
        if _is_bound(parse, n, family, own):
            continue
        mention = scene.best(partial(fit, family))
        yield Pointer(
            span=Span(token.start, token.end),
            mention=mention and _as_meant(mention, family),
            wording="" if mention is None else _wording(parse, n, family, mention),
            pronoun=True,
        )


def _as_meant(mention: Mention, family: str) -> Mention:
    return replace(mention, gender=family) if family in {"he", "she"} else mention


def _wording(parse: Parse, index: int, family: str, mention: Mention) -> str:
    text = definite(mention)
    before = parse.tokens[index - 1].tag if index else ""
    if family in {"there", "then"} and before != "ADP":
        return f"in {text}"
    possessive = parse.word(index).lower() in _POSSESSIVE and parse.tokens[index].role == "poss"
    if possessive:
        return f"{text}'" if text.endswith("s") else f"{text}'s"
    return text


def definite(mention: Mention) -> str:
    """A mention as known to all: "a plan", "any plan" and "plan" are "the plan"."""
    first, _, rest = mention.text.partition(" ")
    if first.lower() in DETERMINERS and rest:
        return f"the {rest}"
    if mention.named:
        return mention.text
    opens = mention.span.start == 0  # its capital is the sentence's: "Forty boats sank"
    return f"the {mention.text[:1].lower() if opens else mention.text[:1]}{mention.text[1:]}"


def _is_idle(parse: Parse, index: int, family: str) -> bool:
    """Whether it points at nothing: "is it true that", "is there"."""
    token = parse.tokens[index]
    verb = parse.tokens[token.head]
    if token.role in {"expl", "det"}:
        return True
    if family == "then":
        return index == 0 or parse.tokens[index - 1].tag == "CCONJ"
    if family == "there":
        return token.role != "advmod" and parse.tokens[index - 1].tag != "ADP"
    below = [parse.tokens[n] for n in parse.children(token.head)]
    clause = any(t.role in _CLAUSES for t in below)
    empty = verb.lemma in {"be", "take", "seem", "appear"} and clause
    return family == "it" and (verb.lemma in _WEATHER or empty)


def _is_bound(parse: Parse, index: int, family: str, own: Sequence[Mention]) -> bool:
    """Whether the text itself names what is meant: before the pronoun, or as its subject.

    A pronoun that is no possessive never means a phrase of its own clause.
    """
    token = parse.tokens[index]
    possessive = token.role == "poss"
    near = [m for m in own if may_mean(family, m, possessive=possessive)]
    if possessive:
        return any(m.span.end <= token.start or (m.named and m.weight >= _SUBJECT) for m in near)
    before = [parse.within(m.span)[-1] for m in near if m.span.end <= token.start]
    return any(_clause(parse, n) != _clause(parse, index) for n in before)


def _clause(parse: Parse, index: int) -> int:
    """The verb whose clause a token stands in, or the root."""
    for _ in parse.tokens:
        head = parse.tokens[index].head
        if parse.tokens[index].tag in {"VERB", "AUX"} or head == index:
            break
        index = head
    return index


def _definites(parse: Parse, scene: Scene, sought: _Sought) -> Iterator[Pointer]:
    """Phrases of "the" or "that" and one common noun, which do not say what they mean."""
    for n, token in enumerate(parse.tokens[:-1]):
        noun = parse.tokens[n + 1]
        if parse.word(n).lower() not in _POINTING or noun.tag != "NOUN" or _goes_on(parse, n + 1):
            continue
        mention = sought(parse, n + 1, scene)
        yield Pointer(
            span=Span(token.start, noun.end),
            mention=mention,
            wording="" if mention is None else definite(mention),
            pronoun=False,
        )


def _goes_on(parse: Parse, noun: int) -> bool:
    """Whether more follows that says which: "the mayor of Brill", "the man who left"."""
    after = parse.tokens[noun + 1] if noun + 1 < len(parse.tokens) else None
    if after is not None and (after.tag in NOUNS or after.lemma == "of"):
        return True
    below = (parse.tokens[n].role for n in parse.children(noun) if n > noun)
    return any(role in {"prep", "relcl", "acl", "appos"} for role in below)


def _fuller(parse: Parse, noun: int, scene: Scene) -> Mention | None:
    """The mention that has the same noun and says more; for a question with names, a name."""
    lemma, plural, named = parse.tokens[noun].lemma, is_plural(parse, noun), has_name(parse)

    def fits(mention: Mention) -> float | None:
        titled = mention.sort is Sort.PERSON and lemma in mention.nouns
        if not (mention.head == lemma or titled) or mention.plural != plural:
            return None
        says_more = len(bare(mention.text)) > 1 and (mention.named or not named)
        return 0.0 if says_more else None

    return scene.best(fits)


def _of_its_sort(parse: Parse, noun: int, scene: Scene) -> Mention | None:
    """The mention of the sort that "that court" or "the company" names."""
    lemma = parse.tokens[noun].lemma
    sort, plural = sort_of(lemma), is_plural(parse, noun)
    if parse.word(noun - 1).lower() == "the" and lemma not in _GENERAL:
        return None

    def fits(mention: Mention) -> float | None:
        alike = (mention.sort, mention.plural) == (sort, plural)
        return 0.0 if alike and not mention.asked else None

    return scene.best(fits) if sort is not Sort.THING else None
