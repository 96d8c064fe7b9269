"""How far a sentence speaks of what a question asks."""

from collections.abc import Iterable, Iterator

from mssqa.compose.acts import acts_of
from mssqa.compose.values import are_kin
from mssqa.grammar import Parse
from mssqa.text import FUNCTION_WORDS, fold

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_LIGHT = frozenset({"be", "do", "have", "make", "take", "put", "get", "give", "go", "come", "call"})
_ASKING = frozenset({"what", "which", "who", "when", "where", "why", "how", "many", "much"})


def words_of(parse: Parse, indices: Iterable[int]) -> Iterator[str]:
    """The lemmas, folded, of those of the tokens that say what a text is about."""
    for n in indices:
        lemma = fold(parse.tokens[n].lemma)
        if parse.tokens[n].tag in _CONTENT and lemma not in FUNCTION_WORDS:
            yield lemma


def content(parse: Parse) -> frozenset[str]:
    """All that a text says what it is about, by lemma."""
    return frozenset(words_of(parse, range(len(parse.tokens))))


def share_asked(question: Parse, topics: frozenset[str]) -> float:
    """The share of a question's content words that are among the topics."""
    sought = content(question) - _ASKING
    return _held(sought, topics) / len(sought) if sought else 0.0


def is_on_point(question: Parse, topics: frozenset[str]) -> bool:
    """Whether the topics have what a question asks about in the first place."""
    return _held(_point(question), topics) > 0


def _held(sought: Iterable[str], topics: frozenset[str]) -> int:
    """How many words are among the topics: the same, of one stem, or of the same act."""
    done = acts_of(topics)
    return sum(
        bool(acts_of([word]) & done) or any(are_kin(word, topic) for topic in topics)
        for word in sought
    )


def _point(question: Parse) -> frozenset[str]:
    """A question's verb, or with one that says little the nouns and adjectives that hang on it."""
    roots = [n for n, token in enumerate(question.tokens) if token.head == n]
    verbs = frozenset(fold(question.tokens[n].lemma) for n in roots)
    if not verbs & _LIGHT:
        return verbs
    near = (c for n in roots for c in question.children(n))
    below = [c for c in near if question.tokens[c].tag in {"NOUN", "ADJ", "VERB"}]
    return frozenset(fold(question.tokens[c].lemma) for c in below) - _ASKING
