"""Inviting, revoking an invite, and joining with its link.

The organization is locked before its invites, as by whoever changes members.
"""

from uuid import UUID

from rejoinder.auth.rules import checked_email
from rejoinder.auth.types import Level
from rejoinder.errors import Invalid, NotFound
from rejoinder.events.work import Tx
from rejoinder.ids import INVITE_PREFIX, digest, new_id, new_token
from rejoinder.organizations.commands import add_member
from rejoinder.organizations.events import InviteAccepted, InviteCreated, InviteRevoked
from rejoinder.organizations.invites import queries
from rejoinder.organizations.invites.types import Invitation, Invite
from rejoinder.organizations.members.queries import level as level_of
from rejoinder.organizations.members.queries import lock_organization
from rejoinder.organizations.rules import check_may_set
from rejoinder.organizations.types import Membership


async def invite(tx: Tx, by: Membership, email: str, level: Level) -> tuple[Invite, str]:
    """The invite and the token of its link, which nobody can read again.

    Raises:
        Forbidden: only admins invite, and only owners owners.
        Invalid: the address is none, or is a member's (`already_member`).
    """
    await lock_organization(tx, by.organization_id)
    # Looked at again: whoever was removed meanwhile invites nobody.
    check_may_set(await level_of(tx, by.organization_id, by.user_id), None, level)
    address = checked_email(email)
    if await queries.has_member(tx, by.organization_id, address):
        message = "Somebody with this address is a member already."
        raise Invalid(message, attr="email", code="already_member")
    made = await queries.add_invite(tx, new_id(), by.organization_id, address, level, by.user_id)
    token = await issue_token(tx, made.id)
    tx.emit(
        InviteCreated(
            organization_id=by.organization_id, invite_id=made.id, email=made.email, level=level
        )
    )
    return made, token


async def issue_token(tx: Tx, invite_id: UUID) -> str:
    """Another token for the invite.

    Raises:
        NotFound: it is not open any more.
    """
    token = new_token(INVITE_PREFIX)
    if not await queries.add_token(tx, invite_id, digest(token)):
        raise NotFound
    return token


async def revoke(tx: Tx, organization_id: UUID, invite_id: UUID) -> None:
    """Its links let nobody in any more.

    Raises:
        NotFound: there is no such invite.
    """
    await _take(tx, organization_id, invite_id)
    tx.emit(InviteRevoked(organization_id=organization_id, invite_id=invite_id))


async def revoke_all_of(tx: Tx, organization_id: UUID, user_id: int) -> None:
    """What somebody who may do less now had invited others to: they might be the same person."""
    for each in await queries.delete_invites_of(tx, organization_id, user_id):
        tx.emit(InviteRevoked(organization_id=organization_id, invite_id=each.id))


async def accept(tx: Tx, invitation: Invitation, user_id: int) -> None:
    """The user belongs to the organization; who does already, keeps the level.

    Raises:
        NotFound: somebody else was quicker.
    """
    organization_id = invitation.organization_id
    await lock_organization(tx, organization_id)
    await _take(tx, organization_id, invitation.id)
    if await level_of(tx, organization_id, user_id) is None:
        await add_member(tx, organization_id, user_id, invitation.level)
    tx.emit(
        InviteAccepted(organization_id=organization_id, invite_id=invitation.id, user_id=user_id)
    )


async def _take(tx: Tx, organization_id: UUID, invite_id: UUID) -> None:
    if not await queries.delete_invite(tx, organization_id, invite_id):
        raise NotFound
