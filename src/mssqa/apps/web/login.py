"""Who sends a request: told by a secret that the login page, or `mssqa user token`, gave out."""

import html
from string import Template
from urllib.parse import parse_qsl, quote, urlencode

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from mssqa.apps.accounts import LOGIN_DAYS, Accounts, User
from mssqa.apps.web.look import static
from mssqa.apps.web.rate import Rate
from mssqa.apps.web.refused import LoginError, RefusedError, TooManyError
from mssqa.apps.web.trouble import in_words
from mssqa.apps.web.wording import Wording, languages, wording
from mssqa.errors import MssqaError

COOKIE = "mssqa_login"
DAY = 24 * 60 * 60  # seconds
MOST_TRIES = 20  # from one address, and for one name
TRIES_WITHIN = 300  # seconds
AT_ONCE = 2  # passwords checked side by side; each takes 64 MiB
AUTHORIZATION = ("authorization", "x-hf-authorization")  # gradio_client renames the first


class Logins:
    """Lets users in and out, and knows them again."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._by_address = Rate(MOST_TRIES, seconds=TRIES_WITHIN)
        self._by_name = Rate(MOST_TRIES, seconds=TRIES_WITHIN)
        self._turns = CapacityLimiter(AT_ONCE)

    def user(self, request: Request) -> User | None:
        """Who sent a request; None if it bears no secret, or one that stands for nobody now."""
        token = _token(request)
        return self._accounts.logged_in(token) if token else None

    async def serve(self, request: Request) -> Response:
        """The login page, or what became of a try to log in."""
        if request.method != "POST":
            return _page(request)
        try:
            user = await self._check(request)
        except (LoginError, TooManyError) as error:
            return _page(request, error) if _is_from_page(request) else as_json(error)
        return self._let_in(request, user)

    def log_out(self, request: Request) -> Response:
        """Forget the secret that a request bears, and go to the login page."""
        if token := _token(request):
            self._accounts.log_out(token)
        reply = RedirectResponse("/login", status_code=303)
        reply.delete_cookie(COOKIE)
        return reply

    async def _check(self, request: Request) -> User:
        async with request.form(max_files=0, max_fields=8) as form:
            name, password = str(form.get("username", "")), str(form.get("password", ""))
        address = request.client.host if request.client else ""
        if wait := self._by_address.wait(address) or self._by_name.wait(name):
            raise TooManyError("too many tries to log in", wait_seconds=wait)
        user = await to_thread.run_sync(self._accounts.check, name, password, limiter=self._turns)
        if user is None:
            raise LoginError("that name and password do not belong together")
        return user

    def _let_in(self, request: Request, user: User) -> Response:
        reply: Response = JSONResponse({"success": True})
        if _is_from_page(request):
            reply = RedirectResponse(f"/{_asked_for(request)}", status_code=303)
        reply.set_cookie(
            COOKIE,
            self._accounts.log_in(user.name),
            max_age=LOGIN_DAYS * DAY,
            httponly=True,
            samesite="lax",  # so that a link to a question, followed from a mail, still opens
            secure=request.url.scheme == "https",
        )
        return reply


def to_login(request: Request) -> Response:
    """Send a browser to the login page, and back to what it asked for afterwards."""
    query = request.url.query if request.scope["path"] == "/" else ""
    return RedirectResponse(f"/login{f'?{query}' if query else ''}", status_code=303)


def as_json(error: RefusedError) -> Response:
    """A refusal for programs; Gradio's page shows its `detail`."""
    told = {"error": error.to_dict(), "detail": f"{error}. {error.hint}".strip()}
    headers = {}
    if isinstance(error, TooManyError):
        headers["Retry-After"] = str(error.wait_seconds)
    if isinstance(error, LoginError):
        headers["WWW-Authenticate"] = 'Bearer realm="mssqa"'
    return JSONResponse(told, status_code=error.status, headers=headers)


def out_of_order(request: Request, error: MssqaError) -> Response:
    """What is told where the accounts cannot be read or written."""
    trouble = in_words(error, _words(request))
    return PlainTextResponse(f"{trouble.what}\n{trouble.hint}\n", status_code=503)


def _page(request: Request, error: RefusedError | None = None) -> Response:
    words = _words(request)
    problem = words(f"doors.{error.kind}", **vars(error)) if error else ""
    filled = {name: html.escape(text) for name, text in words.table("doors").items()}
    filled |= {
        "language": words.language,
        "query": html.escape(_asked_for(request)),
        "problem": f'<p class="problem" role="alert">{html.escape(problem)}</p>' if error else "",
    }
    page = Template(static("login.html")).substitute(filled)
    return HTMLResponse(page, status_code=error.status if error else 200)


def _asked_for(request: Request) -> str:
    """The question and its limits that the address holds, as a query; nothing else of it."""
    kept = parse_qsl(request.url.query, max_num_fields=50)
    return f"?{urlencode(kept, quote_via=quote)}" if kept else ""


def _words(request: Request) -> Wording:
    wanted = request.headers.get("accept-language", "").lower().replace(";", ",").split(",")
    known = (each.strip()[:2] for each in wanted)
    return wording(next((each for each in known if each in languages()), ""))


def _token(request: Request) -> str | None:
    for name in AUTHORIZATION:
        kind, _, token = request.headers.get(name, "").partition(" ")
        if kind.lower() == "bearer":
            return token.strip()
    return request.cookies.get(COOKIE)


def _is_from_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")
