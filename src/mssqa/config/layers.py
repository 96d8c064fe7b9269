"""Settings read from TOML, the environment and the command line, each over the one before."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mssqa.config.sections import Config, each
from mssqa.errors import ConfigError

CONFIG_FILE = "mssqa.toml"
ENVIRONMENT_PREFIX = "MSSQA_"
FOLDERS = (("corpus", "path"), ("index", "path"), ("page", "data"))
_MEND = "correct it or take it out; docs/settings.md lists every setting"
NOT_SETTINGS = frozenset({"MSSQA_DATA"})  # read by the evaluation and the benchmarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings, and for each that is not a default, what set it."""

    config: Config
    origins: Mapping[str, str]  # "section.key" → file or variable

    def rows(self) -> tuple[tuple[str, Any, str], ...]:
        """(name, value, origin) of every setting, in the order of the sections."""
        return tuple(
            (name, value, self.origins.get(name, "default")) for name, value in each(self.config)
        )


def load_config(path: Path | None = None, **overrides: Any) -> Config:
    """The configuration; see `read_settings`."""
    return read_settings(path, overrides=overrides).config


def read_settings(
    path: Path | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Settings:
    """Defaults, then the file, then the environment, then what the caller sets by hand.

    Args:
        path: a TOML file; without one, `mssqa.toml` in the working folder if it is there.
        environ: variables to read; `os.environ` if None.
        overrides: "section.key" (or "section__key") → value; a value of None is passed over.

    Raises:
        ConfigError: the file cannot be read, or a setting is unknown, mistyped or out of range.
    """
    file = path or Path(CONFIG_FILE)
    layers = (
        (str(file), _from_file(file, required=path is not None)),
        ("environment", _from_environment(os.environ if environ is None else environ)),
        ("command line", _from_overrides(overrides or {})),
    )
    merged: dict[str, dict[str, Any]] = {}
    origins: dict[str, str] = {}
    for origin, sections in layers:
        for section, values in sections.items():
            merged.setdefault(section, {}).update(values)
            origins.update({f"{section}.{key}": origin for key in values})
    try:
        return Settings(config=Config.model_validate(merged), origins=origins)
    except ValidationError as error:
        raise ConfigError(_explain(error, origins), hint=_MEND) from error


def _from_file(path: Path, *, required: bool) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        if required:
            raise ConfigError(f"there is no configuration file {str(path)!r}")
        return {}
    try:
        sections = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot read {str(path)!r}: {error}") from error
    loose = [name for name, values in sections.items() if not isinstance(values, dict)]
    if loose:
        raise ConfigError(f"{str(path)!r}: {loose[0]!r} stands outside a [section]")
    for section, key in FOLDERS:
        if value := sections.get(section, {}).get(key):
            sections[section][key] = _beside(path, value)
    return sections


def _beside(file: Path, value: Any) -> Any:
    """A folder named in a file is relative to that file; what is no name is left to the model."""
    if not isinstance(value, str):
        return value
    try:
        return file.parent / Path(value).expanduser()
    except RuntimeError as error:
        raise ConfigError(f"{str(file)!r}: there is no home folder for {value!r}") from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    sections: dict[str, dict[str, Any]] = {}
    for name in sorted(environ):
        if not name.startswith(ENVIRONMENT_PREFIX) or name in NOT_SETTINGS:
            continue
        section, separator, key = name.removeprefix(ENVIRONMENT_PREFIX).lower().partition("__")
        if not separator:
            raise ConfigError(f"unknown variable {name}: expected MSSQA_SECTION__KEY", hint=_MEND)
        sections.setdefault(section, {})[key] = environ[name]
    return sections


def _from_overrides(overrides: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    sections: dict[str, dict[str, Any]] = {}
    for name, value in overrides.items():
        section, _, key = name.replace("__", ".", 1).partition(".")
        if value is not None:
            sections.setdefault(section, {})[key] = value
    return sections


def _explain(error: ValidationError, origins: Mapping[str, str]) -> str:
    def line(problem: Mapping[str, Any]) -> str:
        name = ".".join(str(part) for part in problem["loc"])
        unknown = problem["type"] == "extra_forbidden"
        what = "unknown setting" if unknown else problem["msg"].removeprefix("Value error, ")
        setters = (o for key, o in origins.items() if key == name or key.startswith(f"{name}."))
        origin = next(setters, "the configuration file")  # an empty [section] sets nothing
        return f"{name}: {what} (set by {origin})"

    return "; ".join(line(problem) for problem in error.errors(include_url=False))
