"""Which tokens may come next where only certain words may be written.

The words are a trie over tokens, so that no token of one word can be joined to a token of another.
Between them stand blanks and the marks below; a full stop ends the sentence and the text.
"""

from collections.abc import Callable, Collection, Iterable, Sequence

Encode = Callable[[Sequence[str]], Sequence[Sequence[int]]]
"""The token ids of each text, without special tokens."""

MARKS = (",", ";", ":", "'s")  # may follow a word; a blank comes after them, or after 's a mark
END = "."


class Node:
    """A place in what is being written, and where each token that may come next leads."""

    __slots__ = ("after", "next")

    def __init__(self) -> None:
        self.next: dict[int, Node] = {}
        self.after: Node | None = None  # where it also stands if a word ends here


Place = tuple[Node, ...]
"""All that what has been written may be: the end of "U.S" or the middle of "U.S."."""


class Wording:
    """One sentence of allowed words."""

    def __init__(self, words: Collection[str], encode: Encode, *, end: int) -> None:
        """Of words as they may stand in a sentence, and the token that ends a text."""
        opening, blank, word_end, over = Node(), Node(), Node(), Node()
        ordered = sorted(set(words))
        over.next[end] = Node()
        _grow(opening, encode([_capital(word) for word in ordered]), word_end)
        _grow(blank, encode([f" {word}" for word in ordered]), word_end)
        word_end.next |= blank.next
        for mark, leads_to in zip(MARKS, (blank, blank, blank, word_end), strict=True):
            _grow(word_end, encode([mark]), leads_to)
        _grow(word_end, encode([END]), over)
        self.start: Place = (opening,)

    @staticmethod
    def choices(place: Place) -> list[int]:
        """The tokens that may come next, ascending."""
        return sorted({token for node in place for token in node.next})

    @staticmethod
    def step(place: Place, token: int) -> Place:
        """Where a token that may come next leads."""
        reached = [node.next[token] for node in place if token in node.next]
        return (*reached, *(node.after for node in reached if node.after))


def _grow(root: Node, sequences: Iterable[Sequence[int]], leads_to: Node) -> None:
    for sequence in sequences:
        node = root
        for token in sequence:
            node = node.next.setdefault(token, Node())
        node.after = leads_to


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
