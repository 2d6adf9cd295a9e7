"""The statements of auth."""

from collections.abc import Sequence
from uuid import UUID

from rejoinder.auth.types import Grant, User
from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load

sql = load(__package__)


async def add_user(
    db: Queryable, email: str, first_name: str, last_name: str, password_hash: str
) -> User | None:
    """The new user; None when the address is taken."""
    return await db.one_or_none(User, sql.add_user, email, first_name, last_name, password_hash)


async def user_by_email(db: Queryable, email: str) -> User | None:
    return await db.one_or_none(User, sql.user_by_email, email)


async def users(db: Queryable, user_ids: Sequence[int]) -> list[User]:
    return await db.many(User, sql.users, user_ids)


async def add_key(
    db: Queryable,
    key_id: UUID,
    user_id: int,
    label: str,
    key_hash: bytes,
    scopes: Sequence[str],
    project_ids: Sequence[int],
) -> None:
    await db.run(sql.add_key, key_id, user_id, label, key_hash, scopes, project_ids)


async def revoke_key(db: Queryable, key_id: UUID) -> int | None:
    """The id of the key's user; None when there is no such key in force."""
    return await db.value(sql.revoke_key, key_id)


async def grant_of_key(db: Queryable, key_hash: bytes) -> Grant | None:
    return await db.one_or_none(Grant, sql.grant_of_key, key_hash)
