"""The `mssqa` command. Each command imports what it needs, so that help appears at once."""

import errno
import logging
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from mssqa import __version__
from mssqa.apps.cli import asking, checking, evaluating, keeping, people, serving
from mssqa.apps.cli.output import complain, say, speak_utf8
from mssqa.errors import MssqaError

log = logging.getLogger(__name__)


class Commands(TyperGroup):
    """Commands whose errors are one line and a hint, and end with the error's exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was typed.

        Raises:
            typer.Exit: it failed on purpose; a log level of debug shows where.
        """
        try:
            return super().invoke(ctx)
        except MssqaError as error:
            raise _failed(error, cause=error) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # nobody reads on: `mssqa search ... | head -1`
                raise
            told = MssqaError(str(error), hint="run: mssqa doctor")
            raise _failed(told, cause=error) from error


def _failed(error: MssqaError, *, cause: Exception) -> typer.Exit:
    log.debug("the error came from here", exc_info=cause)
    complain(error)
    return typer.Exit(error.exit_code)


app = typer.Typer(
    name="mssqa",
    cls=Commands,
    epilog='Start here:  mssqa build  then  mssqa ask "Who leads the mission in Haiti?"',
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for commands in (keeping, asking, checking, evaluating, serving, people):
    app.add_typer(commands.app)


@app.callback()
def _mssqa(
    ctx: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Ask a folder of news articles. Each sentence of an answer rests on an exact, dated quote."""
    if version:
        say(f"mssqa {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        say(ctx.get_help())


def run() -> None:
    """Run the command that was typed, and exit."""
    speak_utf8()
    app(prog_name="mssqa")
