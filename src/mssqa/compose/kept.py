"""Whether a shorter sentence says what its quote says, no more and nothing else, by the grammar.

A small language model drops "up to", turns a plan into a fact, forgets who claims a thing, swaps
who did it, and takes over what a question wrongly supposes. So the sentence may only use words of
its quote, each hanging on the same words, and must keep all that the quote puts on them: denials,
hedges, conditions, intentions, and who says so. What the parser gets wrong costs a sentence, and
the quote stands in its place.
"""

from collections.abc import Collection, Iterator

from mssqa.compose.syntax import CONDITIONS, Syntax
from mssqa.grammar import Parse

_CLAIMED = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "pcomp"})  # only by what is above
_PURPOSES = frozenset({"acl", "advcl"})  # so are these with "to"
_LINKED = frozenset(
    {"ROOT", "nsubj", "attr", "acomp"}
)  # by "be"; all else only tells when or where
_NEAR = 2  # steps between two content words, counted over content words


def keeps(sentence: Parse, quote: Parse) -> bool:
    """Whether a sentence only says what the quote says, with all its reserves."""
    said, given = Syntax(sentence), Syntax(quote)
    return (
        said.is_whole
        and said.words <= given.words
        and said.parts <= given.parts
        and said.placed <= given.placed
        and said.identities <= given.identities
        and _hang_alike(said, given)
        and _tensed_alike(said, given)
        and said.restrictions <= given.restrictions
        and _required(said, given) <= said.lemmas
    )


def _tensed_alike(said: Syntax, given: Syntax) -> bool:
    """Whether each verb of the sentence has the tense of that verb in the quote."""
    return all(
        any(said.tense(n) == given.tense(other) for other in _same(said.folded[n], given))
        for n, token in enumerate(said.parse.tokens)
        if token.tag == "VERB" and n in said.content
    )


def _hang_alike(said: Syntax, given: Syntax) -> bool:
    """Whether what hangs together in the sentence stands near each other in the quote."""
    return all(
        any(
            _distance(given, first, second) <= _NEAR
            for first in _same(said.folded[n], given)
            for second in _same(said.folded[over], given)
        )
        for n in said.content
        if (over := said.above(n)) is not None
    ) and all(
        any(given.above(m) is None for m in _same(said.folded[n], given))
        for n in said.content
        if said.above(n) is None and said.parse.tokens[n].role not in _LINKED
    )


def _same(lemma: str, given: Syntax) -> list[int]:
    return [n for n in given.content if given.folded[n] == lemma]


def _distance(given: Syntax, first: int, second: int) -> int:
    """Steps from one content word to another over the content words between."""
    ups = [_way_up(given, first), _way_up(given, second)]
    shared = set(ups[0]) & set(ups[1])
    return min((ups[0].index(n) + ups[1].index(n) for n in shared), default=99)


def _way_up(given: Syntax, n: int) -> list[int]:
    way = [n]
    while (over := given.above(way[-1])) is not None:
        way.append(over)
    return way


def _required(said: Syntax, given: Syntax) -> frozenset[str]:
    """The words of the quote that must not be missing beside the ones that the sentence took."""
    taken = {m for n in said.content for m in _taken(said, n, given)}
    return frozenset(given.folded[n] for n in _reserves(given, taken))


def _taken(said: Syntax, n: int, given: Syntax) -> list[int]:
    """The tokens of the quote that a word of the sentence may be, by what is above and below."""
    alike = [(_likeness(said, n, given, m), m) for m in _same(said.folded[n], given)]
    best = max((likeness for likeness, _ in alike), default=0)
    return [m for likeness, m in alike if likeness == best]


def _likeness(said: Syntax, n: int, given: Syntax, m: int) -> int:
    below = {said.folded[child] for child in said.parse.children(n)}
    over = said.folded[said.parse.tokens[n].head] == given.folded[given.parse.tokens[m].head]
    return over + len(below & {given.folded[child] for child in given.parse.children(m)})


def _reserves(given: Syntax, taken: Collection[int]) -> Iterator[int]:
    for n in taken:
        yield from given.restricted_by(n)
        yield from _asides(given, n)
        yield from _governors(given, n)
        yield from _which_ones(given, n)


def _asides(given: Syntax, n: int) -> Iterator[int]:
    """What is said beside a verb: "he promised", and the "if" or "until" on which it depends."""
    for below in given.parse.children(_first_joined(given, n)):
        token = given.parse.tokens[below]
        if token.role == "parataxis" and token.tag == "VERB":
            yield below
        if token.role == "advcl":
            yield from _conditions(given, below)


def _which_ones(given: Syntax, n: int) -> Iterator[int]:
    """The verb of a relative clause that no comma sets off: without it, more would be meant."""
    for below in given.parse.children(n):
        first = given.parse.subtree(below)[0]
        if given.parse.tokens[below].role == "relcl" and given.parse.word(first - 1).isalnum():
            yield below


def _conditions(given: Syntax, clause: int) -> Iterator[int]:
    for mark in given.parse.children(clause):
        if given.parse.tokens[mark].role in {"mark", "advmod"} and given.folded[mark] in CONDITIONS:
            yield mark


def _first_joined(given: Syntax, n: int) -> int:
    """The first of the verbs that "and" joins: what depends on it counts for all of them."""
    while given.parse.tokens[n].role == "conj":
        n = given.parse.tokens[n].head
    return n


def _governors(given: Syntax, n: int) -> Iterator[int]:
    """What a clause hangs under: who says, plans or doubts it, and its "if" or "until"."""
    tokens, at = given.parse.tokens, n
    while tokens[at].head != at and tokens[at].role != "relcl":
        if _is_claimed(given, at) and given.folded[tokens[at].head] not in {"be", "have"}:
            yield tokens[at].head
        if tokens[at].role == "advcl":
            yield from _conditions(given, at)
        at = tokens[at].head


def _is_claimed(given: Syntax, n: int) -> bool:
    """Whether a clause holds only as far as the word above it lets it."""
    role = given.parse.tokens[n].role
    if role in _PURPOSES:
        return any(given.folded[below] == "to" for below in given.parse.children(n))
    return role in _CLAIMED and not _is_apart(given, n)


def _is_apart(given: Syntax, n: int) -> bool:
    """Whether a semicolon stands between a clause and the later one that it is made to hang on."""
    token, head = given.parse.tokens[n], given.parse.tokens[given.parse.tokens[n].head]
    return token.role == "ccomp" and ";" in given.parse.text[token.end : head.start]
