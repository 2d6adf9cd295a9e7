"""Give me this project, if this caller may have it."""

from rejoinder.db.pool import Queryable
from rejoinder.errors import NotFound
from rejoinder.organizations import queries
from rejoinder.organizations.types import Project


async def project(db: Queryable, project_id: int) -> Project:
    """The project of an authorised caller.

    Raises:
        NotFound: it was removed meanwhile.
    """
    found = await queries.project(db, project_id)
    if found is None:
        raise NotFound
    return found
