"""The two calls that browsers poll. With nothing new they cost no query."""

from uuid import UUID

import msgspec

from rejoinder.channels.widget import access, queries, wire
from rejoinder.channels.widget.call import Answer, Call, etag_of
from rejoinder.channels.widget.fields import Fields
from rejoinder.channels.widget.memory import Part
from rejoinder.channels.widget.switchboard import RememberedList, Switchboard
from rejoinder.channels.widget.types import Viewer, WidgetProject
from rejoinder.channels.widget.wire import Listed
from rejoinder.messages.attachments.links import PATH

_encode = msgspec.json.Encoder().encode

# A viewer with more tickets than this is asked for them every time.
_MOST_REMEMBERED = 500
_LINKS = PATH.encode()


async def messages(board: Switchboard, call: Call, ticket_id: UUID) -> Answer:
    """Public messages after a moment, oldest first."""
    project = await access.project(board, call)
    fields = Fields(call.query)
    who = wire.claims(fields)
    after = fields.moment("after")
    limit = wire.limit_of(fields)
    fields.check()
    access.count_poll(board, project, who)
    viewer = await access.viewer(board, project, who)
    # Whoever asks for the beginning has just come, and is owed the very present.
    fresh = after is None and not call.if_none_match
    ticket = await access.ticket(board, project, viewer, ticket_id, fresh=fresh)
    last = ticket.state.last_public_at
    if last is None or (after is not None and after >= last):
        return _answer(call, ticket.nothing_new, ticket.nothing_new_etag)
    page = (after, limit)
    known = ticket.etags.get(page)
    if known is not None and call.has(known):
        return Answer(304, etag=known)
    found = await queries.messages_after(board.database, project.id, ticket_id, after, limit)
    link = board.link(call, project.id)
    body = _encode(wire.thread_out(ticket.state, found, limit, link))
    etag = etag_of(body)
    # What holds links is another answer when they are renewed, though nothing has happened.
    if _LINKS not in body:
        ticket.remember(page, etag)
    return _answer(call, body, etag)


async def tickets(board: Switchboard, call: Call) -> Answer:
    """The viewer's tickets, newest first."""
    project = await access.project(board, call)
    fields = Fields(call.query)
    who = wire.claims(fields)
    wanted = wire.listed(fields)
    fields.check()
    access.count_poll(board, project, who)
    viewer = await access.viewer(board, project, who)
    remembered = board.lists.find(project.id, viewer.key)
    if remembered is not None and (page := remembered.pages.get(wanted)) is not None:
        return _answer(call, *page)
    body = await _page(board, project, viewer, wanted)
    return _answer(call, body, etag_of(body))


async def _page(
    board: Switchboard, project: WidgetProject, viewer: Viewer, wanted: Listed
) -> bytes:
    """The page as the database has it; remembered together with all the viewer's tickets."""
    body = b""

    async def read() -> tuple[RememberedList, set[Part]]:
        nonlocal body
        before = board.lists.find(project.id, viewer.key)
        most = _MOST_REMEMBERED + 1
        ids = await queries.ids_of_viewer(board.database, project.id, viewer, most)
        body = await _listed(board, project, viewer, wanted)
        # Only a list that has lasted all the while may have one page more.
        lasted = before is not None and board.lists.find(project.id, viewer.key) is before
        found = before if before is not None and lasted else RememberedList()
        if len(ids) < most:
            found.remember(wanted, body, etag_of(body))
        return found, {*ids, *access.parts_of(viewer)}

    await board.lists.read(project.id, viewer.key, read)
    return body


async def _listed(
    board: Switchboard, project: WidgetProject, viewer: Viewer, wanted: Listed
) -> bytes:
    status, limit, offset = wanted.status, wanted.limit, wanted.offset
    rows = await queries.tickets_of_viewer(
        board.database, project.id, viewer, status, limit, offset
    )
    count = offset + len(rows)
    if len(rows) == limit or (offset and not rows):
        count = await queries.count_of_viewer(board.database, project.id, viewer, status)
    return _encode(wire.TicketsOut(count, [wire.ticket_out(row) for row in rows]))


def _answer(call: Call, body: bytes, etag: bytes) -> Answer:
    return Answer(304, etag=etag) if call.has(etag) else Answer(200, body, etag)
