"""What people announce."""

from typing import Any
from uuid import UUID

from rejoinder.events.event import Event


class PersonCreated(Event, frozen=True, kw_only=True, tag="person.created"):
    """Somebody is known from now on."""

    person_id: UUID
    distinct_id: str


class PersonChanged(Event, frozen=True, kw_only=True, tag="person.changed"):
    """Properties were set; `previous` holds those that were something else before."""

    person_id: UUID
    properties: dict[str, Any]
    previous: dict[str, Any]


class PersonLinked(Event, frozen=True, kw_only=True, tag="person.linked"):
    """A distinct id now belongs to this person."""

    person_id: UUID
    distinct_id: str


class PersonsMerged(Event, frozen=True, kw_only=True, tag="person.merged"):
    """`merged_id` turned out to be the same person and is no longer there."""

    person_id: UUID
    merged_id: UUID
    distinct_ids: list[str]
