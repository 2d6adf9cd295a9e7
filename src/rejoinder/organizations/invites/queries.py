"""The statements about invites."""

from uuid import UUID

from rejoinder.auth.types import Level
from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.organizations.invites.types import Invitation, Invite

sql = load(__package__)


async def add_invite(
    db: Queryable, invite_id: UUID, organization_id: UUID, email: str, level: Level, by: int
) -> Invite:
    """A new invite, or another one in the place of the last for this address."""
    invite = await db.one(Invite, sql.add_invite, invite_id, organization_id, email, level, by)
    await db.run(sql.clear_tokens, invite.id)
    return invite


async def add_token(db: Queryable, invite_id: UUID, token_hash: bytes) -> bool:
    """Whether the invite is still open."""
    return await db.value(sql.add_token, token_hash, invite_id) is not None


async def invites(db: Queryable, organization_id: UUID) -> list[Invite]:
    return await db.many(Invite, sql.invites, organization_id)


async def delete_invite(db: Queryable, organization_id: UUID, invite_id: UUID) -> bool:
    """Whether there was one. Of two that delete it at once, one is told so."""
    return await db.value(sql.delete_invite, organization_id, invite_id) is not None


async def delete_invites_of(db: Queryable, organization_id: UUID, user_id: int) -> list[Invite]:
    """Those that the user made."""
    return await db.many(Invite, sql.delete_invites_of, organization_id, user_id)


async def invitation_by_token(db: Queryable, token_hash: bytes) -> Invitation | None:
    return await db.one_or_none(Invitation, sql.invitation_by_token, token_hash)


async def invitation(db: Queryable, invite_id: UUID) -> Invitation | None:
    return await db.one_or_none(Invitation, sql.invitation, invite_id)


async def has_member(db: Queryable, organization_id: UUID, email: str) -> bool:
    return bool(await db.value(sql.has_member, organization_id, email))


async def purge_invites(db: Queryable) -> int:
    return await db.run(sql.purge_invites)
