"""Violations to be planted, one after the other, to see that the checker finds each."""

import shutil
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from tests.faults.checker.case import Case, Page
from tests.faults.history import History, Record, Sighting, Write
from tests.faults.logs import Log

Plant = Callable[[Case], Awaitable[Case]]

_MESSAGE: Final = (
    "(SELECT id FROM messages WHERE deleted_at IS NULL AND NOT is_private"
    " AND content LIKE '%tk_p%' LIMIT 1)"
)
_TICKET: Final = "(SELECT id FROM tickets WHERE deleted_at IS NULL LIMIT 1)"
_FOREIGN: Final = "tk_p987654_visitor_1_0badcafe"


def sql(statement: str) -> Plant:
    async def plant(case: Case) -> Case:
        await case.db.execute(statement)
        return case

    return plant


def without(wanted: Callable[[Record], bool]) -> Plant:
    """The first such record is not in the history."""

    async def plant(case: Case) -> Case:
        found = next(record for record in case.history.records if wanted(record))
        return _with(case, [record for record in case.history.records if record is not found])

    return plant


def twice(wanted: Callable[[Record], bool]) -> Plant:
    async def plant(case: Case) -> Case:
        found = next(record for record in case.history.records if wanted(record))
        return _with(case, [*case.history.records, found])

    return plant


def _with(case: Case, records: list[Record]) -> Case:
    return replace(case, history=History(records))


def _a_sighting(text: str, **fields: str) -> Sighting:
    return Sighting(
        reader="planted",
        how="hook" if "event_id" in fields else "stream",
        project=1,
        text=text,
        **fields,
    )


def sighting(text: str, **fields: str) -> Plant:
    async def plant(case: Case) -> Case:
        return _with(case, [*case.history.records, _a_sighting(text, **fields)])

    return plant


async def an_acknowledged_write_that_never_was(case: Case) -> Case:
    ok = _first(case, lambda write: write.what == "message")
    return _with(case, [*case.history.records, replace(ok, token="tk_p1_nobody_1_00000000")])


async def a_refused_write_that_was_done(case: Case) -> Case:
    ok = _first(case, lambda write: write.what == "patch")
    return _with(case, [*case.history.records, replace(ok, outcome="refused")])


async def a_thread_without_a_message(case: Case) -> Case:
    ok = _first(case, lambda write: write.what == "message")
    return replace(case, threads={**case.threads, ok.ticket_id: []})


async def a_note_at_a_reader(case: Case) -> Case:
    note = _first(case, lambda write: write.private)
    return _with(case, [*case.history.records, _a_sighting(f"Psst: {note.token}")])


async def a_note_in_a_widget(case: Case) -> Case:
    note = _first(case, lambda write: write.private)
    page = Page(note.project, "widget/messages", note.token, public=True)
    return replace(case, pages=[*case.pages, page])


async def a_page_with_anothers_words(case: Case) -> Case:
    return replace(case, pages=[*case.pages, Page(1, "events/", _FOREIGN, public=False)])


def in_a_log(text: Callable[[Case], str]) -> Plant:
    async def plant(case: Case) -> Case:
        log = Path(case.world.files).parent / "planted.log"
        log.write_text(text(case))
        return _seeing(case, logs=(Log(str(log)),))

    return plant


def in_files(change: Callable[[Path], object]) -> Plant:
    """In a copy of the folder."""

    async def plant(case: Case) -> Case:
        copy = Path(case.world.files).parent / "planted"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(case.world.files, copy)
        change(copy)
        return _seeing(case, files=str(copy))

    return plant


def _seeing(case: Case, **fields: object) -> Case:
    return replace(case, world=replace(case.world, **fields))


def _first(case: Case, wanted: Callable[[Write], bool]) -> Write:
    writes = case.history.of(Write)
    return next(write for write in writes if write.outcome == "ok" and wanted(write))


def _any_file(folder: Path) -> Path:
    return next(path for path in folder.rglob("*") if path.is_file())


_TWO_MESSAGES: Final = """
UPDATE messages m SET created_at = m.created_at - interval '1 hour'
WHERE m.id IN (
    SELECT last.id FROM messages last JOIN messages first USING (project_id, ticket_id)
    WHERE last.created_at > first.created_at
        AND split_part(last.content, '_', 3) = split_part(first.content, '_', 3)
        AND last.content LIKE '%tk_p%' AND first.content LIKE '%tk_p%'
    ORDER BY last.created_at DESC LIMIT 1
)
"""
_FALSE_INDEX: Final = """
CREATE FUNCTION planted(bigint) RETURNS bigint IMMUTABLE LANGUAGE plpgsql
AS 'BEGIN RETURN $1; END';
CREATE INDEX planted ON tickets (planted(ticket_number));
CREATE OR REPLACE FUNCTION planted(bigint) RETURNS bigint IMMUTABLE LANGUAGE plpgsql
AS 'BEGIN RETURN -$1; END';
"""
_NO_CHECKSUMS: Final = """
CREATE FUNCTION public.pg_control_init(OUT data_page_checksum_version integer)
LANGUAGE sql AS 'SELECT 0';
SET LOCAL search_path = public, pg_catalog;
"""
_TWIN: Final = (
    "INSERT INTO messages SELECT"
    " (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid()))).*"
    f" FROM messages m WHERE id = {_MESSAGE}"
)


