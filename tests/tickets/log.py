"""What happened in a desk's project, as the event log has it."""

from typing import Any

import msgspec

from rejoinder.db.sql import Statement
from tests.builders import Desk

_LOG = Statement(
    "SELECT coalesce(json_agg(payload || jsonb_build_object('by', actor_kind || ':' || actor_id)"
    " ORDER BY xid, seq), '[]')::jsonb FROM events WHERE project_id = $1"
)


async def events_of(desk: Desk) -> list[dict[str, Any]]:
    """The payloads, oldest first; `by` is the actor."""
    payloads = await desk.work.database.value(_LOG, desk.project.id)
    return msgspec.json.decode(payloads)


async def types_of(desk: Desk) -> list[str]:
    return [event["type"] for event in await events_of(desk)]
