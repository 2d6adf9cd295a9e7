"""What one process tells the others about a commit: ids and event types, never contents."""

import msgspec
from msgspec import Struct

CHANNEL = "rejoinder"

# PostgreSQL refuses payloads of 8,000 bytes; a long list of types is cut to "something changed".
_MOST_TYPES = 50


class Announcement(Struct, frozen=True, rename={"process": "p", "project_id": "id", "types": "t"}):
    """`types` are event types; an empty tuple means that any may have happened."""

    process: str
    project_id: int
    types: frozenset[str]

    def concerns(self, types: frozenset[str]) -> bool:
        """Whether something that depends on events of `types` has to be dropped."""
        return not self.types or not types.isdisjoint(self.types)


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Announcement).decode


def encode(announcement: Announcement) -> str:
    if len(announcement.types) > _MOST_TYPES:
        announcement = msgspec.structs.replace(announcement, types=frozenset())
    return _encode(announcement).decode()


def decode(payload: str) -> Announcement:
    return _decode(payload)
