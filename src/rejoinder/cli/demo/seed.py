"""A plan carried out: projects filled with tickets, quickly when there is nothing yet."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

import asyncpg

from rejoinder.cli.bulk.indexes import built_afterwards
from rejoinder.cli.demo import queries
from rejoinder.cli.demo.customers import Names, read_names
from rejoinder.cli.demo.dice import Dice
from rejoinder.cli.demo.formats import microseconds
from rejoinder.cli.demo.load import TABLES, store
from rejoinder.cli.demo.phrases import ready_phrases
from rejoinder.cli.demo.plan import SPAN, Plan, Progress
from rejoinder.cli.demo.team import Team, assemble
from rejoinder.cli.demo.tickets import Tickets
from rejoinder.cli.operators import work_on
from rejoinder.db.connection import set_codecs, set_session
from rejoinder.db.pool import Session, connect
from rejoinder.events.announcement import Announcement, encode
from rejoinder.settings import Settings

# From here on dropping and building indexes pays.
BIG: Final = 5_000
_BATCH: Final = 1_000

_NAME: Final = "rejoinder demo"
# A load may take minutes, and building an index wants memory; both would harm a server's sessions.
_SESSION: Final = {
    "statement_timeout": "0",
    "lock_timeout": "10s",
    "maintenance_work_mem": "512MB",
    "synchronous_commit": "off",
    "timezone": "UTC",
}


def _untold(_doing: str, _more: int) -> None:
    pass


async def seed(dsn: str, plan: Plan, progress: Progress = _untold) -> list[int]:
    """Carries out the plan; returns the projects filled, the first with the most tickets.

    Raises:
        NotFound: there is no such project, or none at all.
    """
    names = read_names()
    async with connect(dsn, Settings(), size=2) as database:
        project_ids, team = await assemble(work_on(database), plan.project_id, plan.projects, names)
    async with _session(dsn) as session:
        await _fill(session, plan, project_ids, team, names, progress)
        progress("tidying up", 0)
        await session.connection.execute(f"VACUUM (ANALYZE) {', '.join(TABLES)}")
        for project_id in project_ids:
            await queries.announce(session, encode(Announcement("", project_id, frozenset())))
    return project_ids


@asynccontextmanager
async def _session(dsn: str) -> AsyncGenerator[Session]:
    connection = await asyncpg.connect(dsn, server_settings={"application_name": _NAME})
    try:
        await set_session(connection, _SESSION)
        await set_codecs(connection)
        yield Session(connection)
    finally:
        await connection.close()


async def _fill(
    session: Session,
    plan: Plan,
    project_ids: list[int],
    team: Team,
    names: Names,
    progress: Progress,
) -> None:
    """In one transaction where the tables are empty and the load is big, else in small ones."""
    fillers = [
        _Filler(plan, project_id, share, team, names)
        for project_id, share in zip(project_ids, plan.shares, strict=True)
    ]
    if plan.tickets < BIG or not await queries.is_empty(session):
        for filler in fillers:
            await filler.fill(session, progress)
        return
    async with session.connection.transaction():
        await queries.lock_tables(session)
        async with built_afterwards(session, TABLES, progress):
            for filler in fillers:
                await filler.fill(session, progress)


class _Filler:
    """Fills one project with its share of the plan."""

    def __init__(self, plan: Plan, project_id: int, share: int, team: Team, names: Names) -> None:
        self._plan = plan
        self._project_id = project_id
        self._share = share
        self._team = team
        self._names = names

    async def fill(self, session: Session, progress: Progress) -> None:
        writer: Tickets | None = None
        for begins in self._batches():
            async with session.connection.transaction():
                before = await queries.take_numbers(session, self._project_id, len(begins))
                writer = writer or self._writer(before)
                await store(session, self._project_id, writer.batch(before + 1, begins))
            progress("writing tickets", len(begins))

    def _writer(self, before: int) -> Tickets:
        # With the number it begins after, so that a second run does not invent the same people.
        dice = Dice(f"{self._plan.seed} {self._project_id} {before}")
        return Tickets(
            self._project_id,
            self._team,
            ready_phrases(dice),
            self._names,
            dice,
            mean=self._plan.messages_per_ticket,
            until=microseconds(self._plan.until),
        )

    def _batches(self) -> Iterator[list[int]]:
        """The times at which tickets begin, evenly spread."""
        begin = microseconds(self._plan.until - SPAN)
        span = SPAN // timedelta(microseconds=1)
        for first in range(0, self._share, _BATCH):
            last = min(first + _BATCH, self._share)
            yield [begin + span * index // self._share for index in range(first, last)]
