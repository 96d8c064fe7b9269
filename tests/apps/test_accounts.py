import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from mssqa.apps.accounts import Accounts, Policy, policy
from mssqa.config import Page
from mssqa.errors import ConfigError, MssqaError

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


def test_a_secret_stands_for_a_user_until_it_is_over(accounts: Accounts) -> None:
    accounts.add("amina", PASSWORD, admin=True)
    token, spent = accounts.log_in("amina"), accounts.log_in("amina", days=-1)
    assert accounts.logged_in(token) == accounts.check("amina", PASSWORD)
    for nobody in (spent, "", token + "x", "\ud800"):
        assert accounts.logged_in(nobody) is None
    accounts.log_out(token)
    assert accounts.logged_in(token) is None


def test_a_removed_user_leaves_no_secret_behind(accounts: Accounts, tmp_path: Path) -> None:
    accounts.add("amina", PASSWORD)
    token = accounts.log_in("amina")
    assert token.encode() not in (tmp_path / "data" / "users.sqlite").read_bytes()
    accounts.remove("amina")
    accounts.add("amina", PASSWORD)
    assert accounts.logged_in(token) is None
    with pytest.raises(MssqaError, match="no user 'bea'"):
        accounts.log_in("bea")


@pytest.mark.parametrize(
    ("host", "everyone", "users", "who"),
    [
        ("127.0.0.1", False, False, Policy.THIS_COMPUTER),
        ("::1", False, False, Policy.THIS_COMPUTER),
        ("127.0.0.1", False, True, Policy.USERS),
        ("0.0.0.0", False, True, Policy.USERS),
        ("0.0.0.0", True, True, Policy.EVERYBODY),
        ("0.0.0.0", True, False, Policy.EVERYBODY),
    ],
)
def test_who_may_use_the_page(
    accounts: Accounts, tmp_path: Path, host: str, *, everyone: bool, users: bool, who: Policy
) -> None:
    if users:
        accounts.add("amina", PASSWORD)
    assert policy(Page(host=host, data=tmp_path / "data"), everyone=everyone) is who


def test_a_page_that_a_proxy_serves_by_name_needs_users_too(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"news\.example"):
        policy(Page(names="news.example", data=tmp_path), everyone=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "quay.example", ""])
def test_other_computers_are_served_to_users_or_to_everybody_on_purpose(
    tmp_path: Path, host: str
) -> None:
    with pytest.raises(ConfigError, match="there are no users"):
        policy(Page(host=host, data=tmp_path), everyone=False)
