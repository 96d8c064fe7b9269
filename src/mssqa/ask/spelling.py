"""Misspelt words of a question, put right after the words of the articles. When unsure: not.

Only a word in small letters that stands in no article and that the embedder does not know as a
word is put right: "Zambia" must never become "Gambia".
"""

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

from mssqa.ports import Embedder, Store
from mssqa.text import FUNCTION_WORDS, words

MIN_LETTERS = 4
MIN_LETTERS_LEFT_OUT = 6  # of a word that may lack a consonant
MAX_WORDS = 12  # of one question that are looked up
MAX_PASSAGES = 50  # that are read for words spelt alike
MIN_LIKENESS = 0.8  # 2 × letters in common / letters of both
LONG_WORD = 9  # letters; one that long must be
LONG_LIKENESS = 0.88  # as like as this
LEAD = 0.04  # in likeness; a word this near to the best is as good

_WORD = re.compile(r"(?<![\w'’-])[a-z]{%d,}(?![\w'’-])" % MIN_LETTERS)  # noqa: UP031
_ASKED_WRONG = {"wen": "when", "wher": "where", "wich": "which", "wat": "what", "hwo": "who"}
_SOFT_C = re.compile("c(?=[eiy])")
_SOUNDS = str.maketrans("cqz", "kks")
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))
_BRITISH = (("ise", "ize"), ("our", "or"), ("yse", "yze"), ("re", "er"), ("lled", "led"))
_OPENING = re.compile(r"\w+")


def put_right(text: str, store: Store, embedder: Embedder) -> str:
    """The text with its misspelt words as the articles spell them, as far as that is sure."""
    right: dict[str, str] = {}
    for word in list(dict.fromkeys(_WORD.findall(text)))[:MAX_WORDS]:
        if word not in FUNCTION_WORDS and not _is_known(word, embedder):
            keys = store.spelt_like(word, limit=MAX_PASSAGES)
            texts = (f"{passage.article.title} {passage.text}" for passage in store.passages(keys))
            right[word] = nearest(word, (other for text in texts for other in words(text)))
    return _opened(_WORD.sub(lambda found: right.get(found.group(), found.group()), text))


def _is_known(word: str, embedder: Embedder) -> bool:
    """Whether the embedder has it as one token, or the word that it is a form of."""
    forms = {word}
    for was, becomes in (*_BRITISH, *_ENDINGS):
        forms |= {f"{form.removesuffix(was)}{becomes}" for form in forms if form.endswith(was)}
    return 1 in embedder.count_tokens(sorted(forms))


def nearest(word: str, others: Iterable[str]) -> str:
    """The one of the others that is spelt most alike, the commoner first; or the word itself.

    It has the same consonants or one more, and what is spelt as much alike is rarer or longer.

    >>> nearest("polise", ["police", "policy", "polite", "police"])
    'police'
    >>> nearest("griot", ["riot"])
    'griot'
    """
    counts = Counter(other for other in others if _may_be(word, other))
    ranked = sorted(
        ((_likeness(word, other), count, other) for other, count in counts.items()), reverse=True
    )
    least = LONG_LIKENESS if len(word) >= LONG_WORD else MIN_LIKENESS
    best = [entry for entry in ranked if entry[0] >= least]
    if not best:
        return word
    close = [other for likeness, _, other in best if best[0][0] - likeness < LEAD]
    common = max(close, key=lambda other: (counts[other], -len(other), other))
    rivals = [other for other in close if 2 * counts[other] > counts[common]]
    return common if all(other[: len(common)] == common for other in rivals) else word


def _may_be(word: str, other: str) -> bool:
    if other[:1] != word[:1] or not other.isalpha() or other in FUNCTION_WORDS:
        return False
    left_out = len(word) >= MIN_LETTERS_LEFT_OUT and _lacks_one_letter(word, other)
    return left_out or sorted(_consonants(word)) == sorted(_consonants(other))


def _lacks_one_letter(word: str, other: str) -> bool:
    """Whether a letter but the last is left out: "childen"."""
    return word in {other[:n] + other[n + 1 :] for n in range(1, len(other) - 1)}


def _consonants(word: str) -> str:
    """What is heard of a word but its vowels, each sound once: "polise" and "police" are "pls"."""
    heard = _SOFT_C.sub("s", word.replace("ph", "f")).translate(_SOUNDS)
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiouy]", "", heard))


def _likeness(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other, autojunk=False).ratio()


def _opened(text: str) -> str:
    """With the question word that it opens with put right."""
    first = _OPENING.match(text)
    right = _ASKED_WRONG.get(first.group().lower()) if first else None
    return f"{right}{text[first.end() :]}" if first and right else text
