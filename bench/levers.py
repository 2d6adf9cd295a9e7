"""What single decisions gain: the same request, or statement, with and without each of them.

Both sides take turns on the same database. What a setting switches off is measured through HTTP;
what is a matter of SQL, by pgbench.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from statistics import median
from typing import Final

import asyncpg
from msgspec import Struct

from bench.cases import LIMIT, PROJECT, Case
from bench.measure import Failure, Figure, Sample, Target, reported, sampled
from bench.pgbench import Pgbench
from bench.seed import Connection
from bench.statements import Prepared, page_of
from bench.targets import ours
from bench.world import World
from rejoinder.db.sql import Statement
from rejoinder.tickets import queries

_CONNECTIONS: Final = 16
_PLAIN_PERSONS: Final = "LEFT JOIN persons p "
_JSONB: Final = "bench_jsonb"


class Lever(Struct, frozen=True):
    """A setting that switches it off, and the requests that it is for."""

    name: str
    off: Mapping[str, str]
    cases: tuple[str, ...]


LEVERS: Final = (
    Lever("point reads wait for each other", {"REJOINDER_COALESCE_READS": "false"}, ("retrieve",)),
    Lever(
        "writes share a transaction",
        {"REJOINDER_BATCH_WRITES": "false"},
        ("create", "change status", "reply", "widget message, one project"),
    ),
    Lever("tickets are kept as last rendered", {"REJOINDER_RENDERED_MB": "0"}, ("list 100",)),
    Lever("one worker, not two", {"REJOINDER_WORKERS": "2"}, ("retrieve", "list 100")),
)


class Gain(Struct, frozen=True):
    """Rates with and without; CPU in milliseconds, where a server was measured."""

    lever: str
    of: str
    rate: float
    rate_without: float
    cpu_ms: float | None = None
    cpu_ms_without: float | None = None

    @property
    def times(self) -> float:
        return self.rate / self.rate_without


def by_setting(
    world: World, cases: Sequence[Case], rounds: int, seconds: float, say: Callable[[str], None]
) -> tuple[list[Gain], list[Failure]]:
    """The levers that have a setting."""
    gains: list[Gain] = []
    failures: list[Failure] = []
    named = {case.name: case for case in cases}
    for lever in LEVERS:
        with ExitStack() as stack:
            settings: list[Mapping[str, str]] = [{}, lever.off]
            sides = [stack.enter_context(ours(world, each)) for each in settings]
            for name in lever.cases:
                say(f"{lever.name}: {name}")
                with reported(failures, f"{lever.name}: {name}"):
                    gains.append(_gain(lever.name, named[name], sides, rounds, seconds))
    return gains, failures


def _gain(lever: str, case: Case, sides: Sequence[Target], rounds: int, seconds: float) -> Gain:
    takes: tuple[list[Sample], list[Sample]] = [], []
    for _ in range(rounds):
        for samples, target in zip(takes, sides, strict=True):
            samples.append(sampled(case, case.ours, target, seconds))
    on, off = (Figure.of(samples) for samples in takes)
    return Gain(lever, case.name, on.rate, off.rate, on.cpu_ms, off.cpu_ms)


def by_statement(
    world: World, program: Pgbench, rounds: int, seconds: float, say: Callable[[str], None]
) -> list[Gain]:
    """The levers that are a matter of SQL."""
    asyncio.run(_copy_as_jsonb(world.dsn))
    page, _ = page_of("")
    retrieve: Prepared = queries.sql.view_by_id, [PROJECT, world.subject.read[0]]
    alike: dict[str, tuple[str, Prepared, list[Prepared], bool]] = {
        "limit, then join": ("list 100", page, [_joined_first()], True),
        "properties as stored text": ("list 100", page, [_with_jsonb(page)], True),
        "no reset between requests": ("retrieve", retrieve, [retrieve, _RESET], True),
        "prepared statements": ("retrieve", retrieve, [retrieve], False),
    }
    gains: list[Gain] = []
    for name, (of, on, off, prepared) in alike.items():
        say(name)
        rates: tuple[list[float], list[float]] = [], []
        for _ in range(rounds):
            rates[0].append(program.rate(world.dsn, [[on]], _CONNECTIONS, seconds))
            rate = program.rate(world.dsn, [off], _CONNECTIONS, seconds, prepared=prepared)
            rates[1].append(rate)
        gains.append(Gain(name, f"{of}, SQL alone", *map(median, rates)))
    asyncio.run(_drop(world.dsn))
    return gains


# Of the four that the driver sends in one go by default when a connection returns to its pool.
_RESET: Final[Prepared] = Statement("RESET ALL"), []


def _joined_first() -> Prepared:
    """The page as one would write it first."""
    view = queries.sql.view_by_id.partition("WHERE t.project_id")[0]
    ordered = "ORDER BY t.updated_at DESC, t.ticket_number DESC LIMIT $2 OFFSET $3"
    text = f"{view} WHERE t.project_id = $1 AND t.deleted_at IS NULL {ordered}"
    return Statement(text), [PROJECT, LIMIT, 0]


def _with_jsonb(page: Prepared) -> Prepared:
    text, args = page
    assert _PLAIN_PERSONS in text
    return Statement(text.replace(_PLAIN_PERSONS, f"LEFT JOIN {_JSONB} p ")), args


async def _copy_as_jsonb(dsn: str) -> None:
    await _drop(dsn)
    connection: Connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(
            f"CREATE UNLOGGED TABLE {_JSONB} AS SELECT project_id, id, name, distinct_ids,"
            " properties::jsonb AS properties, created_at, is_identified FROM persons"
        )
        await connection.execute(f"ALTER TABLE {_JSONB} ADD PRIMARY KEY (project_id, id)")
        await connection.execute(f"ANALYZE {_JSONB}")
    finally:
        await connection.close()


async def _drop(dsn: str) -> None:
    connection: Connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(f"DROP TABLE IF EXISTS {_JSONB}")
    finally:
        await connection.close()
