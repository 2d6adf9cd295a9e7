"""The bodies of the persons API."""

from typing import Annotated, Any

from msgspec import Meta, Struct

DistinctId = Annotated[str, Meta(min_length=1, max_length=400)]


class UpsertPerson(Struct, frozen=True, kw_only=True):
    """`distinct_ids` beside `distinct_id` are linked to the same person, merging where needed."""

    distinct_id: DistinctId
    distinct_ids: Annotated[list[DistinctId], Meta(max_length=100)] = []
    properties: dict[str, Any] = {}
    is_identified: bool = True
