"""The doors for programs: four endpoints of Gradio's API, with the JSON of the command line.

What goes wrong comes back as `{"error": {"kind", "message", "hint"}}`, the shape of a batch:
Gradio's own errors would keep neither the kind nor the hint.
"""

import logging
from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.events import api

from mssqa.apps.web.guard import counted_as, is_admin
from mssqa.apps.web.opening import Opening
from mssqa.apps.web.programs import Programs, asked
from mssqa.apps.web.refused import NotAllowedError
from mssqa.build import build_index
from mssqa.config import Config
from mssqa.errors import MssqaError
from mssqa.report import BuildReport

log = logging.getLogger(__name__)

History = list[dict[str, str]]
Json = dict[str, Any]


def doors(config: Config, opening: Opening) -> None:
    """Add `/ask`, `/search`, `/articles` and `/build` to the page that is being made.

    Args:
        config: where corpus and index are.
        opening: what opens the index and the models, and holds the gate.
    """

    def build(*, full: bool) -> BuildReport:
        loaded = opening.embedder and opening.embedder()
        return build_index(config, full=full, embedder=loaded)

    made = Doors(Programs(opening), build)
    for door in (made.ask, made.search, made.articles, made.build):
        limit = 1 if door == made.build else None  # the gate lets the others in
        name = api(door, api_name=door.__name__, concurrency_limit=limit)["api_name"]
        assert name == door.__name__, f"something else on the page is called {name}"


class Doors:
    """What the endpoints do. Gradio reads names, types and descriptions off the methods."""

    def __init__(self, programs: Programs, build: Callable[..., BuildReport]) -> None:
        self._programs = programs
        self._build = build

    def ask(
        self,
        question: str,
        history: History | None = None,
        as_of: str | None = None,
        publishers: list[str] | None = None,
        request: gr.Request | None = None,
    ) -> Json:
        """What the articles say to a question, every sentence with its quotes; or that they do not.

        Args:
            question: 1 to 2,000 characters, in words
            history: earlier turns, oldest first, each a question and its answer
            as_of: a day like 2025-01-31, after which nothing is used
            publishers: only these are used; none means all
            request: who asks
        """
        limits = {"history": history, "as_of": as_of, "publishers": publishers}
        return told(lambda: self._programs.ask(asked(question, **limits), who=counted_as(request)))

    def search(
        self,
        question: str,
        history: History | None = None,
        as_of: str | None = None,
        publishers: list[str] | None = None,
        request: gr.Request | None = None,
    ) -> Json:
        """The passages that a question would be answered from, best first.

        Args:
            question: words or a question, 1 to 2,000 characters
            history: earlier turns, oldest first, each a question and its answer
            as_of: a day like 2025-01-31, after which nothing is used
            publishers: only these are used; none means all
            request: who asks
        """
        given = {"history": history, "as_of": as_of, "publishers": publishers}
        who = counted_as(request)
        return told(lambda: self._programs.search(asked(question, **given), who=who))

    def articles(self) -> Json:
        """All articles, newest first, those of unknown date last."""
        return told(self._programs.articles)

    def build(self, full: bool = False, request: gr.Request | None = None) -> Json:  # noqa: FBT001, FBT002 - programs name it
        """Bring the index up to date with the corpus. For administrators.

        Args:
            full: start afresh instead of updating the index
            request: who asks
        """
        if not is_admin(request):
            refusal = NotAllowedError("that is for administrators", hint="log in as one")
            return {"error": refusal.to_dict()}
        return told(lambda: self._build(full=full is True).to_dict())


def told(answer: Callable[[], Json]) -> Json:
    """An answer, or what went wrong instead.

    >>> from mssqa.errors import QuestionError
    >>> def fail() -> Json:
    ...     raise QuestionError("the question is empty", hint="ask in words")
    >>> told(fail)
    {'error': {'kind': 'QuestionError', 'message': 'the question is empty', 'hint': 'ask in words'}}
    """
    try:
        return answer()
    except MssqaError as error:
        return {"error": error.to_dict()}
    except Exception:
        log.exception("a program was not answered")
        return {"error": unforeseen().to_dict()}


def unforeseen() -> MssqaError:
    """What is said of a mistake of ours, which may hold what is nobody's business."""
    return MssqaError("something went wrong here", hint="the log of the page says what")
