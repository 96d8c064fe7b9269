"""Who may use a page that others can reach: names and argon2 hashes in SQLite."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from mssqa.apps.listen import is_loopback
from mssqa.config import Page
from mssqa.errors import ConfigError, MssqaError

FILE = "users.sqlite"
MIN_PASSWORD = 10  # characters
MAX_PASSWORD = 200  # characters; hashing more would only cost the server time

_NAME = re.compile(r"[\w.@+-]{1,64}")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS user (
    name TEXT PRIMARY KEY, hash TEXT NOT NULL, admin INTEGER NOT NULL, since TEXT NOT NULL
) STRICT
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who may use the page."""

    name: str
    admin: bool
    since: datetime


class Accounts:
    """The users of one page. Every call opens the file anew, so any thread may call."""

    def __init__(self, folder: Path, hasher: PasswordHasher | None = None) -> None:
        self._file = folder / FILE
        self._hasher = hasher or PasswordHasher()  # RFC 9106, the second recommended option

    def add(self, name: str, password: str, *, admin: bool = False) -> None:
        """Let somebody in.

        Raises:
            MssqaError: the name is taken or odd, or the password is too short or too long.
        """
        if not _NAME.fullmatch(name):
            raise MssqaError(
                f"{name!r} will not do as a name",
                hint="take 1 to 64 letters, digits and . @ + - _",
            )
        if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
            raise MssqaError(
                f"the password has {len(password)} characters",
                hint=f"take {MIN_PASSWORD} to {MAX_PASSWORD}",
            )
        row = (name, self._hasher.hash(_bytes(password)), admin, datetime.now(UTC).isoformat())
        try:
            with self._open(create=True) as db:
                db.execute("INSERT INTO user VALUES (?, ?, ?, ?)", row)
        except sqlite3.IntegrityError as error:
            raise MssqaError(
                f"there is a user {name!r} already", hint=f"run: mssqa user remove {name}"
            ) from error

    def remove(self, name: str) -> None:
        """Let somebody in no longer, or MssqaError if there is no such user."""
        with self._open(create=False) as db:
            if not db.execute("DELETE FROM user WHERE name = ?", (name,)).rowcount:
                raise MssqaError(f"there is no user {name!r}", hint="run: mssqa user list")

    def all(self) -> tuple[User, ...]:
        """Everybody, by name."""
        with self._open(create=False) as db:
            rows = db.execute("SELECT name, admin, since FROM user ORDER BY name").fetchall()
        return tuple(
            User(name=name, admin=bool(admin), since=datetime.fromisoformat(since))
            for name, admin, since in rows
        )

    def allows(self, name: str, password: str) -> bool:
        """Whether the password is that user's; takes as long for a name that nobody bears."""
        known = self._hash(name)
        if known is None:
            self._hasher.hash(_bytes(password))  # as much work as to verify one
            return False
        try:
            return self._hasher.verify(known, _bytes(password))
        except VerificationError:
            return False

    def _hash(self, name: str) -> str | None:
        if not _NAME.fullmatch(name):
            return None
        with self._open(create=False) as db:
            row = db.execute("SELECT hash FROM user WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    @contextmanager
    def _open(self, *, create: bool) -> Iterator[sqlite3.Connection]:
        if create:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.touch(mode=0o600)
        try:
            file = self._file if self._file.exists() else ":memory:"
            with closing(sqlite3.connect(file)) as db, db:
                db.execute(_SCHEMA)
                yield db
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise MssqaError(f"cannot use the accounts in {str(self._file)!r}: {error}") from error


def login(config: Page, *, everyone: bool) -> Callable[[str, str], bool] | None:
    """Who is let in: nobody unknown once there are users; without users, this computer alone."""
    if everyone:
        return None
    accounts = Accounts(config.data)
    if accounts.all():
        return accounts.allows
    if not is_loopback(config.host):
        raise ConfigError(
            f"other computers can reach {config.host!r}, and there are no users",
            hint="run: mssqa user add NAME (or, to let everybody in: mssqa serve --open)",
        )
    return None


def _bytes(password: str) -> bytes:
    return password[: MAX_PASSWORD + 1].encode("utf-8", "surrogatepass")
