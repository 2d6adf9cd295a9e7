"""Give me the invitation that this link stands for."""

from rejoinder.db.pool import Queryable
from rejoinder.errors import NotFound
from rejoinder.ids import digest
from rejoinder.organizations.invites import queries
from rejoinder.organizations.invites.types import Invitation


async def invitation(db: Queryable, token: str) -> Invitation:
    """The invitation.

    Raises:
        NotFound: there is none, it was accepted or revoked, or seven days have passed.
    """
    found = await queries.invitation_by_token(db, digest(token))
    if found is None:
        raise NotFound("This invitation is not valid, or no longer.")
    return found
