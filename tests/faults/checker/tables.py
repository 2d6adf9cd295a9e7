"""Tokens wherever they stand in the database, whatever tables it has."""

from collections.abc import AsyncGenerator
from typing import Final

from msgspec import Struct

from tests.faults.checker.case import Connection

_TABLES: Final = """
SELECT table_name AS name, bool_or(column_name = 'project_id') AS has_project,
    coalesce(
        array_agg(column_name::text) FILTER (WHERE data_type = 'bytea'), '{}'
    ) AS in_bytes
FROM information_schema.columns
JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
GROUP BY table_name ORDER BY table_name
"""
_PATTERN: Final = r"tk_p\d+_\w+"


class Trace(Struct, frozen=True):
    """A token in a row; the project is that of the row, if it has one."""

    table: str
    project: int | None
    token: str


async def traces(db: Connection) -> AsyncGenerator[Trace]:
    for name, has_project, in_bytes in await db.fetch(_TABLES):
        text = "row_to_json(x)::text" + "".join(
            f" || encode(x.{column}, 'escape')" for column in in_bytes
        )
        project = "x.project_id" if has_project else "NULL::bigint"
        for found in await db.fetch(
            f"SELECT DISTINCT {project}, token[1]"
            f" FROM {name} x, regexp_matches({text}, $1, 'g') AS token",
            _PATTERN,
        ):
            yield Trace(name, *found)
