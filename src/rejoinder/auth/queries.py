"""The statements of auth."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from rejoinder.auth.types import (
    Account,
    Device,
    Grant,
    Key,
    Lifetime,
    NewKey,
    Place,
    Profile,
    Session,
    User,
)
from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.ids import digest

sql = load(__package__)

_TAIL = 4


class _Id(Struct, frozen=True):
    id: UUID


async def add_user(
    db: Queryable, email: str, first_name: str, last_name: str, password_hash: str
) -> User | None:
    """The new user; None when the address is taken."""
    return await db.one_or_none(User, sql.add_user, email, first_name, last_name, password_hash)


async def user_by_email(db: Queryable, email: str) -> User | None:
    return await db.one_or_none(User, sql.user_by_email, email)


async def users(db: Queryable, user_ids: Sequence[int]) -> list[User]:
    return await db.many(User, sql.users, user_ids)


async def account_by_email(db: Queryable, email: str) -> Account | None:
    """The account of an active user."""
    return await db.one_or_none(Account, sql.account_by_email, email)


async def account(db: Queryable, user_id: int) -> Account:
    return await db.one(Account, sql.account, user_id)


async def set_password(db: Queryable, user_id: int, password_hash: str) -> None:
    await db.run(sql.set_password, user_id, password_hash)


async def set_active(db: Queryable, user_id: int, *, active: bool) -> bool:
    """Whether that changes anything."""
    return bool(await db.run(sql.set_active, user_id, active))


async def add_reset(db: Queryable, token_hash: bytes, user_id: int) -> None:
    await db.run(sql.add_reset, token_hash, user_id)


async def user_of_reset(db: Queryable, token_hash: bytes) -> int | None:
    """The user who may choose a password with this token, as long as it is good."""
    return await db.value(sql.user_of_reset, token_hash)


async def take_reset(db: Queryable, token_hash: bytes) -> int | None:
    """As `user_of_reset`, and the token is spent. Of two that take it at once, one gets it."""
    return await db.value(sql.take_reset, token_hash)


async def clear_resets(db: Queryable, user_id: int) -> None:
    await db.run(sql.clear_resets, user_id)


async def purge_resets(db: Queryable) -> int:
    return await db.run(sql.purge_resets)


async def locked_profile(db: Queryable, user_id: int) -> Profile:
    return await db.one(Profile, sql.locked_profile, user_id)


async def set_names(db: Queryable, user_id: int, first_name: str, last_name: str) -> None:
    await db.run(sql.set_names, user_id, first_name, last_name)


async def merge_preferences(db: Queryable, user_id: int, given: dict[str, Any]) -> bool:
    """Whether there was room for them."""
    return bool(await db.value(sql.merge_preferences, user_id, given))


async def profile(db: Queryable, user_id: int) -> Profile:
    return await db.one(Profile, sql.profile, user_id)


async def places(db: Queryable, user_id: int) -> list[Place]:
    return await db.many(Place, sql.places, user_id)


async def add_session(
    db: Queryable,
    session_id: UUID,
    user_id: int,
    token_hash: bytes,
    device: Device,
    life: Lifetime,
) -> None:
    where = device.address, device.user_agent
    await db.run(sql.add_session, session_id, user_id, token_hash, *where, life.idle, life.longest)


async def sessions(db: Queryable, user_id: int, life: Lifetime) -> list[Session]:
    return await db.many(Session, sql.sessions, user_id, life.idle, life.longest)


async def end_session(db: Queryable, session_id: UUID, user_id: int) -> bool:
    """Whether there was such a session of the user's."""
    return await db.value(sql.end_session, session_id, user_id) is not None


async def end_sessions(db: Queryable, user_id: int, but: UUID | None) -> list[UUID]:
    return [row.id for row in await db.many(_Id, sql.end_sessions, user_id, but)]


async def purge_sessions(db: Queryable) -> int:
    return await db.run(sql.purge_sessions)


async def add_key(
    db: Queryable,
    key: NewKey,
    user_id: int,
    label: str,
    scopes: Sequence[str],
    project_ids: Sequence[int],
) -> None:
    kept = digest(key.key), key.key[-_TAIL:]
    await db.run(sql.add_key, key.id, user_id, label, *kept, scopes, project_ids)


async def keys(db: Queryable, user_id: int) -> list[Key]:
    """Those in force."""
    return await db.many(Key, sql.keys, user_id)


async def locked_key(db: Queryable, user_id: int, key_id: UUID) -> Key | None:
    return await db.one_or_none(Key, sql.locked_key, user_id, key_id)


async def change_key(
    db: Queryable, key_id: UUID, label: str, scopes: Sequence[str], project_ids: Sequence[int]
) -> None:
    await db.run(sql.change_key, key_id, label, scopes, project_ids)


async def revoke_key(db: Queryable, key_id: UUID) -> int | None:
    """The id of the key's user; None when there is no such key in force."""
    return await db.value(sql.revoke_key, key_id)


async def revoke_keys(db: Queryable, user_id: int) -> list[UUID]:
    """The ids of those that were in force."""
    return [row.id for row in await db.many(_Id, sql.revoke_keys, user_id)]


async def grant_of_key(db: Queryable, key_hash: bytes) -> Grant | None:
    return await db.one_or_none(Grant, sql.grant_of_key, key_hash)


async def grant_of_session(db: Queryable, token_hash: bytes, life: Lifetime) -> Grant | None:
    return await db.one_or_none(Grant, sql.grant_of_session, token_hash, life.idle, life.longest)


async def touch_key(db: Queryable, key_id: UUID) -> None:
    await db.run(sql.touch_key, key_id)


async def touch_session(db: Queryable, session_id: UUID, life: Lifetime) -> None:
    await db.run(sql.touch_session, session_id, life.idle, life.longest)
