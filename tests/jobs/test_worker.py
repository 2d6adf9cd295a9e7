import asyncio
import signal
import sys

import pytest

from rejoinder import worker
from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from rejoinder.events.event import Event
from rejoinder.events.work import Work
from rejoinder.messages.attachments.files import Files
from rejoinder.notifications.mailer import Mailer
from rejoinder.settings import Settings
from rejoinder.web.egress.client import Egress
from rejoinder.wiring import UNREAD_CLEARED_BY, jobs, reactions, schedule
from tests.jobs.workers import rows, until

SETTINGS = Settings(files_url="memory:///")
SCHEDULE = schedule(SETTINGS, Files(SETTINGS), Mailer(SETTINGS))


def event_types(kind: type[Event] = Event) -> set[str]:
    below = (event_types(each) for each in kind.__subclasses__())
    own: set[str] = set() if kind is Event else {str(kind.__struct_config__.tag)}
    return own.union(*below)


def test_every_listed_event_exists_and_every_reaction_is_a_job() -> None:
    settings = Settings(
        analytics_capture_url="https://example.org/i/v0/e/",
        smtp_url="smtp://mail.example.org",
        mail_from="support@example.org",
    )
    known = set(jobs(settings, Mailer(settings), Files(settings), Egress.anywhere()))
    listed = reactions(settings)

    assert UNREAD_CLEARED_BY | set(listed) <= event_types()
    assert {name for names in listed.values() for name in names} <= known
    assert not known & set(SCHEDULE)


@pytest.mark.parametrize("name", SCHEDULE)
async def test_everything_on_the_schedule_runs(name: str, work: Work) -> None:
    await SCHEDULE[name].run(work)


async def test_a_worker_runs_the_schedule_until_it_is_stopped(
    frail_queue: Database, dsn: str
) -> None:
    stop = asyncio.Event()
    settings = Settings(database_url=dsn)

    async def all_have_run() -> bool:
        return await _runs_ahead(frail_queue) == len(SCHEDULE)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(worker.run(settings, stop))
        await until(all_have_run)
        stop.set()

    assert {row.name for row in await rows(frail_queue)} == set(SCHEDULE)
    assert {(row.attempts, row.error) for row in await rows(frail_queue)} == {(0, None)}


async def test_the_command_runs_until_it_is_told_to_stop(frail_queue: Database, dsn: str) -> None:
    code = "import typer; from rejoinder.cli.worker import worker; typer.run(worker)"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, "--database-url", dsn, stdout=asyncio.subprocess.DEVNULL
    )

    async def all_have_run() -> bool:
        return await _runs_ahead(frail_queue) == len(SCHEDULE)

    await until(all_have_run)
    process.send_signal(signal.SIGTERM)

    assert await process.wait() == 0


async def _runs_ahead(queue: Database) -> int:
    statement = (
        "SELECT count(*) FROM jobs WHERE claimed_by IS NULL AND due_at > now() AND attempts = 0"
    )
    return await queue.value(Statement(statement))
