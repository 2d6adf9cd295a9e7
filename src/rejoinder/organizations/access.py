"""Give me this project or organization, if this caller may have it."""

from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.errors import NotFound
from rejoinder.organizations import queries
from rejoinder.organizations.types import Organization, Project


async def project(db: Queryable, project_id: int) -> Project:
    """The project of an authorised caller.

    Raises:
        NotFound: it was removed meanwhile.
    """
    found = await queries.project(db, project_id)
    if found is None:
        raise NotFound
    return found


async def organization(db: Queryable, organization_id: UUID) -> Organization:
    """The organization of one of its members.

    Raises:
        NotFound: it was removed meanwhile.
    """
    found = await queries.organization(db, organization_id)
    if found is None:
        raise NotFound
    return found
