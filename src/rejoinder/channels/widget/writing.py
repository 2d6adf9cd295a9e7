"""The calls with which a customer writes, and marks as read."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from uuid import UUID

import msgspec

from rejoinder.channels import intake
from rejoinder.channels.intake import Incoming
from rejoinder.channels.widget import access, wire
from rejoinder.channels.widget.call import Answer, Call
from rejoinder.channels.widget.errors import Refused, forbidden, no_ticket
from rejoinder.channels.widget.fields import Fields, invalid
from rejoinder.channels.widget.rules.ownership import owns
from rejoinder.channels.widget.switchboard import Switchboard
from rejoinder.channels.widget.types import Viewer, WidgetProject
from rejoinder.channels.widget.wire import ReadOut, Said, SaidOut
from rejoinder.errors import Forbidden, Invalid, NotFound
from rejoinder.events.event import Actor
from rejoinder.events.work import Tx
from rejoinder.tickets.access import locked_ticket
from rejoinder.tickets.commands.customer import mark_read_by_customer

_encode = msgspec.json.Encoder().encode


async def message(board: Switchboard, call: Call) -> Answer:
    """A message on a new ticket, or on one of the viewer's."""
    project = await access.project(board, call)
    body = await call.body()
    if body.get("_hp"):
        raise Refused(400, "Invalid request")
    access.check_origin(project, call)
    fields = Fields(body)
    who = wire.claims(fields)
    said = wire.said(fields, who)
    fields.check()
    await access.count_write(board, project, who)
    viewer = await access.viewer(board, project, who)
    incoming = _incoming(project, viewer, said)
    with _in_our_words():
        received = await board.work.together(
            Actor(project.id, "person", said.distinct_id),
            partial(intake.receive, incoming=incoming, admits=partial(owns, viewer)),
        )
    ticket = received.ticket
    out = SaidOut(
        ticket.id,
        received.message_id,
        ticket.status,
        ticket.unread_customer_count,
        wire.text_of(received.created_at),
    )
    return Answer(200, _encode(out))


async def read(board: Switchboard, call: Call, ticket_id: UUID) -> Answer:
    """The customer has seen what was unread."""
    project = await access.project(board, call)
    fields = Fields(await call.body())
    who = wire.claims(fields)
    fields.check()
    await access.count_write(board, project, who)
    viewer = await access.viewer(board, project, who)
    remembered = await access.ticket(board, project, viewer, ticket_id)
    if remembered.state.unread_customer_count:
        actor = Actor(project.id, "person", viewer.distinct_id or remembered.state.distinct_id)
        mark = partial(_mark_read, ticket_id=ticket_id, viewer=viewer)
        with _in_our_words():
            await board.work.together(actor, mark)
    return Answer(200, _encode(ReadOut(success=True, unread_count=0)))


async def _mark_read(tx: Tx, ticket_id: UUID, viewer: Viewer) -> None:
    ticket = await locked_ticket(tx, ticket_id)
    if not owns(viewer, ticket):
        raise forbidden()
    await mark_read_by_customer(tx, ticket)


def _incoming(project: WidgetProject, viewer: Viewer, said: Said) -> Incoming:
    is_shown = project.settings.widget_enabled is True
    return Incoming(
        channel_source="widget",
        channel_detail="widget_embedded" if is_shown else "widget_api",
        ticket_id=said.ticket_id,
        client_id=_client_id(viewer, said.client_id),
        content=said.message,
        context={"distinct_id": said.distinct_id},
        distinct_id=said.distinct_id,
        identity_verified=viewer.is_verified,
        traits=said.traits,
        # What an identity opens belongs to it alone, whichever browser it was opened in.
        widget_session_id="" if viewer.is_verified else viewer.session_id,
        session_id=said.session_id,
        session_context=said.session_context,
        attachment_ids=said.attachment_ids,
        uploader=viewer.uploader,
        moves_status=False,
    )


def _client_id(viewer: Viewer, given: str) -> str | None:
    """The sender's own id for the message, made so that no other sender can meet or guess it."""
    return sha256(f"{viewer.key}\n{given}".encode()).hexdigest() if given else None


@contextmanager
def _in_our_words() -> Generator[None]:
    try:
        yield
    except NotFound:
        raise no_ticket() from None
    except Forbidden:
        raise forbidden() from None
    except Invalid as error:
        raise invalid({error.attr or "non_field_errors": [error.detail]}) from None
