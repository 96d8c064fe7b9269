"""The door for language models: three tools of the Model Context Protocol."""

import logging
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from anyio import to_thread
from mcp.server.fastmcp import Context, FastMCP
from mcp.server.fastmcp.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import Field

from mssqa.apps.web.doors import unforeseen
from mssqa.apps.web.guard import counted_as
from mssqa.apps.web.programs import Programs, asked
from mssqa.errors import MssqaError

log = logging.getLogger(__name__)

PATH = "/gradio_api/mcp"  # where Gradio has its own, and where its guides look for it
ABOUT = (
    "Answers questions from a fixed collection of news articles and from nothing else. "
    "Each sentence of an answer was checked against a quote from a dated article."
)
ASK = """\
Answer a question from the collected news articles.

Gives the answer in `text`, its sentences in `claims`, and the exact quotes with article, publisher
and date in `citations`. `status` is `supported`, `partial` (a part of the question is unanswered,
and the text says which) or `declined` (the articles do not say; `nearest` holds what comes
closest, which is no answer). Knows nothing but the articles, of which a newer one may supersede an
older: mind the dates. Nothing is remembered between calls: ask what stands alone."""
SEARCH = """\
Find the passages of the collected news articles that fit a question best.

Gives `hits`, best first, each with its text and its article. Passages are found by words and by
meaning: the last ones may have little to do with the question."""
READ_ARTICLE = """\
Read one of the collected news articles in full, as it is quoted.

Gives its title, publisher, date (null if unknown), address and cleaned text."""
ONLY_READS = ToolAnnotations(readOnlyHint=True, openWorldHint=False, idempotentHint=True)

Json = dict[str, Any]
Question = Annotated[str, Field(description="In words, 1 to 2,000 characters.")]
AsOf = Annotated[
    date | None,
    Field(description="A day: nothing published later is used, nor anything of unknown date."),
]
Publishers = Annotated[
    list[str] | None, Field(description="Only these publishers are used; none means all.")
]
ArticleId = Annotated[
    str, Field(description="16 hexadecimal digits, as `ask` and `search` give them.")
]


def tools(programs: Programs) -> FastMCP[None]:
    """A server of the three tools, to be put at `PATH`."""
    logging.getLogger("mcp").setLevel(logging.ERROR)  # a program's mistakes are told to itself
    server: FastMCP[None] = FastMCP(
        "mssqa",
        instructions=ABOUT,
        log_level="WARNING",
        stateless_http=True,
        json_response=True,
        streamable_http_path=PATH,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )

    @server.tool(description=ASK, annotations=ONLY_READS)
    async def ask(
        question: Question,
        context: Context[Any, Any, Any],
        as_of: AsOf = None,
        publishers: Publishers = None,
    ) -> Json:
        limits = {"as_of": as_of, "publishers": publishers}
        who = counted_as(context.request_context.request)
        return await _told(lambda: programs.ask(asked(question, **limits), who=who))

    @server.tool(description=SEARCH, annotations=ONLY_READS)
    async def search(
        question: Question,
        context: Context[Any, Any, Any],
        as_of: AsOf = None,
        publishers: Publishers = None,
    ) -> Json:
        limits = {"as_of": as_of, "publishers": publishers}
        who = counted_as(context.request_context.request)
        return await _told(lambda: programs.search(asked(question, **limits), who=who))

    @server.tool(description=READ_ARTICLE, annotations=ONLY_READS)
    async def read_article(article_id: ArticleId) -> Json:
        return await _told(lambda: programs.article(article_id))

    return server


async def _told(answer: Callable[[], Json]) -> Json:
    """An answer found beside the event loop; a failure as MCP has it, in words."""
    try:
        return await to_thread.run_sync(answer)
    except MssqaError as error:
        raise ToolError(f"{error}. {error.hint}".strip()) from error
    except Exception as error:
        log.exception("a tool was not answered")
        raise ToolError(str(unforeseen())) from error
