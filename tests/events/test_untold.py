"""A commit whose request was cut off is told to listeners all the same, when it is heard of."""

import asyncio

import pytest

from rejoinder.db.pool import Database
from rejoinder.events.announcement import Announcement
from rejoinder.events.listen import Ear
from rejoinder.events.work import Work
from rejoinder.organizations.commands import create_organization
from rejoinder.settings import Settings
from tests.builders import ROOT
from tests.eventually import eventually


async def test_what_was_told_is_not_told_again(database: Database) -> None:
    told: list[Announcement] = []

    async def listener(announcement: Announcement) -> None:
        assert work.is_untold(announcement)
        told.append(announcement)

    work = Work(database, listeners=[listener])
    async with work.begin(ROOT) as tx:
        await create_organization(tx, "Told")

    assert [work.is_untold(announcement) for announcement in told] == [False]


async def test_a_commit_that_nobody_was_told_of_is_heard(
    database: Database, settings: Settings
) -> None:
    """The request is cancelled when its transaction has just been committed."""
    heard: list[Announcement] = []

    async def cut_off(_: Announcement) -> None:
        raise asyncio.CancelledError

    async def listener(announcement: Announcement) -> None:
        if announcement.process == work.process:
            heard.append(announcement)

    async def deaf() -> None:
        pass

    async def count() -> int:
        return len(heard)

    async def hears() -> bool:
        return ear.hearing

    work = Work(database, listeners=[cut_off])
    ear = Ear(settings.database_url, work.process, listener, deaf, is_untold=work.is_untold)
    async with ear.listening():
        await eventually(hears, expected=True)
        with pytest.raises(asyncio.CancelledError):
            async with work.begin(ROOT) as tx:
                await create_organization(tx, "Untold")
        await eventually(count, 1)
