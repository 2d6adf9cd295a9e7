"""What people announce."""

from typing import Any
from uuid import UUID

from rejoinder.events.event import Event


class PersonCreated(Event, frozen=True, kw_only=True, tag="person.created"):
    """Somebody is known from now on, with everything that later events may change."""

    person_id: UUID
    distinct_ids: list[str]
    properties: dict[str, Any]
    is_identified: bool


class PersonChanged(Event, frozen=True, kw_only=True, tag="person.changed"):
    """Properties were set, or are gone (null); `previous` holds what they were before."""

    person_id: UUID
    properties: dict[str, Any]
    is_identified: bool
    previous: dict[str, Any]


class PersonLinked(Event, frozen=True, kw_only=True, tag="person.linked"):
    """A distinct id now belongs to this person."""

    person_id: UUID
    distinct_id: str


class PersonsMerged(Event, frozen=True, kw_only=True, tag="person.merged"):
    """`merged_id` was the same person and is no longer there; what both had is the survivor's."""

    person_id: UUID
    merged_id: UUID
    distinct_ids: list[str]
