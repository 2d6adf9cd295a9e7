"""Batches of rows into the database, by COPY."""

from io import BytesIO
from typing import Final

from rejoinder.cli.demo.rows import Batch, DistinctIdRow, MessageRow, PersonRow, TicketRow
from rejoinder.db.pool import Session
from rejoinder.tickets.queries import adjust_counters
from rejoinder.tickets.rules import Counted

# In the order in which foreign keys want them.
COLUMNS: Final = {
    "persons": PersonRow._fields,
    "person_distinct_ids": DistinctIdRow._fields,
    "tickets": TicketRow._fields,
    "messages": MessageRow._fields,
}
TABLES: Final = list(COLUMNS)


async def store(session: Session, project_id: int, batch: Batch) -> None:
    """The rows, and the counters last, as in every transaction."""
    rows = (batch.persons, batch.person_distinct_ids, batch.tickets, batch.messages)
    for (table, columns), some in zip(COLUMNS.items(), rows, strict=True):
        source = BytesIO("".join(["\t".join(row) + "\n" for row in some]).encode())
        await session.connection.copy_to_table(table, source=source, columns=columns)
    await adjust_counters(session, project_id, Counted(*batch.by_status(), unread=batch.unread))
