"""The guards of routes about an organization: they stand behind `identifies`."""

from typing import cast

from litestar.handlers import BaseRouteHandler

from rejoinder.auth.guards import Connection, TeamRequest
from rejoinder.auth.types import ADMINISTRATORS
from rejoinder.errors import Forbidden, NotFound
from rejoinder.organizations.members import queries
from rejoinder.organizations.types import Membership


async def belongs(connection: Connection, _: BaseRouteHandler) -> None:
    """Lets members of the organization in the URL through.

    Raises:
        NotFound: there is none, or the caller is no member; the two look alike.
    """
    request = cast("TeamRequest", connection)
    organization_id = request.path_params["organization_id"]
    level = await queries.level(request.database, organization_id, request.grant.user_id)
    if level is None:
        raise NotFound
    found = Membership(organization_id, request.grant.user_id, level)
    request.scope["state"]["membership"] = found


async def administrates(connection: Connection, _: BaseRouteHandler) -> None:
    """Stands behind `belongs`: lets owners and admins through."""
    if membership(cast("TeamRequest", connection)).level not in ADMINISTRATORS:
        raise Forbidden("You need to be an admin of the organization.")


def membership(request: TeamRequest) -> Membership:
    """Who asks, behind `belongs`."""
    return cast("Membership", request.scope["state"]["membership"])
