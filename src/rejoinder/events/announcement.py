"""What one process tells the others about a commit: ids and event types, never contents."""

from base64 import urlsafe_b64encode
from hashlib import blake2b
from uuid import UUID

import msgspec
from msgspec import Struct

CHANNEL = "rejoinder"

# PostgreSQL refuses payloads of 8,000 bytes; what does not fit becomes "something changed".
_MOST_BYTES = 7_900

_NAMES = {
    "process": "p",
    "project_id": "id",
    "types": "t",
    "tickets": "k",
    "readers": "r",
    "number": "n",
}


class Announcement(Struct, frozen=True, rename=_NAMES, omit_defaults=True):
    """`types` are event types; an empty set means that anything may have happened.

    `tickets` are those that events were about, `readers` the keys of distinct ids and widget
    sessions that see other tickets than before. `number` counts those of the process.
    """

    process: str
    project_id: int
    types: frozenset[str]
    tickets: frozenset[UUID] = frozenset()
    readers: frozenset[str] = frozenset()
    number: int = 0

    def concerns(self, types: frozenset[str]) -> bool:
        """Whether something that depends on events of `types` has to be dropped."""
        return not self.types or not types.isdisjoint(self.types)


def reader_key(reader: str) -> str:
    """Stands for a distinct id or widget session where the thing itself would open a ticket."""
    return urlsafe_b64encode(blake2b(reader.encode(), digest_size=12).digest()).decode()


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Announcement).decode


def encode(announcement: Announcement) -> str:
    encoded = _encode(announcement)
    if len(encoded) > _MOST_BYTES:
        vague = Announcement(
            announcement.process,
            announcement.project_id,
            frozenset(),
            number=announcement.number,
        )
        encoded = _encode(vague)
    return encoded.decode()


def decode(payload: str) -> Announcement:
    return _decode(payload)
