"""What grammar tells of a value in its sentence: the verb over it, what it counts, who acts."""

from collections.abc import Iterator
from itertools import takewhile

from mssqa.compose.acts import CHANGES, MODALS, acts_of, is_plan
from mssqa.compose.asked import words_of
from mssqa.compose.values import governed_from
from mssqa.grammar import Parse
from mssqa.text import fold

_NOUNS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "csubj"})
_BELOW_A_NUMBER = frozenset({"nummod", "quantmod", "compound", "amod", "npadvmod"})
_COMPLETES = frozenset({"xcomp", "ccomp", "pcomp", "prep", "acl"})
_ADDS = frozenset({"another", "further", "additional", "extra", "other", "more", "new"})
_LOTS = "first second third fourth fifth sixth seventh eighth ninth tenth last next initial"
_ORDINALS = frozenset(_LOTS.split())
_WHOLES = frozenset({"them", "they", "whom", "which", "dead", "victim", "those"})
_TAKES_FROM = frozenset({"include", "including", "among", "them", "whom", "which"})
_SAYS = """
    say tell report announce state add claim note explain insist put estimate declare warn
"""
_SPEAKING = frozenset(_SAYS.split())
_AMOUNT_TO = frozenset({"make", "account", "constitute", "represent", "comprise", "form", "earn"})
_SOME_PEOPLE = """
    child woman girl boy minor infant baby pupil foreigner tourist kid student passenger teenager
    firefighter policeman officer soldier journalist doctor nurse civilian fighter miner adult
    youth pensioner graduate immigrant migrant refugee crew crewman member farmer smoker visitor
    prisoner teacher household family driver player spectator parent mother father widow orphan
"""
GROUPS = frozenset(_SOME_PEOPLE.split())  # of people, by whom they are told from others
_TAKES_OR_ADDS = frozenset({"shed", "gain", "add", "axe", "trim", "slash"})
_WHERE = frozenset({"in", "at", "from", "across", "near", "of"})
_NEAR = 3  # steps down from a verb, within its clause


def _upwards(parse: Parse, index: int) -> Iterator[int]:
    """A token and what it hangs on, up to the root."""
    seen: set[int] = set()
    while index not in seen:
        seen.add(index)
        yield index
        index = parse.tokens[index].head


def verb_over(parse: Parse, focus: int | None) -> int | None:
    """The nearest verb over a token."""
    if focus is None:
        return None
    return next((n for n in _upwards(parse, focus) if parse.tokens[n].tag in {"VERB", "AUX"}), None)


def noun_counted(parse: Parse, focus: int | None) -> str | None:
    """The noun that a number stands with."""
    if focus is None:
        return None
    for n in _upwards(parse, focus):
        token = parse.tokens[n]
        if n > focus and token.tag in _NOUNS:
            return token.lemma
        if token.role not in _BELOW_A_NUMBER:
            return None
    return None


def governing(parse: Parse, focus: int | None, verb: int | None) -> Iterator[str]:
    """The nouns and the verb over a value; if those name no act, also what the verb is said of."""
    if focus is None:
        return
    near = []
    for n in _upwards(parse, focus):
        near.append(n)
        near += [c for c in parse.children(n) if parse.tokens[c].role in {"acl", "relcl", "amod"}]
        if n == verb:
            break
    lemmas = [parse.tokens[n].lemma for n in near if n != focus]
    if not acts_of(lemmas) and verb is not None:
        around = (c for c in parse.subtree(verb) if parse.tokens[c].tag in {"NOUN", "VERB", "ADJ"})
        lemmas += [parse.tokens[n].lemma for n in around if _is_near(parse, n, verb)]
    yield from lemmas


def _is_near(parse: Parse, index: int, verb: int) -> bool:
    """Whether no other clause stands between a token and its verb."""
    path = list(_upwards(parse, index))
    return verb in path and len(path[: path.index(verb)]) <= _NEAR


def is_planned(parse: Parse, focus: int | None, verb: int | None) -> bool:
    """Whether a value is only intended, promised or allowed: "plans to send", "a target of"."""
    if focus is None or verb is None:
        return False
    if any(is_plan(parse.tokens[n].lemma) for n in _described_by(parse, focus, verb)):
        return True
    clause = list(_chain(parse, verb))
    helpers = [c for n in clause for c in parse.children(n) if parse.tokens[c].role == "aux"]
    lemmas = {parse.tokens[n].lemma for n in clause}
    said = {parse.word(n).lower() for n in helpers}
    is_to = "to" in said and "be" in lemmas
    return bool(said & MODALS) or is_to or any(is_plan(lemma) for lemma in lemmas)


def _described_by(parse: Parse, focus: int, verb: int) -> Iterator[int]:
    """The adjectives over a figure, and the nouns that it is "of": "an authorised strength of"."""
    of = False
    for n in takewhile(lambda n: n != verb, _upwards(parse, focus)):
        of = of or parse.tokens[n].tag == "ADP"
        yield from (c for c in parse.children(n) if parse.tokens[c].role == "amod")
        if of:
            yield n


def _chain(parse: Parse, verb: int) -> Iterator[int]:
    """A verb and those that it completes: "plans to send"; of a relative clause, its noun."""
    yield verb
    for n in _upwards(parse, verb):
        token = parse.tokens[n]
        above = parse.tokens[token.head]
        if token.role not in _COMPLETES or token.head == n:
            return
        if above.lemma in _SPEAKING:
            return
        yield token.head


