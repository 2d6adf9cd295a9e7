"""Give me this message, if this caller may have it."""

from collections.abc import Sequence
from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.errors import Forbidden, NotFound
from rejoinder.events.work import Tx
from rejoinder.messages import queries
from rejoinder.messages.types import Message
from rejoinder.tickets import access as tickets
from rejoinder.tickets.types import Ticket


async def thread(
    db: Queryable, project_id: int, ref: UUID | int, limit: int, offset: int
) -> tuple[Sequence[Message], int]:
    """A ticket's messages and notes, oldest first, and how many there are.

    Raises:
        NotFound: there is no such ticket.
    """
    ticket = await tickets.view(db, project_id, ref)
    messages = await queries.thread(db, project_id, ticket.id, limit, offset)
    return messages, await queries.count_thread(db, project_id, ticket.id)


async def message(db: Queryable, project_id: int, message_id: UUID) -> Message:
    """The message or note.

    Raises:
        NotFound: not there, deleted, of a deleted ticket, or another project's.
    """
    found = await queries.message(db, project_id, message_id)
    if found is None:
        raise NotFound
    await tickets.view(db, project_id, found.ticket_id)
    return found


async def own_message(tx: Tx, message_id: UUID, user_id: int) -> tuple[Ticket, Message]:
    """The message and its ticket, the ticket locked, if this user wrote it.

    Raises:
        NotFound: there is no such message.
        Forbidden: somebody else wrote it.
    """
    found = await message(tx, tx.project_id, message_id)
    ticket = await tickets.locked_ticket(tx, found.ticket_id)
    # Read again: what was there before the lock may have been edited or deleted meanwhile.
    found = await message(tx, tx.project_id, message_id)
    if found.author_user_id != user_id:
        raise Forbidden("Only its author may change a comment.")
    return ticket, found
