"""`doctor`, `config`: whether things are as they should be."""

from dataclasses import asdict

import typer

from mssqa.apps.cli.options import AsJson, Places, grouped
from mssqa.apps.cli.output import say, say_json, say_table

app = typer.Typer()


@app.command(epilog="Example:  mssqa doctor")
@grouped
def doctor(places: Places, *, as_json: AsJson = False) -> None:
    """Check that everything works here, and say what to type where it does not."""
    config = places.read()
    from mssqa.apps.cli.checks import checks

    found = []
    for check in checks(config):
        found.append(check)
        if not as_json:
            say(str(check))
    healthy = all(check.ok for check in found)
    if as_json:
        say_json({"ok": healthy, "checks": [asdict(check) for check in found]})
    raise typer.Exit(0 if healthy else 1)


@app.command("config", epilog="Example:  MSSQA_PAGE__PORT=8000 mssqa config")
@grouped
def show_config(places: Places, *, as_json: AsJson = False) -> None:
    """Show every setting, its value and where it came from."""
    settings = places.settings()
    if as_json:
        values = settings.config.model_dump(mode="json")
        say_json(
            {
                name: {"value": values[section][key], "origin": origin}
                for name, _, origin in settings.rows()
                for section, key in [name.split(".")]
            }
        )
    else:
        say_table(("setting", "value", "set by"), settings.rows())
