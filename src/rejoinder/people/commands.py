"""Knowing persons: created, changed and merged by their distinct ids."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from rejoinder.errors import Invalid
from rejoinder.events.work import Tx
from rejoinder.ids import new_id
from rejoinder.people import queries, rules
from rejoinder.people.events import PersonChanged, PersonCreated, PersonLinked, PersonsMerged
from rejoinder.people.types import Claim, Person

_LONGEST_DISTINCT_ID = 400
_MOST_PROPERTIES_BYTES = 65_536
# So many browsers has nobody; somebody who claims more is playing.
_MOST_CLAIMED_IDS = 500


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
    if properties and "email" in properties:
        await queries.set_email_claimed(tx, tx.project_id, person.id, claimed=False)
    after = _decoded(person) | (properties or {})
    return await _become(tx, person, after, is_identified=is_identified)


async def edit(tx: Tx, person: Person, changes: Mapping[str, Any]) -> Person:
    """The locked person with these properties set, and those unset that are None.

    What a teammate sets is vouched for, an address, too.

    Raises:
        Invalid: the properties are too large.
    """
    if "email" in changes:
        await queries.set_email_claimed(tx, tx.project_id, person.id, claimed=False)
    after = _decoded(person) | dict(changes)
    unset = {name for name, value in changes.items() if value is None}
    kept = {name: value for name, value in after.items() if name not in unset}
    return await _become(tx, person, kept, is_identified=person.is_identified)


async def claim(tx: Tx, said: Claim) -> Person:
    """The person of `said.distinct_id` after what somebody said without a credential.

    The person of `said.also` becomes part of this one, unless it was identified itself. Ids and an
    address that come this way are marked as claimed; a vouched address is not replaced.

    Raises:
        Invalid: an id is empty or too long, or the properties are too large.
    """
    wanted = _checked_ids(
        [said.distinct_id] if said.also is None else [said.distinct_id, said.also]
    )
    await queries.lock_distinct_ids(tx, tx.project_id, wanted)
    found = {known: person for person in await _found(tx, wanted) for known in person.distinct_ids}
    person = found.get(said.distinct_id)
    if person is None:
        first = rules.properties_after({}, said)
        person = await _create(tx, wanted[:1], first, is_identified=said.identifies)
        await queries.set_email_claimed(tx, tx.project_id, person.id, claimed=True)
    elif "email" in said.set and await queries.has_vouched_email(tx, tx.project_id, person.id):
        kept = {name: value for name, value in said.set.items() if name != "email"}
        said = replace(said, set=kept)
    if said.also is not None and said.also not in person.distinct_ids:
        person = await _attach(tx, person, said.also, found.get(said.also))
    return await _take_over(tx, person, said)


async def _attach(tx: Tx, person: Person, also: str, other: Person | None) -> Person:
    """With `also` as a claimed id, and with whom it belonged to, if that may be."""
    ids = [also] if other is None else other.distinct_ids
    if len(person.distinct_ids) + len(ids) > _MOST_CLAIMED_IDS:
        return person
    if other is None:
        person = await _link(tx, person, also)
    elif other.is_identified:
        return person
    else:
        person = await _merge(tx, person, other)
    await queries.claim_distinct_ids(tx, tx.project_id, ids)
    return person


async def _take_over(tx: Tx, person: Person, said: Claim) -> Person:
    """With the properties that were claimed."""
    before = _decoded(person)
    after = rules.properties_after(before, said)
    if after.get("email") != before.get("email"):
        await queries.set_email_claimed(tx, tx.project_id, person.id, claimed=True)
    return await _become(tx, person, after, is_identified=said.identifies)


async def _found(tx: Tx, distinct_ids: Sequence[str]) -> list[Person]:
    """The persons that have these ids, locked in one order for everybody."""
    while True:
        known = [
            person
            for distinct_id in distinct_ids
            if (person := await queries.person_by_distinct_id(tx, tx.project_id, distinct_id))
        ]
        ids = sorted({person.id for person in known})
        locked = [await queries.locked_person(tx, tx.project_id, person_id) for person_id in ids]
        present = [person for person in locked if person]
        # Who is missing was merged while we waited: the ids belong to somebody else now.
        if len(present) == len(ids):
            return present


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
    tx.emit(
        PersonCreated(
            person_id=person.id,
            distinct_ids=distinct_ids,
            properties=properties,
            is_identified=is_identified,
        )
    )
    return person


async def _merge(tx: Tx, person: Person, other: Person) -> Person:
    """`other` becomes part of `person`; its tickets follow, since they are found by distinct id."""
    await queries.inherit_email_claim(tx, tx.project_id, person.id, other.id)
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


async def _become(tx: Tx, person: Person, after: dict[str, Any], *, is_identified: bool) -> Person:
    """With these properties; whoever was identified stays so."""
    before = _decoded(person)
    changes = rules.changes(before, after)
    if not changes and (person.is_identified or not is_identified):
        return person
    tx.emit(
        PersonChanged(
            person_id=person.id,
            properties=changes,
            is_identified=person.is_identified or is_identified,
            previous={key: before[key] for key in changes if key in before},
        )
    )
    return await _store(
        tx,
        person,
        properties=_checked_size(after),
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
