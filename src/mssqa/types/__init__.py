"""The nouns of mssqa: what flows from a file or a question to an answer. No input or output here.

    corpus file → Article → Passage → (index) → Hit → Evidence → Claim → Draft → Answer

Every record is frozen and compares by value; sequences are tuples; offsets count Python
characters of `Article.text`; dates are calendar days.
"""

from mssqa.types.answers import (
    Answer,
    Checked,
    Claim,
    Draft,
    Event,
    Found,
    Relation,
    Status,
    Wrote,
)
from mssqa.types.articles import (
    Article,
    DatedBy,
    Interval,
    Passage,
    Span,
)
from mssqa.types.evidence import (
    Evidence,
    Hit,
    Reading,
)
from mssqa.types.questions import (
    Kind,
    Message,
    Order,
    Query,
    Turn,
    Wants,
)

__all__ = [
    "Answer",
    "Article",
    "Checked",
    "Claim",
    "DatedBy",
    "Draft",
    "Event",
    "Evidence",
    "Found",
    "Hit",
    "Interval",
    "Kind",
    "Message",
    "Order",
    "Passage",
    "Query",
    "Reading",
    "Relation",
    "Span",
    "Status",
    "Turn",
    "Wants",
    "Wrote",
]