def share_of(parse: Parse, focus: int | None) -> str | None:
    """What makes a figure a part of a total, one lot of several, or only what was added."""
    if focus is None:
        return None
    return "step" if _is_step(parse, focus) else _lot(parse, focus)


def _lot(parse: Parse, focus: int) -> str | None:
    for n in _upwards(parse, focus):
        if parse.tokens[n].tag == "VERB":
            return "part" if "includ" in parse.tokens[n].lemma else None
        below = [fold(parse.word(c)) for c in (n, *parse.children(n))]
        lot = next((word for word in below if word in _ORDINALS), None)
        if lot is not None:
            return lot
        if not _ADDS.isdisjoint(below) and not _is_comparison(parse, n):
            return "further"
        if _has_whole(parse, n) or not _TAKES_FROM.isdisjoint({parse.tokens[n].lemma}):
            return "part"
    return None


def _is_step(parse: Parse, focus: int) -> bool:
    """Whether a figure tells how far another moved: "rose by 90", "a rise of 5 per cent"."""
    for n in _upwards(parse, focus):
        token = parse.tokens[n]
        if any(parse.tokens[c].lemma == "to" for c in parse.children(n) if c < focus):
            return False
        if token.role == "dobj" and parse.tokens[token.head].lemma in _TAKES_OR_ADDS:
            return True
        if token.lemma in CHANGES and (n != focus or token.tag == "NOUN"):
            return True
        if token.tag == "ADP" and token.lemma not in {"by", "of"}:
            return False
        if token.tag in {"VERB", "AUX"}:
            return False
    return False


def _is_comparison(parse: Parse, index: int) -> bool:
    return any(parse.word(c).lower() == "than" for c in parse.subtree(index))


def _has_whole(parse: Parse, index: int) -> bool:
    """Whether "of them" or "among the dead" hangs on a token."""
    for c in parse.children(index):
        if parse.tokens[c].lemma in {"of", "among"}:
            below = {parse.tokens[n].lemma for n in parse.subtree(c)}
            if below & _WHOLES:
                return True
    return False


def groups(parse: Parse, focus: int | None, verb: int | None) -> Iterator[str]:
    """The people that a figure is limited to: "for pupils", "among people under 25"."""
    if focus is None or verb is None:
        return
    for n, token in enumerate(parse.tokens):
        if token.role == "pobj" and _limits(parse, n, verb):
            yield from words_of(parse, parse.subtree(n))
        measured = token.role in _SUBJECTS and parse.tokens[token.head].lemma in _AMOUNT_TO
        if measured and token.head == verb and token.lemma in GROUPS:
            yield token.lemma


def _limits(parse: Parse, index: int, verb: int) -> bool:
    token = parse.tokens[index]
    over = parse.tokens[token.head].lemma
    who = over == "among" or (over == "for" and token.lemma in GROUPS)
    return who and _is_near(parse, token.head, verb)


def actors(parse: Parse, verb: int | None, value: frozenset[int]) -> Iterator[str]:
    """The names that do what is told, without those that only say so and those of the value."""
    if verb is None:
        return
    for n in _chain(parse, verb):
        if parse.tokens[n].lemma in _SPEAKING:
            continue
        for c in parse.children(n):
            if parse.tokens[c].role in _SUBJECTS:
                yield from _named(parse, c, value)


def _named(parse: Parse, index: int, value: frozenset[int]) -> Iterator[str]:
    """The proper names of a noun phrase, not counting side clauses."""
    beside = {"relcl"} if parse.tokens[index].tag == "NOUN" else {"relcl", "appos"}
    for n in (index, *parse.children(index)):
        token = parse.tokens[n]
        if token.tag == "PROPN" and n not in value and token.role not in beside:
            yield governed_from(fold(parse.word(n)))


def descriptions(parse: Parse, names: frozenset[str]) -> Iterator[str]:
    """What is said of those names as such: "a Belgian painter", "is a town in Iowa"."""
    for n, token in enumerate(parse.tokens):
        if token.tag == "PROPN" and fold(parse.word(n)) in names:
            for c in _said_of(parse, n):
                yield from (word for word in words_of(parse, parse.subtree(c)) if word not in names)


def _said_of(parse: Parse, index: int) -> Iterator[int]:
    """What describes a name: beside it, before it, or after "is"."""
    for c in parse.children(index):
        beside = parse.tokens[c].role == "appos"
        if beside or (parse.tokens[c].role == "compound" and parse.tokens[c].tag == "NOUN"):
            yield c
    verb = parse.tokens[index].head
    if parse.tokens[index].role == "nsubj" and parse.tokens[verb].lemma == "be":
        yield from (c for c in parse.children(verb) if parse.tokens[c].role == "attr")


def places(parse: Parse, value: frozenset[int]) -> Iterator[str]:
    """The names that follow "in", "at" or "from", without those of the value."""
    for n, token in enumerate(parse.tokens):
        named = token.role == "pobj" and token.tag == "PROPN" and n not in value
        if named and parse.tokens[token.head].lemma in _WHERE:
            yield fold(parse.word(n))
