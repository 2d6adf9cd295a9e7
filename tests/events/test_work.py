"""A transaction that carries events: all or nothing, heard here and elsewhere."""

import asyncio
from contextlib import suppress

import pytest

from rejoinder.events.announcement import Announcement
from rejoinder.events.event import Actor
from rejoinder.events.listen import Ear
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from rejoinder.tickets.events import CountersRepaired
from tests.builders import Desk
from tests.eventually import eventually
from tests.tickets.log import events_of, types_of

HAPPENED = CountersRepaired(counted=[1], previous=[2])


def system(desk: Desk) -> Actor:
    return Actor(desk.project.id, "system", "test")


async def test_events_are_written_with_their_actor_and_in_order(desk: Desk) -> None:
    async with desk.work.begin(system(desk)) as tx:
        for number in range(3):
            tx.emit(CountersRepaired(counted=[number], previous=[]))

    found = await events_of(desk)
    assert [(event["counted"], event["by"]) for event in found] == [
        ([number], "system:test") for number in range(3)
    ]


async def test_what_fails_never_happened(desk: Desk) -> None:
    heard: list[Announcement] = []

    async def listen(announcement: Announcement) -> None:
        heard.append(announcement)

    work = Work(desk.work.database, listeners=[listen])
    with suppress(ZeroDivisionError):
        async with work.begin(system(desk)) as tx:
            tx.emit(HAPPENED)
            raise ZeroDivisionError

    assert (await types_of(desk), heard) == ([], [])


async def test_listeners_hear_after_the_commit_and_before_the_answer(desk: Desk) -> None:
    seen: list[list[str]] = []

    async def listen(announcement: Announcement) -> None:
        assert announcement.project_id == desk.project.id
        seen.append(await types_of(desk))

    async with Work(desk.work.database, listeners=[listen]).begin(system(desk)) as tx:
        tx.emit(HAPPENED)

    assert seen == [["counters.repaired"]]


async def test_a_transaction_without_events_announces_nothing(desk: Desk) -> None:
    async def listen(announcement: Announcement) -> None:
        raise AssertionError(announcement)

    async with Work(desk.work.database, listeners=[listen]).begin(system(desk)):
        pass


async def test_another_process_hears_what_was_committed(desk: Desk, settings: Settings) -> None:
    heard: list[Announcement] = []
    deaf: list[bool] = []

    async def listen(announcement: Announcement) -> None:
        if announcement.project_id == desk.project.id:
            heard.append(announcement)

    async def forget() -> None:
        deaf.append(True)

    ear = Ear(settings.database_url, "me", listen, forget)

    async def hearing() -> bool:
        return ear.hearing

    async def count() -> int:
        return len(heard)

    listening = asyncio.create_task(ear.run())
    await eventually(hearing, expected=True)
    for process in ("me", "elsewhere"):
        async with Work(desk.work.database, process=process).begin(system(desk)) as tx:
            tx.emit(HAPPENED)
    await eventually(count, 1)
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening

    # What it committed itself it had handled already; before and after, nothing may be trusted.
    assert [each.process for each in heard] == ["elsewhere"]
    assert heard[0].concerns(frozenset({"counters.repaired"}))
    assert not heard[0].concerns(frozenset({"ticket.created"}))
    assert (len(deaf) >= 2, ear.hearing) == (True, False)
