"""QAGS: sentences of machine-made summaries, with people's votes on whether the article says so."""

from collections.abc import Iterable, Iterator, Sequence

from mssqa.compose.support import support
from mssqa.evaluate.figures import Figure
from mssqa.evaluate.sets.rows import Row, sample
from mssqa.evaluate.sets.tools import Tools
from mssqa.evaluate.shares import roc_auc
from mssqa.text import sentence_spans

NEAREST = 3  # sentences of the article that stand in for a claim's quotes


def measure(rows: Iterable[Row], tools: Tools, *, most: int) -> tuple[Figure, ...]:
    """How well the check's support tells supported sentences from others."""
    judged = [
        pair for row in tools.follow("qags", sample(rows, most)) for pair in _judged(row, tools)
    ]
    supported = [score for score, agreed in judged if agreed]
    others = [score for score, agreed in judged if not agreed]
    return (
        Figure(
            what="ROC-AUC of a sentence's support",
            value=roc_auc(supported, others),
            questions=len(judged),
        ),
    )


def _judged(row: Row, tools: Tools) -> Iterator[tuple[float, bool]]:
    article, marked = row["article"], row["summary_sentences"]
    sentences = [article[start:end] for start, end in sentence_spans(article)]
    vectors = tools.models.embedder.encode([*sentences, *(one["sentence"] for one in marked)])
    likeness = vectors[len(sentences) :] @ vectors[: len(sentences)].T
    for one, near in zip(marked, likeness.tolist(), strict=True):
        quotes = [sentences[place] for place in nearest(near)]
        said, *given = tools.models.parser.parse([one["sentence"], *quotes])
        yes = sum(vote["response"] == "yes" for vote in one["responses"])
        yield support(said, given), 2 * yes > len(one["responses"])


def nearest(likeness: Sequence[float]) -> list[int]:
    """The places of the likest, in their order.

    >>> nearest([0.1, 0.9, 0.3, 0.5])
    [1, 2, 3]
    """
    best = sorted(range(len(likeness)), key=lambda place: -likeness[place])[:NEAREST]
    return sorted(best)