def _polled(record: Record) -> bool:
    return isinstance(record, Sighting) and record.how == "poll"


def _hooked(record: Record) -> bool:
    return isinstance(record, Sighting) and record.how == "hook"


def _streamed(record: Record) -> bool:
    return isinstance(record, Sighting) and record.how == "stream"


PLANTS: Final[Mapping[str, tuple[str, Plant]]] = {
    "a message is lost": ("I1", sql(f"DELETE FROM messages WHERE id = {_MESSAGE}")),
    "a message is doubled": ("I1", sql(_TWIN)),
    "a change is lost": ("I1", sql("DELETE FROM events WHERE type = 'ticket.tagged'")),
    "a ticket is lost": (
        "I1",
        sql(
            f"DELETE FROM tickets WHERE id = (SELECT ticket_id FROM messages WHERE id = {_MESSAGE})"
        ),
    ),
    "a deletion is lost": ("I1", sql("UPDATE messages SET deleted_at = NULL")),
    "a deleted ticket is back": ("I1", sql("UPDATE tickets SET deleted_at = NULL")),
    "an acknowledgement is a lie": ("I1", an_acknowledged_write_that_never_was),
    "a thread hides a message": ("I1", a_thread_without_a_message),
    "a refusal is a lie": ("I2", a_refused_write_that_was_done),
    "a row has another project's words": (
        "I3",
        sql(f"UPDATE tickets SET escalation_reason = '{_FOREIGN}' WHERE id = {_TICKET}"),
    ),
    "a kept answer has another project's words": (
        "I3",
        sql(f'UPDATE idempotency_keys SET body = \'{{"message": "{_FOREIGN}"}}\''),
    ),
    "an answer has another project's words": ("I3", a_page_with_anothers_words),
    "a reader has another project's words": ("I3", sighting(_FOREIGN)),
    "a log has words": ("I3", in_a_log(lambda _: f"Heard {_FOREIGN}")),
    "a number is skipped": (
        "I4",
        sql("UPDATE project_counters SET last_ticket_number = last_ticket_number + 1"),
    ),
    "a number is another": (
        "I4",
        sql(f"UPDATE tickets SET ticket_number = ticket_number + 1000 WHERE id = {_TICKET}"),
    ),
    "a message is not counted": (
        "I5",
        sql("UPDATE tickets SET message_count = message_count - 1 WHERE message_count > 0"),
    ),
    "the team's unread is off": (
        "I5",
        sql(f"UPDATE tickets SET unread_team_count = unread_team_count + 1 WHERE id = {_TICKET}"),
    ),
    "the customer's unread is off": (
        "I5",
        sql("UPDATE tickets SET unread_customer_count = unread_customer_count + 1"),
    ),
    "the last message is another": (
        "I5",
        sql(f"UPDATE tickets SET last_message_text = 'Else' WHERE id = {_TICKET}"),
    ),
    "an unread ticket is not listed": (
        "I5",
        sql("UPDATE tickets SET unread_team_count = 1; DELETE FROM unread_tickets"),
    ),
    "a project's counter drifts": ("I5", sql("UPDATE project_counters SET unread = unread + 1")),
    "a counter had to be repaired": (
        "I5",
        sql(
            "INSERT INTO events (project_id, id, type, actor_kind, actor_id, payload)"
            " VALUES (1, gen_random_uuid(), 'counters.repaired', 'system', 'upkeep', '{}')"
        ),
    ),
    "two messages change places": ("I6", sql(_TWO_MESSAGES)),
    "a poller misses a message": ("I7", without(_polled)),
    "a poller sees a message twice": ("I7", twice(_polled)),
    "a stream misses a message": ("I7", without(_streamed)),
    "a delivery waits for ever": (
        "I8",
        sql("UPDATE webhook_deliveries SET state = 'pending', due_at = now() + interval '1 day'"),
    ),
    "a job was given up": (
        "I8",
        sql("INSERT INTO jobs (name, given_up_at, error) VALUES ('notify', now(), 'Never.')"),
    ),
    "an event never arrives": ("I8", without(_hooked)),
    "an event arrives that never was": ("I8", sighting("{}", event_id="never")),
    "a note is at a reader": ("I9", a_note_at_a_reader),
    "a note is in a widget": ("I9", a_note_in_a_widget),
    "a file has no row": ("I10", in_files(lambda folder: (folder / "stray").write_text("?"))),
    "a row has no file": ("I10", in_files(lambda folder: _any_file(folder).unlink())),
    "a file is another": ("I10", in_files(lambda folder: _any_file(folder).write_bytes(b"?"))),
    "a file belongs to nothing": ("I10", sql("UPDATE attachments SET message_id = NULL")),
    "a file is not removed": ("I10", sql("DELETE FROM attachments")),
    "an index is false": ("I11", sql(_FALSE_INDEX)),
    "checksums are off": ("I11", sql(_NO_CHECKSUMS)),
    "a secret is logged": ("I12", in_a_log(lambda case: f"Bearer {case.world.key}")),
}
