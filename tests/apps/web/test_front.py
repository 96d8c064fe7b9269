"""The front door, over an app that says who got through to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from mssqa.apps.accounts import Accounts, Policy
from mssqa.apps.web.front import FrontDoor
from mssqa.apps.web.guard import visitor
from mssqa.apps.web.headers import allowed_scripts
from mssqa.apps.web.login import COOKIE, MOST_TRIES, Logins

PASSWORD = "a long walk by the quay"
SCRIPT = "<script>ours()</script>"
ADDRESS = "http://127.0.0.1:7860"
ASK = "/gradio_api/call/v2/ask"
BUILD = "/gradio_api/call/v2/build"


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    """Shows a page at `/`; says elsewhere who came."""
    request = Request(scope, receive)
    who = visitor(request)
    reply: Response = PlainTextResponse(f"{who.name} {who.role.name}")
    if request.url.path == "/":
        reply = HTMLResponse("<script>config()</script><p>the page</p>")
    await reply(scope, receive, send)


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path, PasswordHasher.from_parameters(CHEAPEST))
    made.add("amina", PASSWORD)
    made.add("zoe", PASSWORD, admin=True)
    return made


@pytest.fixture
def door(accounts: Accounts, policy: Policy) -> Iterator[TestClient]:
    front = FrontDoor(
        Starlette(routes=[Mount("/", inside)]),
        policy=policy,
        logins=Logins(accounts),
        names=["quay.example"],
        scripts=allowed_scripts(SCRIPT),
    )
    with TestClient(front, ADDRESS, follow_redirects=False) as client:
        yield client


@pytest.fixture
def policy() -> Policy:
    return Policy.USERS


everybody = pytest.mark.parametrize("policy", [Policy.EVERYBODY])
this_computer = pytest.mark.parametrize("policy", [Policy.THIS_COMPUTER])


def log_in(door: TestClient, name: str, password: str = PASSWORD) -> None:
    reply = door.post("/login", data={"username": name, "password": password})
    assert reply.json() == {"success": True}


def test_a_stranger_is_told_to_log_in_in_words_that_programs_read(door: TestClient) -> None:
    reply = door.post(ASK, json={})
    assert (reply.status_code, reply.headers["www-authenticate"]) == (401, 'Bearer realm="mssqa"')
    assert reply.json()["error"] == {
        "kind": "LoginError",
        "message": "this page asks for a login",
        "hint": "log in with a name that `mssqa user add` has let in",
    }


def test_a_strangers_browser_is_sent_to_the_login_page_and_keeps_its_question(
    door: TestClient,
) -> None:
    browser = {"Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
    reply = door.get("/?q=Who%20%3Cleads%3E%3F", headers=browser)
    assert (reply.status_code, reply.headers["location"]) == (303, "/login?q=Who%20%3Cleads%3E%3F")
    page = door.get(reply.headers["location"], headers=browser)
    assert 'action="/login?q=Who%20%3Cleads%3E%3F"' in page.text
    form = {"username": "amina", "password": PASSWORD}
    let_in = door.post(reply.headers["location"], data=form, headers=browser)
    assert (let_in.status_code, let_in.headers["location"]) == (303, "/?q=Who%20%3Cleads%3E%3F")
    assert door.get("/").text.endswith("<p>the page</p>")


@pytest.mark.parametrize("query", ["//evil.example", '"><script>alert(1)</script>', "next=//evil"])
def test_what_stands_in_the_address_of_the_login_page_neither_leads_away_nor_becomes_markup(
    door: TestClient, query: str
) -> None:
    browser = {"Accept": "text/html"}
    assert "<script" not in door.get(f"/login?{query}", headers=browser).text
    form = {"username": "amina", "password": PASSWORD}
    reply = door.post(f"/login?{query}", data=form, headers=browser)
    assert reply.headers["location"] in {"/", "/?next=%2F%2Fevil"}


def test_who_logs_in_is_known_by_name_and_role(door: TestClient) -> None:
    log_in(door, "amina")
    assert door.post(ASK, json={}).text == "amina READER"
    assert door.post(BUILD, json={}).status_code == 403
    log_in(door, "zoe")
    assert door.post(BUILD, json={}).text == "zoe ADMIN"


def test_the_secret_is_out_of_reach_of_scripts_and_of_other_sites(door: TestClient) -> None:
    reply = door.post("/login", data={"username": "amina", "password": PASSWORD})
    kept = reply.headers["set-cookie"]
    assert kept.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=lax"} <= set(kept.split("; "))


def test_a_program_shows_a_secret_instead(door: TestClient, accounts: Accounts) -> None:
    secret = accounts.log_in("amina", days=1)
    for name in ("Authorization", "X-HF-Authorization"):
        assert door.post(ASK, json={}, headers={name: f"Bearer {secret}"}).text == "amina READER"
    for wrong in (f"Basic {secret}", "Bearer", "Bearer ", f"Bearer {secret}x", "Bearer \x00"):
        assert door.post(ASK, json={}, headers={"Authorization": wrong}).status_code == 401


def test_who_is_removed_is_out_at_once(door: TestClient, accounts: Accounts) -> None:
    log_in(door, "amina")
    accounts.remove("amina")
    assert door.post(ASK, json={}).status_code == 401
    accounts.add("amina", PASSWORD)
    assert door.post(ASK, json={}).status_code == 401


def test_who_logs_out_is_out(door: TestClient) -> None:
    log_in(door, "amina")
    secret = door.cookies[COOKIE]
    assert door.get("/logout").status_code == 404
    assert door.post("/logout").headers["location"] == "/login"
    stolen = {"Authorization": f"Bearer {secret}"}
    assert door.post(ASK, json={}, headers=stolen).status_code == 401


def test_a_wrong_password_is_told_on_the_page_and_to_programs(door: TestClient) -> None:
    wrong = {"username": "<b>amina", "password": "a wrong one at that"}
    program = door.post("/login", data=wrong)
    assert (program.status_code, program.json()["error"]["kind"]) == (401, "LoginError")
    page = door.post("/login", data=wrong, headers={"Accept": "text/html"})
    assert page.status_code == 401
    assert '<p class="problem" role="alert">That name and password do not belong' in page.text
    assert "<b>" not in page.text


def test_passwords_cannot_be_tried_without_end(door: TestClient) -> None:
    wrong = {"username": "amina", "password": "a wrong one at that"}
    for _ in range(MOST_TRIES):
        assert door.post("/login", data=wrong).status_code == 401
    refused = door.post("/login", data=wrong | {"password": PASSWORD})
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 200
    page = door.post("/login", data=wrong, headers={"Accept": "text/html"})
    assert "Too many tries. Wait " in page.text


@everybody
def test_an_open_page_lets_everybody_ask_and_nobody_change_anything(door: TestClient) -> None:
    assert door.post(ASK, json={}).text == "None READER"
    assert door.post(BUILD, json={}).status_code == 403
    assert door.post("/gradio_api/upload", content=b"x").status_code == 403
    log_in(door, "zoe")
    assert door.post(BUILD, json={}).text == "zoe ADMIN"


@this_computer
def test_without_users_whoever_sits_at_this_computer_may_do_everything(door: TestClient) -> None:
    assert door.post(BUILD, json={}).text == "None ADMIN"


@everybody
@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:7860", 200),
        ("192.168.1.4", 200),
        ("[::1]:7860", 200),
        ("localhost:7860", 200),
        ("QUAY.example", 200),
        ("evil.example:7860", 403),
        ("127.0.0.1.evil.example", 403),
        ("", 403),
        ("[", 403),
    ],
)
def test_another_sites_name_cannot_be_made_to_mean_this_page(
    door: TestClient, host: str, status: int
) -> None:
    assert door.get("/", headers={"Host": host}).status_code == status


@this_computer
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "http://[", ""]
)
def test_the_pages_of_other_sites_can_neither_send_nor_read(door: TestClient, origin: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        reply = door.request(method, ASK, headers={"Origin": origin})
        assert reply.status_code == 403
        assert "access-control-allow-origin" not in reply.headers
    assert door.post(ASK, json={}, headers={"Origin": ADDRESS}).status_code == 200


@this_computer
def test_what_is_too_large_is_refused_before_it_is_read(door: TestClient) -> None:
    assert door.post(ASK, content=b" " * (1024 * 1024)).status_code == 200
    assert door.post(ASK, content=b" " * (1024 * 1024 + 1)).status_code == 413
    assert door.post(ASK, content=iter([b"{}"])).status_code == 411
    assert door.post(ASK, headers={"Content-Length": "-1"}).status_code == 413
    assert door.get(f"/?q={'x' * 24_000}").status_code == 413
    assert door.get("/", headers={f"X-{n}": "x" for n in range(70)}).status_code == 413


@this_computer
@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=https://evil.example/",
        "/gradio_api/file=https%3A//evil.example/",
        "/gradio_api/proxy=https://x.hf.space/",
        "/gradio_api/deep_link?session_hash=x",
        "/gradio_api/process_recording",
        "/gradio_api/startup-events",
        "/gradio_api/call/_tabs",
        "/gradio_api/run/change",
        "/monitoring",
        "/docs",
        "/%0A",
        "/gradio_api/%0Aupload",
        "/gradio_api/upload%3Fx",
        "/assets/",
        "/index.html",
    ],
)
def test_what_the_page_does_not_need_is_not_there(door: TestClient, path: str) -> None:
    assert door.get(path).status_code == 404
    assert door.post(path, json={}).status_code == 404


@this_computer
def test_browsers_are_told_what_to_forbid_the_page(door: TestClient) -> None:
    page = door.get("/", headers={"Accept-Encoding": "br"})
    policy = dict(
        rule.split(" ", 1) for rule in page.headers["content-security-policy"].split("; ")
    )
    nonce = page.text.split('nonce="')[1].split('"')[0]
    assert page.text == f'<script nonce="{nonce}">config()</script><p>the page</p>'
    ours = allowed_scripts(SCRIPT)[0]
    assert policy["script-src"] == f"'self' 'unsafe-eval' 'nonce-{nonce}' {ours}"
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert door.get("/").text.split('nonce="')[1].split('"')[0] != nonce
    for reply in (page, door.get("/nowhere"), door.post(ASK, json={})):
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "same-origin"
        assert "script-src" in reply.headers["content-security-policy"]


@this_computer
def test_nobody_is_refused_at_home_however_much_is_sent(door: TestClient) -> None:
    assert {door.post(ASK, json={}).status_code for _ in range(1_300)} == {200}


@everybody
def test_elsewhere_a_flood_is_stopped(door: TestClient) -> None:
    last = [door.post(ASK, json={}) for _ in range(1_201)][-1]
    assert (last.status_code, last.json()["error"]["kind"]) == (429, "TooManyError")
    assert last.json()["detail"].startswith("you send very much. wait ")


@everybody
def test_the_page_says_who_is_logged_in_so_no_browser_stores_it(door: TestClient) -> None:
    assert door.get("/").headers["cache-control"] == "no-store"
    assert "cache-control" not in door.get("/config").headers
