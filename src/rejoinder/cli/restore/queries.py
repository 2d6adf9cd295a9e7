"""The statements of a restore; rows themselves come by COPY."""

from typing import Final

from msgspec import Struct

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.webhooks.types import Key

sql = load(__package__)

HELD: Final = "Held back since the restore of a backup."


class Positions(Struct, frozen=True):
    """Transactions of the log: the last one that was kept, and where this server is."""

    kept: int
    present: int


async def last_position(db: Queryable) -> Positions:
    return await db.one(Positions, sql.last_position)


async def set_sequence(db: Queryable, name: str, last_value: int) -> None:
    await db.value(sql.set_sequence, name, last_value)


async def end_sessions(db: Queryable) -> int:
    return await db.run(sql.end_sessions)


async def hold_jobs(db: Queryable) -> int:
    return await db.run(sql.hold_jobs, HELD)


async def hold_webhooks(db: Queryable) -> int:
    return await db.value(sql.hold_webhooks, HELD)


async def forget_notices(db: Queryable) -> int:
    return await db.run(sql.forget_notices)


async def held_jobs(db: Queryable) -> int:
    return await db.value(sql.held_jobs, HELD)


async def release_jobs(db: Queryable) -> int:
    return await db.run(sql.release_jobs, HELD)


async def discard_jobs(db: Queryable) -> int:
    return await db.run(sql.discard_jobs, HELD)


async def held_webhooks(db: Queryable) -> list[Key]:
    return await db.many(Key, sql.held_webhooks, HELD)


async def pass_over(db: Queryable, key: Key) -> None:
    await db.run(sql.pass_over, key.project_id, key.id)
