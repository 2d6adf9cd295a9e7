"""The bodies and answers of the persons API."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from rejoinder.people.types import JsonObject, Person

DistinctId = Annotated[str, Meta(min_length=1, max_length=400)]


class UpsertPerson(Struct, frozen=True, kw_only=True):
    """`distinct_ids` beside `distinct_id` belong to the same person; that may merge persons."""

    distinct_id: DistinctId
    distinct_ids: Annotated[list[DistinctId], Meta(max_length=100)] = []
    properties: dict[str, Any] = {}
    is_identified: bool = True


class EditPerson(Struct, frozen=True, kw_only=True):
    """Properties that are given are set, a null unsets; `name` is the property of that name."""

    name: Annotated[str, Meta(max_length=400)] | UnsetType | None = UNSET
    properties: dict[str, Any] | UnsetType = UNSET

    def changes(self) -> dict[str, Any]:
        """The properties that are set, or unset by None."""
        given = {} if self.properties is UNSET else self.properties
        return given if self.name is UNSET else given | {"name": self.name or None}


class PersonOut(Struct, frozen=True):
    """A person as PostHog's persons API has it: `uuid` and `id` are the same."""

    id: UUID
    uuid: UUID
    type: str
    name: str
    distinct_ids: list[str]
    properties: JsonObject
    created_at: datetime
    is_identified: bool


def person_out(person: Person) -> PersonOut:
    return PersonOut(
        person.id,
        person.id,
        "person",
        person.name,
        person.distinct_ids,
        person.properties,
        person.created_at,
        person.is_identified,
    )


class PersonPage(Struct, frozen=True):
    """PostHog's persons page has no count; its neighbours are absolute URLs."""

    next: str | None
    previous: str | None
    results: list[PersonOut]
