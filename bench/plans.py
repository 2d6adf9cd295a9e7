"""What PostgreSQL itself needs: execution times, and the indexes that each statement uses."""

from collections.abc import Generator, Sequence
from statistics import median
from typing import Any

import msgspec
from msgspec import Struct

from bench.reading import FILTERS
from bench.statements import deep_page, page_of
from bench.world import World
from rejoinder.db.pool import Database, connect
from rejoinder.db.sql import Statement
from rejoinder.settings import Settings

_REPEATS = 5


class Explained(Struct, frozen=True):
    """One statement: its time in PostgreSQL, the indexes it used, the tables it read through."""

    name: str
    ms: float
    indexes: list[str]
    scanned: list[str]


async def explain(world: World) -> list[Explained]:
    offset = world.subject.deep_offset
    wanted = {f"offset {offset:,}": deep_page(offset)}
    wanted |= {f"list, {name}": page_of(query)[0] for name, query in FILTERS.items()}
    wanted |= {f"count, {name}": page_of(query)[1] for name, query in FILTERS.items() if query}
    async with connect(world.dsn, Settings(statement_timeout_ms=60_000)) as database:
        return [
            _explained(name, [await _plan(database, *prepared) for _ in range(_REPEATS)])
            for name, prepared in wanted.items()
        ]


async def _plan(database: Database, statement: Statement, args: Sequence[object]) -> dict[str, Any]:
    explained = Statement(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
    return msgspec.json.decode(await database.value(explained, *args))[0]


def _explained(name: str, plans: Sequence[dict[str, Any]]) -> Explained:
    nodes = list(_nodes(plans[-1]["Plan"]))
    return Explained(
        name,
        median(plan["Execution Time"] for plan in plans),
        sorted({node["Index Name"] for node in nodes if "Index Name" in node}),
        sorted({node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"}),
    )


def _nodes(plan: dict[str, Any]) -> Generator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)
