"""`user`, `feedback`: who may use the page, and what they thought of its answers."""

import sys
from typing import Annotated

import typer

from mssqa.apps.cli.options import AsJson, Places, grouped
from mssqa.apps.cli.output import note, say, say_json, say_table
from mssqa.errors import MssqaError

app = typer.Typer()
user = typer.Typer(no_args_is_help=True, help="Who may use the page: add, list, remove, token.")
feedback = typer.Typer(no_args_is_help=True, help="What readers thought of answers: list, export.")
app.add_typer(user, name="user")
app.add_typer(feedback, name="feedback")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The name to log in with.")]


@user.command("add", epilog="Example:  mssqa user add amina")
@grouped
def add_user(
    places: Places,
    name: NameArgument,
    *,
    admin: Annotated[
        bool, typer.Option("--admin", help="May also change the articles and build.")
    ] = False,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Let somebody use the page; the password is asked for twice.

    Once there is a user, the page asks everybody for a login. Changing the articles is for
    administrators: add one with --admin.
    """
    from mssqa.apps.accounts import Accounts

    accounts = Accounts(places.read().page.data)
    accounts.add(name, _piped() if password_stdin else _typed(), admin=admin)
    note(f"{name} may now log in.")


@user.command("list", epilog="Example:  mssqa user list")
@grouped
def list_users(places: Places, *, as_json: AsJson = False) -> None:
    """Show who may use the page."""
    from mssqa.apps.accounts import Accounts

    users = Accounts(places.read().page.data).all()
    if as_json:
        say_json(
            {"users": [{"name": u.name, "admin": u.admin, "since": str(u.since)} for u in users]}
        )
    elif users:
        rows = [(u.name, "admin" if u.admin else "reader", f"{u.since:%Y-%m-%d}") for u in users]
        say_table(("name", "role", "since"), rows)
    else:
        note("There are no users. The page is open to this computer only.")


@user.command("remove", epilog="Example:  mssqa user remove amina")
@grouped
def remove_user(places: Places, name: NameArgument) -> None:
    """Let somebody use the page no longer."""
    from mssqa.apps.accounts import Accounts

    Accounts(places.read().page.data).remove(name)
    note(f"{name} may no longer log in.")


@user.command("token", epilog="Example:  mssqa user token amina --days 365")
@grouped
def print_token(
    places: Places,
    name: NameArgument,
    *,
    days: Annotated[
        int, typer.Option("--days", min=1, max=3650, help="How long it is good for.")
    ] = 30,
) -> None:
    """Print a secret with which a program may do what the user may.

    The program sends it as a header, Authorization: Bearer SECRET. It is shown this once; removing
    the user ends it.
    """
    from mssqa.apps.accounts import Accounts

    say(Accounts(places.read().page.data).log_in(name, days=days))


@feedback.command("list", epilog="Example:  mssqa feedback list")
@grouped
def list_feedback(places: Places, *, as_json: AsJson = False) -> None:
    """Show every verdict, oldest first."""
    from mssqa.apps.feedback import Feedback

    judgements = Feedback(places.read().page.data).all()
    if as_json:
        say_json({"feedback": [each.to_dict() for each in judgements]})
    elif judgements:
        rows = [
            (each.number, f"{each.at:%Y-%m-%d %H:%M}", each.verdict, each.answer["question"])
            for each in judgements
        ]
        say_table(("#", "when", "verdict", "question"), rows)
    else:
        note("There is no feedback yet.")


@feedback.command("export", epilog="Example:  mssqa feedback export > cases.jsonl")
@grouped
def export_feedback(places: Places) -> None:
    """Print as test questions for `mssqa evaluate` those whose right answer is known."""
    from mssqa.apps.feedback import Feedback, to_cases

    judgements = Feedback(places.read().page.data).all()
    cases = to_cases(judgements)
    for case in cases:
        say_json(case)
    if left_out := len(judgements) - len(cases):
        note(f"{left_out} left out: what would be right is not known (mssqa feedback list).")


def _piped() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _typed() -> str:
    if not sys.stdin.isatty():
        raise MssqaError("there is no terminal to ask for a password on", hint="--password-stdin")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
