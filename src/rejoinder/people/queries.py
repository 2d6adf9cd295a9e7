"""The statements of people."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import Clause, compose, load
from rejoinder.people.types import Person, Wanted

sql = load(__package__)


async def person(db: Queryable, project_id: int, person_id: UUID) -> Person | None:
    return await db.one_or_none(Person, sql.person, project_id, person_id)


async def locked_person(db: Queryable, project_id: int, person_id: UUID) -> Person | None:
    return await db.one_or_none(Person, sql.locked_person, project_id, person_id)


async def person_by_distinct_id(db: Queryable, project_id: int, distinct_id: str) -> Person | None:
    return await db.one_or_none(Person, sql.person_by_distinct_id, project_id, distinct_id)


async def page(
    db: Queryable, project_id: int, email: str | None, limit: int, offset: int
) -> list[Person]:
    """Persons, newest first; only those with this e-mail address if one is given."""
    where = [] if email is None else [Clause("p.email = lower(?)", email)]
    statement, args = compose(sql.page, (project_id, limit, offset), where=where)
    return await db.many(Person, statement, *args)


async def search_newest(
    db: Queryable, project_id: int, wanted: Wanted, newest: int, limit: int, offset: int
) -> list[Person]:
    """Those of the `newest` persons that match."""
    args = (wanted.pattern, wanted.prefix, newest, limit, offset)
    return await db.many(Person, sql.search_newest, project_id, *args)


async def search_all(
    db: Queryable,
    project_id: int,
    wanted: Wanted,
    newest: int,
    candidates: int,
    limit: int,
    offset: int,
) -> list[Person]:
    """Those of all persons that match, if no more than `candidates` do."""
    looked_for = (wanted.pattern, wanted.prefix, newest, candidates, wanted.indexed)
    return await db.many(Person, sql.search_all, project_id, *looked_for, limit, offset)


async def lock_distinct_ids(db: Queryable, project_id: int, distinct_ids: Sequence[str]) -> None:
    await db.run(sql.lock_distinct_ids, str(project_id), distinct_ids)


async def add_person(
    db: Queryable,
    project_id: int,
    person_id: UUID,
    *,
    properties: dict[str, Any],
    name: str,
    distinct_ids: Sequence[str],
    is_identified: bool,
) -> Person:
    new = await db.one(
        Person, sql.add_person, project_id, person_id, properties, name, distinct_ids, is_identified
    )
    await add_distinct_ids(db, project_id, person_id, distinct_ids)
    return new


async def add_distinct_ids(
    db: Queryable, project_id: int, person_id: UUID, distinct_ids: Sequence[str]
) -> None:
    await db.run(sql.add_distinct_ids, project_id, person_id, distinct_ids)


async def move_distinct_ids(db: Queryable, project_id: int, source: UUID, target: UUID) -> None:
    await db.run(sql.move_distinct_ids, project_id, source, target)


async def change_person(
    db: Queryable,
    project_id: int,
    person_id: UUID,
    *,
    properties: dict[str, Any],
    name: str,
    distinct_ids: Sequence[str],
    is_identified: bool,
) -> Person:
    return await db.one(
        Person,
        sql.change_person,
        project_id,
        person_id,
        properties,
        name,
        distinct_ids,
        is_identified,
    )


async def remove_person(db: Queryable, project_id: int, person_id: UUID) -> None:
    await db.run(sql.remove_person, project_id, person_id)


async def claim_distinct_ids(db: Queryable, project_id: int, distinct_ids: Sequence[str]) -> None:
    """They came along by somebody's word only."""
    await db.run(sql.claim_distinct_ids, project_id, distinct_ids)


async def set_email_claimed(
    db: Queryable, project_id: int, person_id: UUID, *, claimed: bool
) -> None:
    await db.run(sql.set_email_claimed, project_id, person_id, claimed)


async def has_vouched_email(db: Queryable, project_id: int, person_id: UUID) -> bool:
    return bool(await db.value(sql.has_vouched_email, project_id, person_id))


async def inherit_email_claim(db: Queryable, project_id: int, person: UUID, other: UUID) -> None:
    await db.run(sql.inherit_email_claim, project_id, person, other)
