"""A database that notes how PostgreSQL finds what it is asked for."""

from collections.abc import Callable, Generator
from typing import Any, Final, TypeVar

import msgspec

from rejoinder.db.pool import Database
from rejoinder.db.sql import PLANNED_ANEW, Statement

T = TypeVar("T")

LARGE: Final = {"tickets", "messages", "persons", "person_distinct_ids", "events"}
_OPERATOR: Final = 0.0025
_NAME: Final = "noted"
_PARAMETERS: Final = (
    "SELECT cardinality(parameter_types) FROM pg_prepared_statements WHERE name = $1"
)


class Noting(Database):
    """Notes the plan of each statement before it runs it.

    Whatever is prepared once may get, after some runs, one plan for all arguments: that one is
    noted, too, unless PostgreSQL would find it cheaper to plan each time.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database.pool)
        self.indexes: list[set[str]] = []
        self.generic: list[set[str]] = []
        self.read_through: set[str] = set()

    async def one(self, kind: Callable[..., T], statement: Statement, *args: object) -> T:
        await self.note(statement, args)
        return await super().one(kind, statement, *args)

    async def one_or_none(
        self, kind: Callable[..., T], statement: Statement, *args: object
    ) -> T | None:
        await self.note(statement, args)
        return await super().one_or_none(kind, statement, *args)

    async def point(self, kind: Callable[..., T], statement: Statement, *key: object) -> T | None:
        return await self.one_or_none(kind, statement, *key)

    async def many(self, kind: Callable[..., T], statement: Statement, *args: object) -> list[T]:
        await self.note(statement, args)
        return await super().many(kind, statement, *args)

    async def value(self, statement: Statement, *args: object) -> Any:
        await self.note(statement, args)
        return await super().value(statement, *args)

    async def note(self, statement: str, args: tuple[object, ...]) -> None:
        """The plan for these arguments, and the one for any."""
        async with self.session() as session:
            text = await session.connection.fetchval(f"EXPLAIN (FORMAT JSON) {statement}", *args)
        plan = _plan(text)
        self.indexes.append(self._noted(plan))
        if not statement.startswith(PLANNED_ANEW):
            for_any = _plan(await self._planned_for_any(statement))
            kept = for_any["Total Cost"] < plan["Total Cost"] + _planning(plan)
            self.generic.append(self._noted(for_any if kept else plan))

    def _noted(self, plan: dict[str, Any]) -> set[str]:
        nodes = list(nodes_of(plan))
        self.read_through |= LARGE & {
            node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"
        }
        return {node["Index Name"] for node in nodes if "Index Name" in node}

    async def _planned_for_any(self, statement: str) -> str:
        async with self.session() as session:
            connection = session.connection
            await connection.execute(
                f"SET plan_cache_mode = force_generic_plan; PREPARE {_NAME} AS {statement}"
            )
            try:
                count = await connection.fetchval(_PARAMETERS, _NAME)
                nulls = ", ".join(["NULL"] * count)
                call = f"{_NAME} ({nulls})" if count else _NAME
                return await connection.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE {call}")
            finally:
                await connection.execute(f"DEALLOCATE {_NAME}; RESET plan_cache_mode")


def _plan(explained: str) -> dict[str, Any]:
    return msgspec.json.decode(explained)[0]["Plan"]


def _planning(plan: dict[str, Any]) -> float:
    """What PostgreSQL takes planning anew to cost: `cached_plan_cost` in its plancache.c."""
    tables = sum("Relation Name" in node for node in nodes_of(plan))
    return 1000 * _OPERATOR * (tables + 1)


def nodes_of(plan: dict[str, Any]) -> Generator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes_of(child)
