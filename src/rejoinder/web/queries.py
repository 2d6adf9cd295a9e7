"""The statements of the HTTP kit: stored answers, and what `/readyz` asks."""

from msgspec import Struct

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load

sql = load(__package__)


class Attempt(Struct, frozen=True):
    """One keyed request: whose, where, which key, and what it said."""

    project_id: int
    owner: str
    route: str
    key: str
    request_hash: bytes


class Stored(Struct, frozen=True):
    """The answer to an earlier attempt."""

    request_hash: bytes
    status: int
    body: bytes


class Name(Struct, frozen=True):
    name: str


async def claim_key(db: Queryable, lock: int) -> bool:
    return await db.value(sql.claim_key, lock)


async def stored_answer(db: Queryable, attempt: Attempt) -> Stored | None:
    return await db.one_or_none(
        Stored, sql.stored_answer, attempt.project_id, attempt.owner, attempt.route, attempt.key
    )


async def store_answer(db: Queryable, attempt: Attempt, status: int, body: bytes) -> None:
    await db.run(
        sql.store_answer,
        attempt.project_id,
        attempt.owner,
        attempt.route,
        attempt.key,
        attempt.request_hash,
        status,
        body,
    )


async def purge_answers(db: Queryable) -> int:
    return await db.run(sql.purge_answers)


async def migrations(db: Queryable) -> list[str]:
    """The names of the migrations this database has had, in order."""
    return [row.name for row in await db.many(Name, sql.migrations)]
