import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from mssqa.apps.accounts import Accounts
from mssqa.errors import MssqaError

PASSWORD = "a long walk by the quay"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path / "data", PasswordHasher.from_parameters(CHEAPEST))


def test_nobody_is_let_in_before_there_are_users_and_nothing_is_written(
    accounts: Accounts, tmp_path: Path
) -> None:
    assert accounts.all() == ()
    assert not accounts.check("amina", PASSWORD)
    assert list(tmp_path.iterdir()) == []


def test_a_user_is_let_in_with_the_right_password_only(accounts: Accounts) -> None:
    accounts.add("amina", PASSWORD)
    assert accounts.check("amina", PASSWORD)
    assert not accounts.check("amina", PASSWORD + "s")
    assert not accounts.check("amina", "")
    assert not accounts.check("Amina", PASSWORD)
    assert not accounts.check("bea", PASSWORD)


def test_users_are_listed_by_name(accounts: Accounts) -> None:
    before = datetime.now(UTC)
    accounts.add("zoe", PASSWORD, admin=True)
    accounts.add("amina", PASSWORD)
    assert [(user.name, user.admin) for user in accounts.all()] == [("amina", False), ("zoe", True)]
    assert all(before <= user.since <= datetime.now(UTC) for user in accounts.all())


def test_a_removed_user_is_let_in_no_longer(accounts: Accounts) -> None:
    accounts.add("amina", PASSWORD)
    accounts.remove("amina")
    assert not accounts.check("amina", PASSWORD)
    with pytest.raises(MssqaError, match="no user 'amina'"):
        accounts.remove("amina")


def test_a_name_is_taken_once(accounts: Accounts) -> None:
    accounts.add("amina", PASSWORD)
    with pytest.raises(MssqaError, match="a user 'amina' already"):
        accounts.add("amina", "another password")
    assert accounts.check("amina", PASSWORD)


@pytest.mark.parametrize("name", ["", " ", "a b", "x" * 65, "a\nb", "a\0", "../x", "\ud800"])
def test_odd_names_are_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(MssqaError, match="will not do as a name"):
        accounts.add(name, PASSWORD)
    assert not accounts.check(name, PASSWORD)


@pytest.mark.parametrize("length", [0, 9, 201])
def test_the_length_of_a_password_is_bounded(accounts: Accounts, length: int) -> None:
    with pytest.raises(MssqaError, match=f"has {length} characters"):
        accounts.add("amina", "x" * length)


def test_a_password_may_hold_any_letters_and_is_compared_whole(accounts: Accounts) -> None:
    accounts.add("amina", "é" * 199 + "\ud800")
    assert accounts.check("amina", "é" * 199 + "\ud800")
    assert not accounts.check("amina", "é" * 199)
    assert not accounts.check("amina", "é" * 199 + "\ud800" + "more")


def test_passwords_are_kept_hashed_in_a_file_of_its_owner_alone(
    accounts: Accounts, tmp_path: Path
) -> None:
    accounts.add("amina", PASSWORD)
    file = tmp_path / "data" / "users.sqlite"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PASSWORD.encode() not in file.read_bytes()
    assert b"$argon2id$" in file.read_bytes()


def test_a_file_that_is_no_database_is_told_in_words(accounts: Accounts, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "users.sqlite").write_bytes(b"not a database at all, by any means" * 9)
    with pytest.raises(MssqaError, match=r"cannot use the accounts in .*users\.sqlite"):
        accounts.all()
