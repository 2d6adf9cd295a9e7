"""Changing members. Who asks is looked at again under the lock: they may have been unmade."""

from rejoinder.auth.commands import deactivate_user
from rejoinder.auth.types import LEVELS, Level
from rejoinder.errors import Conflict, NotFound
from rejoinder.events.work import Tx
from rejoinder.organizations import rules
from rejoinder.organizations.events import MemberLevelChanged, MemberRemoved
from rejoinder.organizations.invites.commands import revoke_all_of
from rejoinder.organizations.members import queries
from rejoinder.organizations.types import Membership


async def change_level(tx: Tx, by: Membership, user_id: int, level: Level) -> None:
    """The member may do more; or less, and then the invites that they made are void.

    Raises:
        NotFound: there is no such member.
        Forbidden, Invalid: as the rules have it (`last_owner`).
    """
    before = await _checked(tx, by, user_id, level)
    if before == level:
        return
    await queries.set_level(tx, by.organization_id, user_id, level)
    tx.emit(
        MemberLevelChanged(
            organization_id=by.organization_id, user_id=user_id, level=level, previous=before
        )
    )
    if LEVELS.index(level) > LEVELS.index(before):
        await revoke_all_of(tx, by.organization_id, user_id)


async def remove_member(tx: Tx, by: Membership, user_id: int) -> None:
    """The user's keys and sessions reach the organization no more, nor do their invites.

    Raises:
        NotFound, Forbidden, Invalid: as `change_level`.
    """
    before = await _checked(tx, by, user_id, None)
    await queries.remove_member(tx, by.organization_id, user_id)
    tx.emit(MemberRemoved(organization_id=by.organization_id, user_id=user_id, previous=before))
    await revoke_all_of(tx, by.organization_id, user_id)


async def deactivate_member(tx: Tx, by: Membership, user_id: int) -> None:
    """Nobody is let in as this user any more.

    Raises:
        NotFound, Forbidden, Invalid: as `change_level`.
        Conflict: the user belongs to other organizations, which have a say in it.
    """
    await _checked(tx, by, user_id, None)
    if len(await queries.lock_organizations_of(tx, user_id)) > 1:
        message = "The user belongs to other organizations, too. Remove them from this one."
        raise Conflict(message, code="belongs_elsewhere")
    await deactivate_user(tx, user_id)


async def deactivate(tx: Tx, user_id: int) -> None:
    """As `deactivate_member`, for an operator: whatever organizations the user belongs to.

    Raises:
        Invalid: one of them would have no owner left (`last_owner`).
    """
    for place in await queries.lock_organizations_of(tx, user_id):
        owners = await queries.count_owners(tx, place.organization_id)
        rules.check_an_owner_stays(owners, place.level, None)
    await deactivate_user(tx, user_id)


async def _checked(tx: Tx, by: Membership, user_id: int, after: Level | None) -> Level:
    """The level that the member has now."""
    await queries.lock_organization(tx, by.organization_id)
    level = await queries.level(tx, by.organization_id, by.user_id)
    before = await queries.level(tx, by.organization_id, user_id)
    if before is None:
        raise NotFound
    rules.check_may_set(level, before, after)
    owners = await queries.count_owners(tx, by.organization_id)
    rules.check_an_owner_stays(owners, before, after)
    return before
