"""The tickets of a role that is about to go."""

from typing import Final
from uuid import UUID

from rejoinder.events.work import Tx
from rejoinder.tickets import queries
from rejoinder.tickets.commands.change import assign
from rejoinder.tickets.types import RoleAssignee

_BATCH: Final = 100


async def hand_over(tx: Tx, role_id: UUID, to: UUID | None) -> int:
    """Gives some of the role's tickets in the project to another role, or to nobody: how many."""
    keys = await queries.ids_of_role(tx, tx.project_id, role_id, _BATCH)
    for key in sorted(keys, key=lambda key: key.id):
        ticket = await queries.locked(tx, tx.project_id, key.id)
        if ticket is not None and ticket.assignee_role_id == role_id:
            await assign(tx, ticket, RoleAssignee(to) if to else None)
    return len(keys)
