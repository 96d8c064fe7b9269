"""How texts are compared with what is expected of them. Pure."""

import collections
import re
import string

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def stands(wording: str, text: str) -> bool:
    """Whether a word of the text begins with the wording, whatever the case.

    A wording in capitals must be a whole word as it is written, and digits the whole number.

    >>> stands("endorse", "Blinken ENDORSED it."), stands("UN", "under fire"), stands("80", "800")
    (True, False, False)
    """
    sought = r"\s+".join(map(re.escape, wording.split()))
    before = r"(?<!\w)" if wording[:1].isalpha() else ""
    if wording[:1].isdigit():
        before = r"(?<!\d)(?<!\d[.,])"  # a currency may stand right before it
    after = r"(?![.,]?\d)" if wording[-1:].isdigit() else ""
    flags = re.IGNORECASE
    if wording.isupper():
        after, flags = r"(?!\w)", re.NOFLAG
    return re.search(before + sought + after, text, flags) is not None


def normal(text: str) -> list[str]:
    """The words by which SQuAD compares answers.

    >>> normal("The U.S. army")
    ['us', 'army']
    """
    return _ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split()


def f1(answer: str, marked: str) -> float:
    """Harmonic mean of word precision and recall (Rajpurkar et al., EMNLP 2016).

    >>> f1("in May 2024", "May 2024")
    0.8
    """
    ours, theirs = normal(answer), normal(marked)
    if not ours or not theirs:
        return float(ours == theirs)
    shared = sum((collections.Counter(ours) & collections.Counter(theirs)).values())
    return 2 * shared / (len(ours) + len(theirs))


def contains(text: str, answer: str) -> bool:
    """Whether the words of an answer stand in a text one after the other.

    >>> contains("It has 3,559 people.", "3,559 People"), contains("In 1985.", "985")
    (True, False)
    """
    return f" {' '.join(normal(answer))} " in f" {' '.join(normal(text))} "
