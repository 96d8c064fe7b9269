"""A sentence's grammar, as the comparison with another sentence asks for it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mssqa.grammar import Parse
from mssqa.text import fold

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
_VERBS = frozenset({"VERB", "AUX"})
_DENIALS = "no not n't never without neither nor none nobody nothing hardly"
_MODALS = "will would 'll 'd wo could can ca may might shall should must ought"
_QUANTITIES = """
    about almost approximately around roughly some nearly over under more less fewer most least
    only up upwards close half part many few several all every each both estimated other further
    another additional first second third last next
"""
_RESERVES = """
    alleged allegedly reported reportedly apparent apparently likely unlikely probably possible
    possibly potential potentially perhaps maybe planned proposed scheduled expected suspected
    supposed supposedly so-called would-be former acting interim deputy vice draft tentative future
    previously formerly initially originally partly partially largely mainly mostly according
"""
CONDITIONS = frozenset({"if", "unless", "whether", "provided", "until", "except"})
_RESTRICTS = CONDITIONS.union(f"{_DENIALS} {_MODALS} {_QUANTITIES} {_RESERVES}".split())
_DOES = frozenset({"nsubj", "csubj"})
_UNDERGOES = frozenset({"nsubjpass", "dobj", "csubjpass", "oprd"})


@dataclass(frozen=True)
class Syntax:
    """A parse and what follows from it. Words are lemmas, folded."""

    parse: Parse

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The lemma of each token; that of "according to" is no verb's."""
        words = (fold(self.parse.word(n)) for n in range(len(self.parse.tokens)))
        return tuple(
            word if word == "according" else fold(token.lemma)
            for word, token in zip(words, self.parse.tokens, strict=True)
        )

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """All of them."""
        return frozenset(self.folded)

    @cached_property
    def content(self) -> frozenset[int]:
        """The tokens that say something."""
        return frozenset(
            n
            for n, token in enumerate(self.parse.tokens)
            if token.tag in _CONTENT and token.role not in {"aux", "auxpass", "prt"}
        )

    @cached_property
    def words(self) -> Counter[str]:
        """The lemmas of those, and how often each is there."""
        return Counter(self.folded[n] for n in self.content)

    @cached_property
    def is_whole(self) -> bool:
        """Whether it is one sentence: a verb, and who or what is its subject by name."""
        tokens = self.parse.tokens
        roots = [n for n, token in enumerate(tokens) if token.head == n and token.tag != "PUNCT"]
        return (
            len(roots) == 1
            and tokens[roots[0]].tag in _VERBS
            and any(
                tokens[n].role.startswith("nsubj") and tokens[n].tag != "PRON"
                for n in self.parse.children(roots[0])
            )
            and all(token.role != "dep" for token in tokens)
        )

    @cached_property
    def parts(self) -> frozenset[tuple[str, str, str]]:
        """(verb, "does" or "undergoes", who) and (thing, "belongs to", whose), each of several."""
        return frozenset(
            (self.folded[verb], part, self.folded[other])
            for verb, part, who in self._parts()
            if self.folded[verb] != "be"
            for other in self._joined(who)
        )

    @cached_property
    def placed(self) -> frozenset[tuple[str, str]]:
        """(preposition, what follows it); "by" also before who does it, "of" before who owns it."""
        tokens = self.parse.tokens
        pairs = {
            (self.folded[token.head], self.folded[other])
            for n, token in enumerate(tokens)
            if token.role == "pobj"
            for other in self._joined(n)
        }
        does = {("by", who) for _, part, who in self.parts if part == "does"}
        owns = {("of", whose) for _, part, whose in self.parts if part == "belongs to"}
        return frozenset(pairs | does | owns)

    @cached_property
    def identities(self) -> frozenset[frozenset[str]]:
        """Two words of which the one is said to be the other."""
        pairs = {
            (n, token.head) for n, token in enumerate(self.parse.tokens) if token.role == "appos"
        }
        for verb, lemma in enumerate(self.folded):
            below = self.parse.children(verb) if lemma == "be" else ()
            roles = {n: self.parse.tokens[n].role for n in below}
            pairs |= {
                (subject, other)
                for n in below
                if roles[n] == "nsubj"
                for subject in self._joined(n)
                for m in below
                if roles[m] in {"attr", "acomp"}
                for other in self._joined(m)
            }
        return frozenset(frozenset((self.folded[a], self.folded[b])) for a, b in pairs)

    @cached_property
    def restrictions(self) -> frozenset[tuple[str, str]]:
        """(word, what denies or hedges it)."""
        return frozenset((self.folded[n], self.folded[below]) for n, below in self._restricted())

    def tense(self, verb: int) -> frozenset[str]:
        """What its form and its auxiliaries say of when it holds, "do" left out."""
        tokens = self.parse.tokens
        helpers = [n for n in self.parse.children(verb) if tokens[n].role in {"aux", "auxpass"}]
        finite = [n for n in helpers if self.folded[n] != "to"] or [verb]
        kept = {self.folded[n] for n in helpers if tokens[n].role == "aux"} - {"do"}
        return frozenset(kept | {_form(self.parse.word(finite[0]), self.folded[finite[0]])})

    def above(self, n: int) -> int | None:
        """The nearest content word over a token."""
        tokens, at = self.parse.tokens, n
        while tokens[at].head != at:
            at = tokens[at].head
            if at in self.content:
                return at
        return None

    def restricted_by(self, n: int) -> Iterator[int]:
        """The words below a token that deny or hedge it."""
        for below in self.parse.children(n):
            if self._restricts(below):
                yield below
            elif self.parse.tokens[below].role in {"prep", "quantmod", "advmod", "prt"}:
                yield from self.restricted_by(below)

    def _restricts(self, n: int) -> bool:
        token = self.parse.tokens[n]
        name = token.tag == "PROPN"  # the month of May
        word = self.parse.word(n) if token.tag == "VERB" else self.folded[n]
        return token.role == "neg" or (not name and word.lower() in _RESTRICTS)

    def _restricted(self) -> Iterator[tuple[int, int]]:
        for n in range(len(self.folded)):
            yield from ((n, below) for below in self.restricted_by(n))

    def _parts(self) -> Iterator[tuple[int, str, int]]:
        for n, token in enumerate(self.parse.tokens):
            if token.role in _DOES:
                yield token.head, "does", n
            elif token.role in _UNDERGOES:
                yield token.head, "undergoes", n
            elif token.role == "poss":
                yield token.head, "belongs to", n
            elif token.role == "pobj" and self.parse.tokens[token.head].role == "agent":
                yield self.parse.tokens[token.head].head, "does", n

    def _joined(self, n: int) -> Iterator[int]:
        """A token with those that "and" joins to it; the noun that "who" stands for."""
        if self.folded[n] in {"who", "which", "that"} and self._described(n) is not None:
            yield from self._joined(self._described(n) or 0)
        yield n
        for below in self.parse.children(n):
            if self.parse.tokens[below].role in {"conj", "appos"}:
                yield from self._joined(below)

    def _described(self, n: int) -> int | None:
        """The noun that the clause of a relative pronoun describes."""
        verb = self.parse.tokens[n].head
        token = self.parse.tokens[verb]
        return token.head if token.role == "relcl" else None


def _form(word: str, lemma: str) -> str:
    lower = fold(word)
    if lower in {"was", "were", "did", "had"}:
        return "past"
    if lower.endswith("ing") or lower in {"be", "been", "is", "are", "has", "have", "does", "do"}:
        return "now"
    return "now" if lower in {lemma, f"{lemma}s", f"{lemma}es", f"{lemma[:-1]}ies"} else "past"
