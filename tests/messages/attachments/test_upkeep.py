from pathlib import Path

import pytest

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from rejoinder.events.work import Work
from rejoinder.messages.attachments.files import Files
from rejoinder.messages.attachments.upkeep import sweep
from rejoinder.settings import Settings
from rejoinder.tickets.commands.upkeep import purge_deleted
from tests.builders import Desk
from tests.messages.attachments.uploading import an_attachment, attachments, objects

OLD = Statement(
    "UPDATE attachments SET created_at = now() - interval '25 hours' WHERE project_id = $1"
)
LONG_DELETED = Statement(
    "UPDATE tickets SET deleted_at = now() - interval '15 days' WHERE project_id = $1"
)
GARBAGE = Statement("SELECT count(*) FROM attachment_garbage WHERE project_id = $1")


@pytest.fixture
def files(settings: Settings) -> Files:
    return Files(settings)


@pytest.fixture
def data(settings: Settings) -> Path:
    return settings.data_dir


async def a_reply(desk: Desk, *ids: str) -> str:
    body = {"message": "Here", "attachment_ids": ids}
    return (await desk.call("POST", "1/reply/", body)).json()["id"]


async def test_an_upload_that_nobody_used_for_a_day_is_removed(
    desk: Desk, work: Work, files: Files, data: Path
) -> None:
    await desk.a_ticket()
    used, unused = await an_attachment(desk), await an_attachment(desk)
    await a_reply(desk, used["id"])
    await work.database.run(OLD, desk.project.id)
    young = await an_attachment(desk)

    await sweep(work, files)

    left = [str(each) for each in await attachments(work.database, desk)]
    assert left == [used["id"], young["id"]]
    assert len(objects(data, desk)) == 2
    assert (await desk.client.get(unused["url"])).status_code == 404
    assert (await desk.client.get(used["url"])).status_code == 200


async def test_the_objects_of_a_deleted_message_are_removed(
    desk: Desk, work: Work, files: Files, data: Path
) -> None:
    await desk.a_ticket()
    gone = await a_reply(desk, (await an_attachment(desk))["id"])
    await a_reply(desk, (await an_attachment(desk))["id"])

    await desk.call("PATCH", f"{desk.comments}{gone}/", {"deleted": True})
    await sweep(work, files)

    assert len(objects(data, desk)) == 1
    assert await work.database.value(GARBAGE, desk.project.id) == 0


async def test_the_objects_of_a_ticket_go_when_it_is_purged_and_not_before(
    desk: Desk, work: Work, files: Files, data: Path
) -> None:
    await desk.a_ticket()
    await a_reply(desk, *[(await an_attachment(desk))["id"] for _ in range(2)])

    await desk.call("DELETE", "1/")
    await sweep(work, files)
    restorable = objects(data, desk)
    await work.database.run(LONG_DELETED, desk.project.id)
    await purge_deleted(work)
    await sweep(work, files)

    assert len(restorable) == 2
    assert objects(data, desk) == []


async def test_what_a_killed_server_left_half_written_is_removed(
    desk: Desk, work: Work, files: Files, data: Path, database: Database
) -> None:
    await an_attachment(desk)
    (written,) = objects(data, desk)
    written.rename(written.with_name(f"{written.name}#1"))
    await database.run(OLD, desk.project.id)

    await sweep(work, files)

    assert objects(data, desk) == []
    assert await database.value(GARBAGE, desk.project.id) == 0
