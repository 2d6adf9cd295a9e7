"""The project's secret token as the credential of the external ticket API."""

import re
from typing import Final, cast

from litestar.handlers import BaseRouteHandler

from rejoinder.auth.guards import Connection, TeamRequest
from rejoinder.errors import Unauthenticated
from rejoinder.events.event import Actor
from rejoinder.ids import PROJECT_SECRET_PREFIX
from rejoinder.organizations import queries
from rejoinder.organizations.types import Project
from rejoinder.web.limits import RateLimits

# Who changed it: reactions that would bring a workflow back to where it came from look at this.
KEY: Final = "external"
_FLOW: Final = "x-posthog-hog-flow-id"
_UUID: Final = re.compile(r"[0-9a-fA-F-]{32,36}")


class ExternalRequest(TeamRequest):
    """A request that has passed `holds_secret`."""

    @property
    def actor(self) -> Actor:
        return cast("Actor", self.scope["state"]["actor"])


async def holds_secret(connection: Connection, _: BaseRouteHandler) -> None:
    """Lets the holder of the project's secret through, within the rate limits.

    Raises:
        Unauthenticated: no secret, not one of ours, or its project's conversations are off.
        Throttled: too many requests in this project.
    """
    request = cast("TeamRequest", connection)
    project = await _project(request)
    limits = cast("RateLimits", request.app.state["limits"])
    await limits.hit("external", str(project.id))
    flow = request.headers.get(_FLOW, "")
    key = f"{KEY}:{flow}" if _UUID.fullmatch(flow) else KEY
    request.scope["state"]["actor"] = Actor(project.id, "key", key)


async def _project(request: TeamRequest) -> Project:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not secret:
        raise Unauthenticated("Send the project's secret token: Authorization: Bearer phs_…")
    if secret.startswith(PROJECT_SECRET_PREFIX):
        project = await queries.project_by_secret(request.database, secret)
        if project is not None and project.conversations_enabled:
            return project
    raise Unauthenticated(
        "Invalid token or conversations not enabled", code="authentication_failed"
    )
