"""The guard beside each route: a personal API key becomes a `Caller`, or the request ends here.

A key is looked for in the order of the wire: `Authorization: Bearer`, the body's
`personal_api_key`, the query's `personal_api_key`.
"""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from rejoinder.auth.credentials import Credentials
from rejoinder.auth.rules import allows, may, project_of
from rejoinder.auth.types import ADMINISTRATORS, Caller, Scope
from rejoinder.db.pool import Database
from rejoinder.errors import Forbidden, Unauthenticated
from rejoinder.events.event import Actor
from rejoinder.events.work import Work
from rejoinder.web.limits import RateLimits
from rejoinder.web.request import ApiRequest

Connection = ASGIConnection[Any, Any, Any, Any]
Guard = Callable[[Connection, BaseRouteHandler], Awaitable[None]]

_FIELD = "personal_api_key"


class TeamRequest(ApiRequest):
    """A request that has passed `requires`."""

    @property
    def caller(self) -> Caller:
        return cast("Caller", self.scope["state"]["caller"])

    @property
    def database(self) -> Database:
        """For reading; what changes something goes through `work`."""
        return cast("Database", self.app.state["database"])

    @property
    def work(self) -> Work:
        return cast("Work", self.app.state["work"])


def requires(scope: Scope, *, key_in_body: bool = True) -> Guard:
    """Lets a key with this scope through to the project in the URL, within the rate limits.

    With `key_in_body` off the body is not read here: it is left to the route.

    Raises:
        Unauthenticated: no key, or not one of ours.
        Forbidden: the scope, the teammate's level or the key's projects do not cover it.
        NotFound: no such project among the caller's.
        Throttled: too many requests in this project.
    """

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        request = cast("TeamRequest", connection)
        credentials = cast("Credentials", request.app.state["credentials"])
        limits = cast("RateLimits", request.app.state["limits"])
        key, place = await _find_key(request, in_body=key_in_body)
        grant = await credentials.grant(request.database, key)
        if grant is None:
            message = f"Personal API key found in request {place} is invalid."
            raise Unauthenticated(message, code="authentication_failed")
        if not allows(grant.scopes, scope):
            raise Forbidden(f"API key missing required scope '{scope}'")
        project_id = project_of(grant, request.path_params["project_id"])
        level = grant.level_in(project_id)
        if level is None or not may(level, scope):
            raise Forbidden("You do not have permission to perform this action.")
        await limits.hit("api", str(project_id))
        actor = Actor(project_id, "user", str(grant.user_id))
        request.scope["state"]["caller"] = Caller(grant.user_id, grant.email, level, actor)

    return guard


async def administrates(connection: Connection, _: BaseRouteHandler) -> None:
    """Stands behind `requires`: lets owners and admins through."""
    if cast("TeamRequest", connection).caller.level not in ADMINISTRATORS:
        raise Forbidden("You need to be an admin of the organization.")


async def _find_key(request: ApiRequest, *, in_body: bool) -> tuple[str, str]:
    """The key and the place it was found in, in the wire's words."""
    scheme, _, key = request.header(b"authorization").decode("latin-1").partition(" ")
    if scheme.lower() == "bearer" and key.strip():
        return key.strip(), "Authorization header"
    if in_body and request.method in {"POST", "PUT", "PATCH", "DELETE"}:
        body = await request.json()
        if isinstance(value := body.get(_FIELD), str) and value:
            return value, "body"
    if value := request.query.get(_FIELD):
        return value, "query string"
    raise Unauthenticated("Authentication credentials were not provided.")
