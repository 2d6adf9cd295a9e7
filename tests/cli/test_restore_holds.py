"""What a restored server does not do by itself, and how it is let go."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from rejoinder.jobs.queue import enqueue
from rejoinder.jobs.types import NewJob
from rejoinder.settings import Settings
from tests.builders import Desk
from tests.cli.test_backup import Place, a_desk_at, source, target

__all__ = ["source", "target"]

HOOK = {"url": "https://1.1.1.1/in", "event_types": ["ticket.created"]}
PENDING = "SELECT count(*) FROM webhook_deliveries WHERE state = 'pending'"
BEHIND = (
    "SELECT count(*) FROM webhooks w JOIN events e ON e.project_id = w.project_id"
    " AND (e.xid, e.seq) > (w.xid, w.seq)"
)


async def jobs(place: Place, *arguments: str) -> Any:
    done = await asyncio.to_thread(place.run, "jobs", *arguments, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


async def fill(desk: Desk) -> str:
    """A session, a job that waits, and a webhook that has not been sent a ticket yet."""
    browser = await desk.session()
    made = await desk.call("POST", f"{desk.url}webhooks/", HOOK)
    assert made.status_code == 201, made.text
    await desk.a_ticket()
    await enqueue(desk.work.database, NewJob("greet", {"name": "Ada"}))
    return browser.cookie


@pytest.fixture
async def restored(source: Place, target: Place, settings: Settings, tmp_path: Path) -> Place:
    """Restored from a server that has counted far more transactions than ours."""
    async with a_desk_at(source, settings) as desk:
        await fill(desk)
    await source.fetch("UPDATE events SET xid = (xid::text::bigint + 5e12::bigint)::text::xid8")
    await source.fetch("UPDATE webhooks SET xid = (xid::text::bigint + 5e12::bigint)::text::xid8")
    await source.back_up(tmp_path / "backup.tar")
    await target.restore(tmp_path / "backup.tar")
    return target


async def test_sessions_end_and_what_would_be_sent_waits(restored: Place) -> None:
    assert await restored.value("SELECT count(*) FROM sessions") == 0
    (letter,) = (await jobs(restored, "dead"))["jobs"]
    assert letter["error"] == "Held back since the restore of a backup."
    assert await restored.value("SELECT disabled_because FROM webhooks") == letter["error"]


async def test_what_was_held_back_is_sent_when_it_is_released(restored: Place) -> None:
    assert await jobs(restored, "release") == {"jobs": 1, "webhooks": 1}

    (standing,) = [each for each in (await jobs(restored, "status"))["jobs"] if each["waiting"]]
    assert standing["name"] == "greet"
    assert await restored.value("SELECT enabled FROM webhooks")
    assert await restored.value(BEHIND) == 3  # ticket.created and the webhook's own
    assert await jobs(restored, "release") == {"jobs": 0, "webhooks": 0}


async def test_what_was_held_back_can_be_dropped(restored: Place) -> None:
    assert await jobs(restored, "release", "--discard") == {"jobs": 1, "webhooks": 1}

    assert (await jobs(restored, "dead"))["jobs"] == []
    assert await restored.value("SELECT enabled FROM webhooks")
    assert (await restored.value(PENDING), await restored.value(BEHIND)) == (0, 1)


async def test_the_log_goes_on_behind_everything_that_was_in_it(
    restored: Place, settings: Settings
) -> None:
    last = "SELECT max(xid)::text::bigint FROM events"
    before = await restored.value(last)
    async with a_desk_at(restored, settings) as desk:
        await desk.a_ticket()

        found = await desk.call("GET", f"{desk.url}events/")

    assert await restored.value(last) > before  # type: ignore[operator]  # numbers both
    assert "ticket.created" in [event["type"] for event in found.json()["results"]]
