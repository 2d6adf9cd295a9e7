"""The widget under load: polls of open pages, and customers who write."""

from datetime import datetime
from urllib.parse import quote
from uuid import UUID, uuid4

import asyncpg
import msgspec
from msgspec import Struct

from bench.load import FRESH, request
from bench.seed import Connection

READ_IN = 1
# Beside the project whose lists are measured, so that new messages do not change those.
WRITTEN_IN = 2
_SAID = "Where is my order? It was due on Monday"
WIDGET = "/api/conversations/v1/widget"


class Talk(Struct, frozen=True):
    """A browser's session, one long ticket it has, and one ticket that everybody writes to."""

    session: str
    thread: UUID
    ended_at: datetime
    shared: UUID

    def polls(self, *, behind: bool) -> bytes:
        """A poll: everything that was said, or, with nothing new, the usual one."""
        after = "2000-01-01T00:00:00Z" if behind else self.ended_at.isoformat()
        query = f"widget_session_id={self.session}&limit=50&after={quote(after)}"
        return request("GET", f"{WIDGET}/messages/{self.thread}?{query}", headers=_token(READ_IN))

    def writes(self, *, ticket: UUID | None) -> bytes:
        """A customer's message, on this ticket or on a new one."""
        fields = {
            "widget_session_id": self.session,
            "distinct_id": "visitor-bench",
            "message": f"{_SAID}, and nobody answers the phone. {FRESH}",
            "traits": {"name": "Ada", "email": None},
            "ticket_id": ticket,
        }
        return request(
            "POST",
            f"{WIDGET}/message",
            body=msgspec.json.encode(fields),
            headers=_token(WRITTEN_IN),
        )


def _token(project_id: int) -> dict[str, str]:
    # As the seed names them.
    return {"X-Conversations-Token": f"w{project_id}"}


async def begin(dsn: str) -> Talk:
    """A session that has a ticket of the seed's, and a ticket of its own to write to."""
    session = str(uuid4())
    connection: Connection = await asyncpg.connect(dsn)
    try:
        found = await connection.fetchrow(
            "SELECT t.id, max(m.created_at) FROM tickets t JOIN messages m"
            " ON m.project_id = t.project_id AND m.ticket_id = t.id AND NOT m.is_private"
            " WHERE t.project_id = $1 AND t.ticket_number <= 50 AND t.deleted_at IS NULL"
            " GROUP BY t.id ORDER BY count(*) DESC, t.id LIMIT 1",
            READ_IN,
        )
        assert found is not None
        thread, ended_at = found
        shared = await connection.fetchval(
            "SELECT id FROM tickets WHERE project_id = $1 AND deleted_at IS NULL"
            " AND status <> 'resolved' ORDER BY ticket_number LIMIT 1",
            WRITTEN_IN,
        )
        for project_id, ticket_id in ((READ_IN, thread), (WRITTEN_IN, shared)):
            await connection.execute(
                "UPDATE tickets SET widget_session_id = $3 WHERE project_id = $1 AND id = $2",
                project_id,
                ticket_id,
                session,
            )
    finally:
        await connection.close()
    return Talk(session, thread, ended_at, shared)


async def end(dsn: str, talk: Talk) -> None:
    """Takes away what was written, so that the next run finds the same data."""
    connection: Connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(
            "DELETE FROM tickets WHERE project_id = $1 AND widget_session_id = $2 AND id <> $3",
            WRITTEN_IN,
            talk.session,
            talk.shared,
        )
        await connection.execute(
            "DELETE FROM messages WHERE project_id = $1 AND ticket_id = $2"
            " AND starts_with(content, $3)",
            WRITTEN_IN,
            talk.shared,
            _SAID,
        )
        await connection.execute(
            "UPDATE tickets SET widget_session_id = ''"
            " WHERE project_id = ANY($1::bigint[]) AND widget_session_id = $2",
            [READ_IN, WRITTEN_IN],
            talk.session,
        )
    finally:
        await connection.close()
