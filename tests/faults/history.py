"""What clients did and saw: one JSON object a line, written as it happens, read by the checker."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

What = Literal["ticket", "message", "note", "patch", "delete ticket", "delete note"]
Outcome = Literal["ok", "refused", "unknown"]
How = Literal["poll", "page", "stream", "hook", "mail"]


class Attempt(Struct, frozen=True, kw_only=True, tag=True):
    """One request; status 0 is no answer: a timeout, a reset, a refused connection."""

    client: str
    route: str
    start: float
    end: float
    status: int
    retry_after: bool


class Write(Struct, frozen=True, kw_only=True, tag=True):
    """What a client wanted to change, however many requests that took; `token` is in its text."""

    client: str
    project: int
    what: What
    token: str
    key: str
    start: float
    end: float
    outcome: Outcome
    ticket_id: str
    message_id: str
    private: bool


class Follows(Struct, frozen=True, kw_only=True, tag=True):
    """A reader that must see every public message of the project, or of its ticket."""

    reader: str
    how: How
    project: int
    ticket_id: str = ""


class Sighting(Struct, frozen=True, kw_only=True, tag=True):
    """Something arrived at a reader: what it is about, and all of its text."""

    reader: str
    how: How
    project: int
    text: str
    message_id: str = ""
    event_id: str = ""


class StreamEnd(Struct, frozen=True, kw_only=True, tag=True):
    """A stream that had begun ended; `told` is whether it said when to come back."""

    reader: str
    at: float
    told: bool


class Fault(Struct, frozen=True, kw_only=True, tag=True):
    name: str
    at: float


Record = Attempt | Write | Follows | Sighting | StreamEnd | Fault
T = TypeVar("T", bound=Record)

_encode = msgspec.json.Encoder().encode
_decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


class History:
    """The records, by kind."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = records

    def of(self, kind: type[T]) -> list[T]:
        return [record for record in self.records if isinstance(record, kind)]


class Recorder(History):
    """Writes each record down at once: also what is killed has said what it knew."""

    def __init__(self, path: Path) -> None:
        self._kept: list[Record] = []
        super().__init__(self._kept)
        self._file = path.open("ab", buffering=0)

    def __call__(self, record: Record) -> None:
        self._kept.append(record)
        self._file.write(_encode(record) + b"\n")

    def close(self) -> None:
        self._file.close()


def read(path: Path) -> History:
    return History(_decoder.decode_lines(path.read_bytes()))
