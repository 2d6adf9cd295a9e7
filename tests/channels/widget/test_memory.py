"""What is remembered of the database, and when it is forgotten."""

import asyncio
from uuid import UUID

import pytest

from rejoinder.channels.widget.memory import Memory, Part
from rejoinder.events.announcement import Announcement, decode, encode, reader_key
from rejoinder.ids import new_id

PROJECT = 7
TICKET, OTHER = new_id(), new_id()


class Source:
    """A value that can be read, and that counts how often it was."""

    def __init__(self, *parts: Part) -> None:
        self.reads = 0
        self.parts = parts
        self.gate = asyncio.Event()
        self.gate.set()

    async def read(self) -> tuple[int, tuple[Part, ...]]:
        self.reads += 1
        found = self.reads
        await self.gate.wait()
        return found, self.parts


class Trust:
    hears = True

    def __call__(self) -> bool:
        return self.hears


@pytest.fixture
def trust() -> Trust:
    return Trust()


@pytest.fixture
def memory(trust: Trust) -> Memory[int]:
    return Memory(trust, most=3)


def about(
    *tickets: UUID, readers: frozenset[str] = frozenset(), project: int = PROJECT
) -> Announcement:
    return Announcement("other", project, frozenset({"x"}), frozenset(tickets), readers)


async def test_a_value_is_read_once(memory: Memory[int]) -> None:
    source = Source(TICKET)

    values = [await memory.get(PROJECT, "key", source.read) for _ in range(3)]

    assert (values, source.reads) == ([1, 1, 1], 1)


@pytest.mark.parametrize(
    ("announcement", "reads"),
    [
        (about(TICKET), 2),
        (about(OTHER), 1),
        (about(readers=frozenset({reader_key("ada")})), 2),
        (about(readers=frozenset({reader_key("bob")})), 1),
        (about(TICKET, project=8), 1),
        (Announcement("other", PROJECT, frozenset()), 2),
        (Announcement("other", 8, frozenset()), 1),
        (Announcement("other", 0, frozenset({"user.changed"})), 2),
    ],
)
async def test_an_announcement_drops_what_it_is_about(
    memory: Memory[int], announcement: Announcement, reads: int
) -> None:
    source = Source(TICKET, reader_key("ada"))
    await memory.get(PROJECT, "key", source.read)

    await memory.heard(announcement)
    await memory.get(PROJECT, "key", source.read)

    assert source.reads == reads


@pytest.mark.parametrize(
    "announcement", [about(TICKET), about(OTHER), Announcement("other", PROJECT, frozenset())]
)
async def test_what_was_read_before_a_change_is_not_kept_after_it(
    memory: Memory[int], announcement: Announcement
) -> None:
    source = Source(TICKET)
    source.gate.clear()
    reading = asyncio.create_task(memory.get(PROJECT, "key", source.read))
    await asyncio.sleep(0)

    await memory.heard(announcement)
    source.gate.set()

    assert await reading == 1
    assert memory.find(PROJECT, "key") is None


async def test_the_deaf_remember_nothing(memory: Memory[int], trust: Trust) -> None:
    source = Source(TICKET)
    await memory.get(PROJECT, "key", source.read)

    trust.hears = False

    assert [await memory.get(PROJECT, "key", source.read) for _ in range(2)] == [2, 3]


async def test_the_oldest_makes_room(memory: Memory[int]) -> None:
    for key in "abcd":
        await memory.get(PROJECT, key, Source(TICKET).read)

    assert [memory.find(PROJECT, key) for key in "abcd"] == [None, 1, 1, 1]


def test_a_long_announcement_becomes_a_vague_one() -> None:
    long = about(*(new_id() for _ in range(500)))

    heard = decode(encode(long))

    assert len(encode(long)) < 8_000
    assert (heard.project_id, heard.types, heard.tickets) == (PROJECT, frozenset(), frozenset())


def test_an_announcement_names_no_session() -> None:
    session = "0193a2b4-0000-7000-8000-000000000000"

    payload = encode(about(readers=frozenset({reader_key(session)})))

    assert session not in payload
