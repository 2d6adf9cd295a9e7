"""Give me this project, if the public token is its own."""

from rejoinder.db.pool import Queryable
from rejoinder.errors import NotFound, Unauthenticated
from rejoinder.ids import PROJECT_TOKEN_PREFIX
from rejoinder.organizations import queries
from rejoinder.organizations.types import Project


async def project_of(db: Queryable, token: str) -> Project | None:
    """None when the token is nobody's; what does not look like one costs nothing."""
    if not token.startswith(PROJECT_TOKEN_PREFIX) or "\0" in token:
        return None
    return await queries.project_by_api_token(db, token)


async def configured(db: Queryable, token: str) -> Project:
    """Raises NotFound where there is no such project."""
    found = await project_of(db, token)
    if found is None:
        raise NotFound("There is no project with this token.")
    return found


async def capturing(db: Queryable, token: str) -> Project:
    """Raises Unauthenticated where events name no project of ours."""
    found = await project_of(db, token)
    if found is None:
        raise Unauthenticated("The events name no project: api_key is missing or unknown.")
    return found
