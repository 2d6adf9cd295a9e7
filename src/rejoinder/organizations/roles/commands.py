"""Renaming and deleting roles, and who leaves them."""

from rejoinder.errors import Invalid, NotFound
from rejoinder.events.work import Tx
from rejoinder.organizations.events import RoleDeleted, RoleMemberRemoved, RoleRenamed
from rejoinder.organizations.roles import queries
from rejoinder.organizations.roles.types import FullRole
from rejoinder.organizations.rules import checked_name


async def rename_role(tx: Tx, role: FullRole, name: str) -> None:
    """Another name.

    Raises:
        Invalid: it is none, or is taken in the organization.
    """
    wanted = checked_name(name)
    if wanted == role.name:
        return
    if not await queries.rename_role(tx, role.id, wanted):
        raise Invalid("A role with this name already exists.", attr="name", code="unique")
    tx.emit(
        RoleRenamed(
            organization_id=role.organization_id,
            role_id=role.id,
            name=wanted,
            previous=role.name,
        )
    )


async def delete_role(tx: Tx, role: FullRole) -> None:
    """There is no such role any more.

    Raises:
        Invalid: tickets are assigned to it (`in_use`).
    """
    count = await queries.tickets_of_role(tx, role.organization_id, role.id)
    if count:
        tickets = "1 ticket is" if count == 1 else f"{count} tickets are"
        raise Invalid(f"{tickets} assigned to this role.", attr="reassign_to", code="in_use")
    await queries.delete_role(tx, role.id)
    tx.emit(RoleDeleted(organization_id=role.organization_id, role_id=role.id))


async def remove_role_member(tx: Tx, role: FullRole, user_id: int) -> None:
    """The user belongs to the role no longer.

    Raises:
        NotFound: they did not.
    """
    if not await queries.remove_role_member(tx, role.id, user_id):
        raise NotFound
    tx.emit(RoleMemberRemoved(role_id=role.id, user_id=user_id))
