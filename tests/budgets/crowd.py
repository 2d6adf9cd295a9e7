"""A world grown large: of everything that a list can show, a hundred more."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from rejoinder.db.pool import Connection, Database
from tests.isolation.world import World

MANY: Final = 100

_COLUMNS: Final = (
    "SELECT column_name::text FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND table_name = $1"
    " AND is_generated = 'NEVER' AND is_identity = 'NO'"
)
_OF_PROJECT: Final = "t.project_id = who.project"
_OF_ORGANIZATION: Final = "t.organization_id = who.organization"
_OF_USER: Final = "t.user_id = who.ada"
_ID: Final = "md5(t.id::text || n)::uuid"
_LATER: Final = "t.created_at + n * interval '1 us'"
_ANOTHER_USER: Final = (
    "(SELECT c.id FROM users c JOIN users a ON c.email = n || a.email WHERE a.id = t.user_id)"
)


class Copies(Struct, frozen=True):
    """Rows of a table, and the columns in which their copies differ, as SQL of `t` and `n`."""

    table: str
    where: str
    fresh: Mapping[str, str]


_CROWD: Final[Sequence[Copies]] = (
    Copies("users", "t.id = who.ada", {"email": "n || t.email"}),
    Copies("memberships", f"{_OF_ORGANIZATION} AND {_OF_USER}", {"user_id": _ANOTHER_USER}),
    Copies("roles", _OF_ORGANIZATION, {"id": _ID, "name": "t.name || n"}),
    Copies("role_members", _OF_USER, {"user_id": _ANOTHER_USER}),
    Copies(
        "projects",
        "t.id = who.project",
        {
            "api_token": "t.api_token || n",
            "widget_public_token": "t.widget_public_token || n",
            "secret_api_token": "t.secret_api_token || n",
        },
    ),
    Copies("invites", _OF_ORGANIZATION, {"id": _ID, "email": "n || t.email"}),
    Copies("personal_api_keys", _OF_USER, {"id": _ID, "key_hash": "t.key_hash || n::text::bytea"}),
    Copies("sessions", _OF_USER, {"id": _ID, "token_hash": "t.token_hash || n::text::bytea"}),
    Copies("persons", _OF_PROJECT, {"id": _ID, "distinct_ids": "ARRAY[n || t.distinct_ids[1]]"}),
    Copies(
        "person_distinct_ids",
        f"{_OF_PROJECT} AND n || t.distinct_id IN (SELECT p.distinct_ids[1] FROM persons p)",
        {"distinct_id": "n || t.distinct_id", "person_id": "md5(t.person_id::text || n)::uuid"},
    ),
    Copies(
        "tickets",
        _OF_PROJECT,
        {
            "id": _ID,
            "ticket_number": "t.ticket_number + 1000 * n",
            "distinct_id": "n || t.distinct_id",
        },
    ),
    Copies("messages", _OF_PROJECT, {"id": _ID, "created_at": _LATER}),
    Copies(
        "attachments", f"{_OF_PROJECT} AND t.message_id IS NOT NULL",
        {"id": _ID, "object_key": "t.object_key || n"},
    ),
    Copies("events", _OF_PROJECT, {"id": _ID, "at": "t.at + n * interval '1 us'"}),
    Copies("ticket_views", _OF_PROJECT, {"id": _ID, "short_id": "t.short_id || n"}),
    Copies("macros", _OF_PROJECT, {"id": _ID, "short_id": "t.short_id || n"}),
    Copies("notifications", _OF_PROJECT, {"id": _ID, "event_id": _ID}),
    Copies("drafts", _OF_PROJECT, {"ticket_id": "md5(t.ticket_id::text || n)::uuid"}),
    Copies("webhooks", _OF_PROJECT, {"id": _ID}),
    Copies(
        "webhook_secrets",
        _OF_PROJECT,
        {"id": _ID, "webhook_id": "md5(t.webhook_id::text || n)::uuid"},
    ),
    Copies("webhook_deliveries", _OF_PROJECT, {"event_id": "md5(t.event_id::text || n)::uuid"}),
)  # fmt: skip


async def crowd(database: Database, world: World) -> None:
    """Copies each row of the world; what is copied is what a list reads, not a story that fits."""
    async with database.session() as session:
        for copies in _CROWD:
            statement = await _statement(session.connection, copies)
            desk = world.desk
            await session.connection.execute(
                statement, desk.project.id, desk.organization_id, desk.ada.id
            )


async def _statement(connection: Connection, copies: Copies) -> str:
    columns = [row[0] for row in await connection.fetch(_COLUMNS, copies.table)]
    values = [copies.fresh.get(column, f"t.{column}") for column in columns]
    return (
        "WITH who AS (SELECT $1::bigint AS project, $2::uuid AS organization, $3::bigint AS ada)"
        f" INSERT INTO {copies.table} ({', '.join(columns)}) SELECT {', '.join(values)}"
        f" FROM {copies.table} t, who, generate_series(1, {MANY}) AS n WHERE {copies.where}"
    )
