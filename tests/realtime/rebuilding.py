"""Reading what a replay needs: the log of a desk, and that of the installation."""

from typing import Any

import msgspec

from rejoinder.db.pool import Database
from rejoinder.events.event import INSTALLATION, Position, Recorded
from rejoinder.events.queries import end_of_log, log
from tests.builders import Desk
from tests.eventually import eventually

_BEGUN = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"


class Logged(msgspec.Struct, frozen=True):
    """An event, its payload decoded."""

    type: str
    ticket_id: str
    actor_id: str
    data: dict[str, Any]


class Reader:
    """Reads a log on from where it began."""

    def __init__(self, database: Database, project_id: int, position: Position) -> None:
        self._database = database
        self._project_id = project_id
        self._position = position

    async def news(self) -> list[Logged]:
        """What was committed since the last look, once it can be read."""
        begun = int(await self._database.pool.fetchval(_BEGUN))

        async def can_be_read() -> bool:
            return (await end_of_log(self._database)).xid >= begun

        await eventually(can_be_read, expected=True)
        found = await log(self._database, self._project_id, self._position, (), 10_000)
        if found:
            self._position = found[-1].position
        return [_logged(event) for event in found]


async def reader(desk: Desk, *, of_installation: bool = False) -> Reader:
    """From now on."""
    database = desk.work.database
    project_id = INSTALLATION if of_installation else desk.project.id
    return Reader(database, project_id, await end_of_log(database))


def _logged(event: Recorded) -> Logged:
    data = msgspec.json.decode(event.payload, type=dict[str, Any])
    return Logged(event.type, str(event.ticket_id or ""), event.actor_id, data)
