"""Knowing persons: created, changed and merged by their distinct ids."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from rejoinder.errors import Invalid
from rejoinder.events.work import Tx
from rejoinder.ids import new_id
from rejoinder.people import queries, rules
from rejoinder.people.events import PersonChanged, PersonCreated, PersonLinked, PersonsMerged
from rejoinder.people.types import Person

_LONGEST_DISTINCT_ID = 400
_MOST_PROPERTIES_BYTES = 65_536


async def upsert(
    tx: Tx,
    distinct_ids: Sequence[str],
    properties: dict[str, Any] | None = None,
    *,
    is_identified: bool = True,
) -> Person:
    """The one person whom all of these distinct ids belong to, with `properties` merged in.

    Where the ids belonged to several persons, those become the oldest of them: that one's
    properties win over the others', and the ones given here win over both.

    Raises:
        Invalid: a distinct id is empty or too long, or the properties are too large.
    """
    wanted = _checked_ids(distinct_ids)
    await queries.lock_distinct_ids(tx, tx.project_id, wanted)
    found = await _found(tx, wanted)
    if not found:
        return await _create(tx, wanted, properties or {}, is_identified=is_identified)
    person, *others = sorted(found, key=lambda known: (known.created_at, known.id))
    for other in others:
        person = await _merge(tx, person, other)
    for distinct_id in wanted:
        if distinct_id not in person.distinct_ids:
            person = await _link(tx, person, distinct_id)
    return await _set(tx, person, properties or {}, is_identified=is_identified)


async def _found(tx: Tx, distinct_ids: Sequence[str]) -> list[Person]:
    """The persons that have these ids, locked in one order for everybody."""
    known = [
        person
        for distinct_id in distinct_ids
        if (person := await queries.person_by_distinct_id(tx, tx.project_id, distinct_id))
    ]
    ids = sorted({person.id for person in known})
    locked = [await queries.locked_person(tx, tx.project_id, person_id) for person_id in ids]
    return [person for person in locked if person]


async def _create(
    tx: Tx, distinct_ids: list[str], properties: dict[str, Any], *, is_identified: bool
) -> Person:
    person = await queries.add_person(
        tx,
        tx.project_id,
        new_id(),
        properties=_checked_size(properties),
        name=rules.display_name(properties, distinct_ids),
        distinct_ids=distinct_ids,
        is_identified=is_identified,
    )
    tx.tell(*distinct_ids)
    tx.emit(PersonCreated(person_id=person.id, distinct_id=distinct_ids[0]))
    return person


async def _merge(tx: Tx, person: Person, other: Person) -> Person:
    """`other` becomes part of `person`; its tickets follow, since they are found by distinct id."""
    await queries.move_distinct_ids(tx, tx.project_id, other.id, person.id)
    await queries.remove_person(tx, tx.project_id, other.id)
    merged = await _store(
        tx,
        person,
        properties=_decoded(other) | _decoded(person),
        distinct_ids=[*person.distinct_ids, *other.distinct_ids],
        is_identified=person.is_identified or other.is_identified,
    )
    tx.tell(*merged.distinct_ids)
    tx.emit(PersonsMerged(person_id=person.id, merged_id=other.id, distinct_ids=other.distinct_ids))
    return merged


async def _link(tx: Tx, person: Person, distinct_id: str) -> Person:
    await queries.add_distinct_ids(tx, tx.project_id, person.id, [distinct_id])
    linked = replace(person, distinct_ids=[*person.distinct_ids, distinct_id])
    tx.tell(*linked.distinct_ids)
    tx.emit(PersonLinked(person_id=person.id, distinct_id=distinct_id))
    return await _store(tx, linked)


async def _set(
    tx: Tx, person: Person, properties: dict[str, Any], *, is_identified: bool
) -> Person:
    before = _decoded(person)
    changes = {
        key: value
        for key, value in properties.items()
        if key not in before or not rules.same(before[key], value)
    }
    if not changes and (person.is_identified or not is_identified):
        return person
    tx.emit(
        PersonChanged(
            person_id=person.id,
            properties=changes,
            previous={key: before[key] for key in changes if key in before},
        )
    )
    return await _store(
        tx,
        person,
        properties=_checked_size(before | changes),
        is_identified=person.is_identified or is_identified,
    )


async def _store(
    tx: Tx,
    person: Person,
    *,
    properties: dict[str, Any] | None = None,
    distinct_ids: list[str] | None = None,
    is_identified: bool | None = None,
) -> Person:
    properties = _decoded(person) if properties is None else properties
    distinct_ids = person.distinct_ids if distinct_ids is None else distinct_ids
    return await queries.change_person(
        tx,
        tx.project_id,
        person.id,
        properties=properties,
        name=rules.display_name(properties, distinct_ids),
        distinct_ids=distinct_ids,
        is_identified=person.is_identified if is_identified is None else is_identified,
    )


def _decoded(person: Person) -> dict[str, Any]:
    return msgspec.json.decode(person.properties, type=dict[str, Any])


def _checked_ids(distinct_ids: Sequence[str]) -> list[str]:
    for distinct_id in distinct_ids:
        if not 0 < len(distinct_id) <= _LONGEST_DISTINCT_ID:
            raise Invalid(
                f"A distinct id has 1 to {_LONGEST_DISTINCT_ID} characters.", attr="distinct_id"
            )
    return list(dict.fromkeys(distinct_ids))


def _checked_size(properties: dict[str, Any]) -> dict[str, Any]:
    if len(msgspec.json.encode(properties)) > _MOST_PROPERTIES_BYTES:
        raise Invalid(
            f"Properties may take {_MOST_PROPERTIES_BYTES} bytes of JSON.",
            attr="properties",
            code="max_length",
        )
    return properties
