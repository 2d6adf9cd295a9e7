"""The guard beside each route: a key or session becomes a `Caller`, or the request ends here.

A key is looked for in the order of the wire: `Authorization: Bearer`, the body's
`personal_api_key`, the query's `personal_api_key`. Without one the cookie of a session counts.
"""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from rejoinder.auth.credentials import Credentials
from rejoinder.auth.passwords import Passwords
from rejoinder.auth.rules import allows, may, project_of
from rejoinder.auth.sessions import SAFE_METHODS, Sessions
from rejoinder.auth.types import ADMINISTRATORS, Caller, Device, Grant, Scope
from rejoinder.db.connection import DATABASE_AWAY
from rejoinder.db.pool import Database
from rejoinder.errors import Forbidden, NotFound, Unauthenticated
from rejoinder.events.event import INSTALLATION, Actor
from rejoinder.events.work import Work
from rejoinder.web.limits import RateLimits
from rejoinder.web.request import ApiRequest

Connection = ASGIConnection[Any, Any, Any, Any]
Guard = Callable[[Connection, BaseRouteHandler], Awaitable[None]]

_FIELD = "personal_api_key"
_LONGEST_USER_AGENT = 500


class TeamRequest(ApiRequest):
    """A request that has passed a guard, and what its route may use."""

    @property
    def caller(self) -> Caller:
        """Behind `requires`."""
        return cast("Caller", self.scope["state"]["caller"])

    @property
    def grant(self) -> Grant:
        """Behind `requires` or `identifies`."""
        return cast("Grant", self.scope["state"]["grant"])

    @property
    def user(self) -> Actor:
        """The user where it is not about one project."""
        return Actor(INSTALLATION, "user", str(self.grant.user_id))

    @property
    def device(self) -> Device:
        agent = self.header(b"user-agent").decode("latin-1")
        return Device(self.client.host if self.client else "", agent[:_LONGEST_USER_AGENT])

    @property
    def database(self) -> Database:
        """For reading; what changes something goes through `work`."""
        return cast("Database", self.app.state["database"])

    @property
    def work(self) -> Work:
        return cast("Work", self.app.state["work"])

    @property
    def limits(self) -> RateLimits:
        return cast("RateLimits", self.app.state["limits"])

    @property
    def credentials(self) -> Credentials:
        return cast("Credentials", self.app.state["credentials"])

    @property
    def sessions(self) -> Sessions:
        return cast("Sessions", self.app.state["sessions"])

    @property
    def passwords(self) -> Passwords:
        return cast("Passwords", self.app.state["passwords"])


def requires(scope: Scope, *, key_in_body: bool = True, session_only: bool = False) -> Guard:
    """Lets a key with this scope, or a session, through to the project in the URL, within limits.

    With `key_in_body` off the body is not read here: it is left to the route.

    Raises:
        Unauthenticated: no key or session, or not one of ours.
        Forbidden: the scope, the teammate's level or the key's projects do not cover it; a key
            where there must be a session; a session without the proof that our page asks.
        NotFound: no such project among the caller's.
        Throttled: too many requests in this project.
    """

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        request = cast("TeamRequest", connection)
        grant = await _identify(request, in_body=key_in_body, session_only=session_only)
        caller = _caller(request, grant, scope)
        await request.limits.hit("api", str(caller.project_id))
        request.scope["state"]["caller"] = caller

    return guard


class Standing:
    """For answers that take their time: whether whom `requires` let through would be so still."""

    def __init__(self, request: TeamRequest, scope: Scope) -> None:
        self._request = request
        self._scope: Scope = scope
        # What was changed while the guard looked is found at the first check.
        self._age: int | None = None

    async def check(self) -> None:
        """Costs next to nothing until some credential, user or membership has changed.

        Raises:
            Unauthenticated, Forbidden, NotFound: as the guard does.
        """
        age = self._request.credentials.age
        if age is None or age != self._age:
            grant = await _identify(self._request, in_body=False, session_only=False)
            _caller(self._request, grant, self._scope)
            self._age = age

    async def lasts(self) -> bool:
        """Not either when nobody can tell: whoever comes back is looked at anew."""
        try:
            await self.check()
        except (Unauthenticated, Forbidden, NotFound, *DATABASE_AWAY):
            return False
        return True


def identifies(scope: Scope | None = None, *, session_only: bool = False) -> Guard:
    """Lets a user through where it is not about one project, by session or key.

    With a scope, a key needs it, and must not be limited to projects.

    Raises:
        Unauthenticated, Forbidden, Throttled: as `requires`.
    """

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        request = cast("TeamRequest", connection)
        grant = await _identify(request, in_body=True, session_only=session_only)
        if scope is not None:
            _check_scope(grant, scope)
            if grant.limited_to:
                raise Forbidden("This API key is limited to projects.")
        await request.limits.hit("api", f"user:{grant.user_id}")

    return guard


async def administrates(connection: Connection, _: BaseRouteHandler) -> None:
    """Stands behind `requires`: lets owners and admins through."""
    if cast("TeamRequest", connection).caller.level not in ADMINISTRATORS:
        raise Forbidden("You need to be an admin of the organization.")


def _caller(request: TeamRequest, grant: Grant, scope: Scope) -> Caller:
    """Who asks in the project of the URL, if the scope is theirs there."""
    _check_scope(grant, scope)
    project_id = project_of(grant, request.path_params["project_id"])
    level = grant.level_in(project_id)
    if level is None or not may(level, scope):
        raise Forbidden("You do not have permission to perform this action.")
    actor = Actor(project_id, "user", str(grant.user_id))
    return Caller(grant.user_id, grant.email, level, actor)


async def _identify(request: TeamRequest, *, in_body: bool, session_only: bool) -> Grant:
    """What the request's key opens, or else its session."""
    found = await _find_key(request, in_body=in_body)
    grant = await (_by_key(request, *found) if found else session_of(request))
    if session_only and not grant.is_session:
        raise Forbidden("This action does not support personal API key access")
    request.scope["state"]["grant"] = grant
    return grant


async def _by_key(request: TeamRequest, key: str, place: str) -> Grant:
    grant = await request.credentials.grant(request.database, key)
    if grant is None:
        message = f"Personal API key found in request {place} is invalid."
        raise Unauthenticated(message, code="authentication_failed")
    return grant


async def session_of(request: TeamRequest) -> Grant:
    """The session of the request; what changes something needs the proof that our page asks.

    Raises:
        Unauthenticated, Forbidden: there is none, or no proof.
    """
    token = request.sessions.token_in(request)
    grant = await request.credentials.session(request.database, token) if token else None
    if grant is None:
        raise Unauthenticated
    if request.method not in SAFE_METHODS:
        request.sessions.check(request, grant.credential_id)
    request.scope["state"]["grant"] = grant
    return grant


def _check_scope(grant: Grant, scope: Scope) -> None:
    if not allows(grant.scopes, scope):
        raise Forbidden(f"API key missing required scope '{scope}'")


async def _find_key(request: ApiRequest, *, in_body: bool) -> tuple[str, str] | None:
    """The key, if there is one, and the place it was found in, in the wire's words."""
    scheme, _, key = request.header(b"authorization").decode("latin-1").partition(" ")
    if scheme.lower() == "bearer" and key.strip():
        return key.strip(), "Authorization header"
    if in_body and request.method not in SAFE_METHODS:
        body = await request.json()
        if isinstance(value := body.get(_FIELD), str) and value:
            return value, "body"
    if value := request.query.get(_FIELD):
        return value, "query string"
    return None
