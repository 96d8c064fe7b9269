"""Who may use a page that others can reach: names and argon2 hashes in SQLite."""

import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from mssqa.apps.listen import is_loopback
from mssqa.config import Page
from mssqa.errors import ConfigError, MssqaError

FILE = "users.sqlite"
MIN_PASSWORD = 10  # characters
MAX_PASSWORD = 200  # characters; hashing more would only cost the server time

LOGIN_DAYS = 30

_NAME = re.compile(r"[\w.@+-]{1,64}")
_LIST = "run: mssqa user list"
_USERS = """
CREATE TABLE IF NOT EXISTS user (
    name TEXT PRIMARY KEY, hash TEXT NOT NULL, admin INTEGER NOT NULL, since TEXT NOT NULL
) STRICT
"""
_LOGINS = """
CREATE TABLE IF NOT EXISTS login (
    hash TEXT PRIMARY KEY, until TEXT NOT NULL,
    name TEXT NOT NULL REFERENCES user ON DELETE CASCADE
) STRICT
"""


class Policy(StrEnum):
    """Who may use the page at all."""

    THIS_COMPUTER = "this computer"  # no users: whoever sits at it may do everything
    USERS = "users"  # who logs in
    EVERYBODY = "everybody"  # may ask; to change the articles, an administrator logs in


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
                raise MssqaError(f"there is no user {name!r}", hint=_LIST)

    def all(self) -> tuple[User, ...]:
        """Everybody, by name."""
        with self._open(create=False) as db:
            rows = db.execute("SELECT name, admin, since FROM user ORDER BY name").fetchall()
        return tuple(_user(*row) for row in rows)

    def check(self, name: str, password: str) -> User | None:
        """The user of that name and password; takes as long for a name that nobody bears."""
        row = self._row(name)
        if row is None:
            self._hasher.hash(_bytes(password))  # as much work as to verify one
            return None
        known, user = row
        try:
            self._hasher.verify(known, _bytes(password))
        except VerificationError:
            return None
        return user

    def log_in(self, name: str, *, days: int = LOGIN_DAYS) -> str:
        """A secret that stands for the user, until the days are over or the user is removed.

        Only its hash is kept.

        Raises:
            MssqaError: there is no such user.
        """
        if self._row(name) is None:
            raise MssqaError(f"there is no user {name!r}", hint=_LIST)
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        row = (_digest(token), (now + timedelta(days=days)).isoformat(), name)
        with self._open(create=False) as db:
            db.execute("DELETE FROM login WHERE until < ?", (now.isoformat(),))
            db.execute("INSERT INTO login VALUES (?, ?, ?)", row)
        return token

    def logged_in(self, token: str) -> User | None:
        """The user for whom a secret stands."""
        found = "SELECT name, admin, since FROM login JOIN user USING (name) WHERE login.hash = ?"
        now = datetime.now(UTC).isoformat()
        with self._open(create=False) as db:
            row = db.execute(f"{found} AND until >= ?", (_digest(token), now)).fetchone()
        return _user(*row) if row else None

    def log_out(self, token: str) -> None:
        """Let a secret stand for nobody any longer."""
        with self._open(create=False) as db:
            db.execute("DELETE FROM login WHERE hash = ?", (_digest(token),))

    def _row(self, name: str) -> tuple[str, User] | None:
        if not _NAME.fullmatch(name):
            return None
        with self._open(create=False) as db:
            row = db.execute(
                "SELECT hash, name, admin, since FROM user WHERE name = ?", (name,)
            ).fetchone()
        return (str(row[0]), _user(*row[1:])) if row else None

    @contextmanager
    def _open(self, *, create: bool) -> Iterator[sqlite3.Connection]:
        if create:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.touch(mode=0o600)
        try:
            file = self._file if self._file.exists() else ":memory:"
            with closing(sqlite3.connect(file)) as db, db:
                db.execute("PRAGMA foreign_keys = ON")
                db.execute(_USERS)
                db.execute(_LOGINS)
                yield db
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise MssqaError(f"cannot use the accounts in {str(self._file)!r}: {error}") from error


def policy(config: Page, *, everyone: bool) -> Policy:
    """Who may use the page: its users, once there are any; without any, this computer alone.

    Raises:
        ConfigError: other computers can reach the page, itself or by a name that a proxy serves,
            there are no users, and it is not meant for everyone.
    """
    if everyone:
        return Policy.EVERYBODY
    if Accounts(config.data).all():
        return Policy.USERS
    if config.names.strip() or not is_loopback(config.host):
        raise ConfigError(
            f"other computers can reach {config.names or config.host!r}, and there are no users",
            hint="run: mssqa user add NAME (or, to let everybody ask: mssqa serve --open)",
        )
    return Policy.THIS_COMPUTER


def _user(name: str, admin: int, since: str) -> User:
    return User(name=name, admin=bool(admin), since=datetime.fromisoformat(since))


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _bytes(password: str) -> bytes:
    return password[: MAX_PASSWORD + 1].encode("utf-8", "surrogatepass")
