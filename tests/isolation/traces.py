"""What an attack may leave: something of the victim in an answer, or something else in its rows."""

from typing import Final

import httpx

from rejoinder.db.pool import Database
from tests.isolation.world import World

_TENANT_TABLES: Final = (
    "SELECT table_name::text FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND column_name = 'project_id' ORDER BY 1"
)
_HASH: Final = (
    "SELECT coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') FROM {} t WHERE "
)
# By the table; $1 is the organization.
_OF_ORGANIZATION: Final = {
    "organizations": "t.id = $1",
    "projects": "t.organization_id = $1",
    "memberships": "t.organization_id = $1",
    "roles": "t.organization_id = $1",
    "role_members": "t.role_id IN (SELECT id FROM roles WHERE organization_id = $1)",
    "invites": "t.organization_id = $1",
    "invite_tokens": "t.invite_id IN (SELECT id FROM invites WHERE organization_id = $1)",
}
# What is noted of a user who is active is no change.
_OF_USERS: Final = {
    "users": "(SELECT id, email, first_name, last_name, password_hash, preferences FROM users)",
    "personal_api_keys": (
        "(SELECT user_id AS id, label, key_hash, scopes, project_ids, revoked_at"
        " FROM personal_api_keys)"
    ),
    "sessions": "(SELECT user_id AS id, token_hash FROM sessions)",
    "password_resets": "(SELECT user_id AS id, token_hash FROM password_resets)",
}


async def state_of(database: Database, world: World) -> dict[str, str]:
    """A hash over the victim's rows of every table that has any of theirs."""
    found: dict[str, str] = {}
    async with database.session() as session:
        fetch = session.connection.fetchval
        for row in await session.connection.fetch(_TENANT_TABLES):
            found[row[0]] = await fetch(
                _HASH.format(row[0]) + "t.project_id = $1", world.desk.project.id
            )
        for table, where in _OF_ORGANIZATION.items():
            found[table] = await fetch(_HASH.format(table) + where, world.desk.organization_id)
        for table, rows in _OF_USERS.items():
            found[table] = await fetch(_HASH.format(rows) + "t.id = $1", world.desk.ada.id)
    return found


def shown_of(world: World, answer: httpx.Response) -> list[str]:
    """What the answer has of the victim: its mark, its secrets, its people's addresses."""
    text = answer.text + repr(answer.headers.multi_items())
    return [each for each in (world.mark, world.desk.ada.email, *world.secrets) if each in text]
