"""What programs may ask, by HTTP or MCP: plain values in, plain values out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mssqa.apps.web.opening import Opening
from mssqa.errors import QuestionError
from mssqa.types import Turn

MOST_TURNS = 50
MOST_PUBLISHERS = 100
HINT = (
    "send question, and if you like history (a list of question and answer), "
    "as_of (year-month-day) and publishers (a list of names)"
)


class Asked(BaseModel):
    """A question and its limits, as a program sends them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    history: tuple[Turn, ...] = Field((), max_length=MOST_TURNS)
    as_of: date | None = None
    publishers: tuple[str, ...] = Field((), max_length=MOST_PUBLISHERS)


def asked(
    question: Any, *, history: Any = None, as_of: Any = None, publishers: Any = None
) -> Asked:
    """What was sent, checked; None and the empty text stand for what was left out.

    >>> asked("Who leads the mission?", as_of="2025-01-31").as_of
    datetime.date(2025, 1, 31)

    Raises:
        QuestionError: something in it is not what it should be.
    """
    sent = {"history": history, "as_of": as_of, "publishers": publishers}
    given = {name: value for name, value in sent.items() if value not in (None, "", [])}
    try:
        return Asked.model_validate({"question": question, **given})
    except ValidationError as error:
        raise QuestionError("; ".join(_problems(error)), hint=HINT) from error


class Programs:
    """Answers programs. Every question passes the gate, counted by who asks.

    Args:
        opening: what opens the index, and holds the gate.
    """

    def __init__(self, opening: Opening) -> None:
        self._opening = opening

    def ask(self, question: Asked, *, who: str) -> dict[str, Any]:
        """The answer, as `mssqa ask --json` prints it.

        Raises:
            MssqaError: it cannot be answered, or that visitor asks too much.
        """
        with self._opening.gate.question(who):
            return self._opening.qa().ask(**dict(question)).to_dict()

    def search(self, question: Asked, *, who: str) -> dict[str, Any]:
        """The passages found for it, as `mssqa search --json` prints them; see `ask`."""
        with self._opening.gate.question(who):
            hits = self._opening.qa().search(**dict(question))
        return {"query": question.question, "hits": [hit.to_dict() for hit in hits]}

    def articles(self) -> dict[str, Any]:
        """All articles, newest first, those of unknown date last."""
        return {"articles": [each.to_dict() for each in self._opening.qa().articles()]}

    def article(self, article_id: str) -> dict[str, Any]:
        """One article with its text.

        Raises:
            ArticleError: there is none of that id.
        """
        article = self._opening.qa().article(article_id)
        more = {"dated_by": str(article.dated_by), "language": article.language}
        return article.to_dict() | more | {"text": article.text}


def _problems(error: ValidationError) -> Sequence[str]:
    return [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
