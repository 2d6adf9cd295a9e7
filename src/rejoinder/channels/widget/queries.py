"""The statements of the widget."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Raw, Struct

from rejoinder.channels.widget.types import ListedTicket, PublicMessage, TicketState, Viewer
from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.tickets.types import Status

sql = load(__package__)


class ProjectRow(Struct, frozen=True):
    id: int
    secret: str
    backup: str | None
    settings: Raw


class RestoreToken(Struct, frozen=True):
    email: str
    is_used: bool
    is_expired: bool


class _Id(Struct, frozen=True):
    id: UUID


class _DistinctId(Struct, frozen=True):
    distinct_id: str


async def project_of_token(db: Queryable, token: str) -> ProjectRow | None:
    """None when the token is unknown, or the project's conversations are switched off."""
    return await db.one_or_none(ProjectRow, sql.project_of_token, token)


async def distinct_ids(db: Queryable, project_id: int, distinct_id: str) -> frozenset[str]:
    """Every distinct id of the person who has this one, itself included."""
    rows = await db.many(_DistinctId, sql.distinct_ids, project_id, distinct_id)
    return frozenset({distinct_id, *(row.distinct_id for row in rows)})


async def ticket_state(db: Queryable, project_id: int, ticket_id: UUID) -> TicketState | None:
    return await db.one_or_none(TicketState, sql.ticket_state, project_id, ticket_id)


async def messages_after(
    db: Queryable, project_id: int, ticket_id: UUID, after: datetime | None, limit: int
) -> list[PublicMessage]:
    """Public messages, oldest first."""
    return await db.many(PublicMessage, sql.messages_after, project_id, ticket_id, after, limit)


def _of(project_id: int, viewer: Viewer) -> tuple[int, Sequence[str], str, str]:
    return project_id, list(viewer.distinct_ids), viewer.session_id, viewer.email


async def ids_of_viewer(db: Queryable, project_id: int, viewer: Viewer, most: int) -> list[UUID]:
    """The ids of the viewer's tickets, in no order."""
    rows = await db.many(_Id, sql.ids_of_viewer, *_of(project_id, viewer), most)
    return [row.id for row in rows]


async def tickets_of_viewer(
    db: Queryable, project_id: int, viewer: Viewer, status: Status | None, limit: int, offset: int
) -> list[ListedTicket]:
    """The viewer's tickets, newest first."""
    return await db.many(
        ListedTicket,
        sql.tickets_of_viewer,
        *_of(project_id, viewer),
        status,
        limit,
        offset,
    )


async def count_of_viewer(
    db: Queryable, project_id: int, viewer: Viewer, status: Status | None
) -> int:
    return await db.value(sql.count_of_viewer, *_of(project_id, viewer), status)


async def add_restore_token(
    db: Queryable, project_id: int, token_hash: bytes, email: str, lifetime: timedelta
) -> None:
    await db.run(sql.add_restore_token, project_id, token_hash, email, lifetime)


async def locked_restore_token(
    db: Queryable, project_id: int, token_hash: bytes
) -> RestoreToken | None:
    return await db.one_or_none(RestoreToken, sql.locked_restore_token, project_id, token_hash)


async def consume_restore_tokens(db: Queryable, project_id: int, email: str) -> None:
    await db.run(sql.consume_restore_tokens, project_id, email)


async def purge_restore_tokens(db: Queryable) -> int:
    return await db.run(sql.purge_restore_tokens)


async def tickets_of_email(db: Queryable, project_id: int, email: str) -> list[UUID]:
    """Tickets whose customer is reached at this address, in the order of their ids."""
    return [row.id for row in await db.many(_Id, sql.tickets_of_email, project_id, email)]
