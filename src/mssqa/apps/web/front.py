"""The front door: what every request passes before Gradio sees it, and every reply on its way out.

Gradio asks for a login at some of its addresses and not at others; here it is asked for at all.
"""

from collections.abc import Collection

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mssqa.apps.accounts import Policy, User
from mssqa.apps.web import ways
from mssqa.apps.web.guard import KEY, Role, Visitor
from mssqa.apps.web.headers import Reply
from mssqa.apps.web.login import Logins, as_json, out_of_order, to_login
from mssqa.apps.web.rate import Rate
from mssqa.apps.web.refused import LoginError, NotAllowedError, RefusedError, TooManyError
from mssqa.apps.web.shape import check_body, check_host, check_lines, check_origin
from mssqa.errors import MssqaError

MINUTE = 60  # seconds
SENT_IN_A_MINUTE = (
    1_200  # requests of one address that send something; a page sends some for each press
)


class FrontDoor:
    """Serves an app to those who may see it.

    Args:
        app: what is behind the door.
        policy: who is let in at all.
        logins: knows the users.
        names: what the page is called by, besides addresses in figures.
        scripts: those that the page adds by itself; see `headers.allowed_scripts`.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        policy: Policy,
        logins: Logins,
        names: Collection[str] = (),
        scripts: Collection[str] = (),
    ) -> None:
        self._app = app
        self._policy = policy
        self._logins = logins
        self._names = frozenset(name.lower() for name in names)
        self._scripts = tuple(scripts)
        self._sent = Rate(SENT_IN_A_MINUTE, seconds=MINUTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, as ASGI has it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})  # we have none

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        reply = Reply(send, self._scripts)
        try:
            app = await self._behind(request)
        except RefusedError as error:
            app = _told(request, error)
        except MssqaError as error:  # of the accounts
            app = out_of_order(request, error)
        if request.method == "GET" and request.scope["path"] == "/":
            reply.mark(scope)
        await app(scope, receive, reply.send)

    async def _behind(self, request: Request) -> ASGIApp:
        """What serves a request.

        Raises:
            RefusedError: nothing does.
        """
        check_lines(request)
        host = request.headers.get("host", "")
        check_host(host, names=self._names)
        check_origin(request.headers.get("origin"), host)
        who = self._who(request)
        if who.role is Role.STRANGER and request.scope["path"] != ways.LOGIN:
            raise LoginError("this page asks for a login")
        found = ways.way(request.method, request.scope["path"])
        check_body(request, found)
        if who.role < found.role:
            raise NotAllowedError("that is for administrators", hint="log in as one")
        if request.method == "POST":
            self._count(who)
        setattr(request.state, KEY, who)
        match request.scope["path"]:
            case ways.LOGIN:
                return await self._logins.serve(request)
            case ways.LOGOUT:
                return self._logins.log_out(request)
        return self._app

    def _who(self, request: Request) -> Visitor:
        user = self._logins.user(request)
        role = role_of(user, self._policy)
        address = request.client.host if request.client else ""
        return Visitor(role=role, name=user.name if user else None, address=address)

    def _count(self, who: Visitor) -> None:
        if self._policy is Policy.THIS_COMPUTER:
            return
        if seconds := self._sent.wait(who.name or who.address):
            raise TooManyError("you send very much", wait_seconds=seconds)


def role_of(user: User | None, policy: Policy) -> Role:
    """What somebody may do.

    >>> role_of(None, Policy.THIS_COMPUTER), role_of(None, Policy.EVERYBODY)
    (<Role.ADMIN: 2>, <Role.READER: 1>)
    """
    if policy is Policy.THIS_COMPUTER or (user and user.admin):
        return Role.ADMIN
    return Role.READER if user or policy is Policy.EVERYBODY else Role.STRANGER


def _told(request: Request, error: RefusedError) -> Response:
    """A refusal, for a person or for a program."""
    if request.headers.get("sec-fetch-mode") != "navigate":
        return as_json(error)
    if isinstance(error, LoginError):
        return to_login(request)
    return PlainTextResponse(f"{error}\n{error.hint}\n", status_code=error.status)
