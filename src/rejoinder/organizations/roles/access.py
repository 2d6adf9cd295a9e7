"""Give me this role of this organization."""

from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.errors import NotFound
from rejoinder.organizations.roles import queries
from rejoinder.organizations.roles.types import FullRole


async def role(db: Queryable, organization_id: UUID, role_id: UUID) -> FullRole:
    """The role.

    Raises:
        NotFound: not there, or another organization's.
    """
    found = await queries.role(db, organization_id, role_id)
    if found is None:
        raise NotFound
    return found
