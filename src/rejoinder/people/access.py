"""Give me this person, if this caller may have it."""

from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.errors import NotFound
from rejoinder.events.work import Tx
from rejoinder.people import queries
from rejoinder.people.types import Person


async def person(db: Queryable, project_id: int, person_id: UUID) -> Person:
    """The person.

    Raises:
        NotFound: not there, or another project's.
    """
    found = await queries.person(db, project_id, person_id)
    if found is None:
        raise NotFound
    return found


async def locked_person(tx: Tx, person_id: UUID) -> Person:
    """The person, its row locked.

    Raises:
        NotFound: not there, or another project's.
    """
    found = await queries.locked_person(tx, tx.project_id, person_id)
    if found is None:
        raise NotFound
    return found
