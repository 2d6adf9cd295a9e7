"""Keeping a draft, and dropping it. Nobody but its author reads one, so nothing is announced."""

from uuid import UUID

from rejoinder.events.work import Tx
from rejoinder.messages.drafts import queries, rules
from rejoinder.messages.drafts.types import Begun, KeptDraft


async def keep(tx: Tx, ticket_id: UUID, user_id: int, begun: Begun) -> KeptDraft | None:
    """The draft instead of the one before; None when it is empty, and so there is none."""
    if rules.is_empty(begun):
        await drop(tx, ticket_id, user_id)
        return None
    return await queries.keep(tx, tx.project_id, ticket_id, user_id, begun)


async def drop(tx: Tx, ticket_id: UUID, user_id: int) -> None:
    """There is none any more."""
    await queries.remove(tx, tx.project_id, ticket_id, user_id)
