"""A person, as stored and as handed out."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Raw, Struct

JsonObject = Annotated[Raw, Meta(extra_json_schema={"extra": {"type": "object"}})]
"""A JSON object that travels as the bytes it is stored as."""


class Person(Struct, frozen=True):
    id: UUID
    name: str
    distinct_ids: list[str]
    properties: JsonObject
    created_at: datetime
    is_identified: bool
