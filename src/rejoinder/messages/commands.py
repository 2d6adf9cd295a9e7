"""Adding, editing and deleting messages and notes, each under its ticket's lock."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from rejoinder.events.work import Tx
from rejoinder.ids import new_id
from rejoinder.messages import queries, rich, rules
from rejoinder.messages.attachments import commands as attachments
from rejoinder.messages.attachments.rules import uploader_of
from rejoinder.messages.errors import (
    NoteNotFound,
    NotNoteAuthor,
    NotPrivateNote,
    ReplyInProgress,
    SupportDisabled,
)
from rejoinder.messages.events import (
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    MessageSent,
    NoteAdded,
    NoteDeleted,
    NoteEdited,
)
from rejoinder.messages.types import Draft, Message, Posted, Revision
from rejoinder.organizations.settings import decoded
from rejoinder.tickets.access import locked_ticket
from rejoinder.tickets.commands import change, conversation
from rejoinder.tickets.types import Ticket, TicketView


async def begin(tx: Tx, ticket: TicketView, draft: Draft) -> Message:
    """The first message of a ticket that was just created with the draft's text as its first."""
    message = await queries.add_message(
        tx, tx.project_id, new_id(), ticket.id, draft, ticket.last_message_at
    )
    uploader = draft.uploader or uploader_of(tx.actor)
    message = await _holding(tx, message, uploader, draft.attachment_ids, draft.rich_content)
    tx.emit(MessageReceived(ticket_id=ticket.id, message_id=message.id), at=message.created_at)
    return message


async def begin_with_text(tx: Tx, ticket: TicketView, text: str) -> Message:
    """The same with plain text alone."""
    return await begin(tx, ticket, Draft(author_type="customer", content=text))


async def post(tx: Tx, ref: UUID | int, draft: Draft) -> Posted:
    """A teammate's reply or note; one that repeats another within two minutes adds nothing.

    Raises:
        SupportDisabled: the project's conversations are switched off.
        ReplyInProgress: the very same message is being added right now.
        NotFound: there is no such ticket.
    """
    if not (await queries.conversation_settings(tx, tx.project_id)).enabled:
        raise SupportDisabled
    said = (
        draft.content,
        draft.rich_content,
        draft.context,
        draft.is_private,
        draft.attachment_ids,
    )
    author = f"{tx.actor.kind}:{tx.actor.id}"
    if not await queries.try_fingerprint(tx, rules.fingerprint(tx.project_id, ref, author, said)):
        raise ReplyInProgress
    ticket = await locked_ticket(tx, ref)
    fingerprint = rules.fingerprint(tx.project_id, ticket.id, author, said)
    repeated = await queries.repeated(tx, tx.project_id, ticket.id, fingerprint)
    if repeated is not None:
        return Posted(repeated, is_new=False)
    return Posted(await add(tx, ticket, replace(draft, fingerprint=fingerprint)), is_new=True)


async def add(tx: Tx, ticket: Ticket, draft: Draft) -> Message:
    """The draft as a message of the locked ticket. A note touches nothing of the ticket."""
    message = await queries.add_message(tx, tx.project_id, new_id(), ticket.id, draft)
    uploader = draft.uploader or uploader_of(tx.actor)
    message = await _holding(tx, message, uploader, draft.attachment_ids, draft.rich_content)
    if draft.is_private:
        tx.emit(NoteAdded(ticket_id=ticket.id, message_id=message.id))
        return message
    ticket = await conversation.message_added(
        tx, ticket, message.created_at, message.content, by_customer=draft.by_customer
    )
    kind = MessageReceived if draft.by_customer else MessageSent
    tx.emit(kind(ticket_id=ticket.id, message_id=message.id))
    if draft.moves_status:
        await _follow_status(tx, ticket, by_customer=draft.by_customer)
    return message


async def _follow_status(tx: Tx, ticket: Ticket, *, by_customer: bool) -> None:
    """By the project's rules a customer may reopen a ticket, and a reply may set its status."""
    if by_customer and (ticket.status != "resolved" or ticket.channel_source == "widget"):
        return
    stored = await queries.conversation_settings(tx, tx.project_id)
    settings = decoded(stored.settings)
    status = rules.status_after_message(settings, by_customer=by_customer)
    if status is not None:
        await change.change_status(tx, ticket, status)


async def _holding(
    tx: Tx,
    message: Message,
    uploader: str,
    ids: Sequence[UUID],
    document: Mapping[str, Any] | None,
) -> Message:
    """The message with these attachments, and with those that its document shows."""
    shown = rich.attachments_in(document) if document else set[UUID]()
    if not ids and not shown:
        return message
    held = await attachments.put_into_message(tx, message.id, uploader, ids, shown)
    return replace(message, attachments=Raw(msgspec.json.encode(held)))


async def edit_note(
    tx: Tx, ticket: Ticket, message_id: UUID, user_id: int, revision: Revision
) -> Message:
    """The note with another text.

    Raises:
        NoteNotFound, NotPrivateNote, NotNoteAuthor: it is not this user's note on this ticket.
    """
    note = await _own_note(tx, ticket, message_id, user_id)
    return await edit(tx, ticket, note, revision)


async def delete_note(tx: Tx, ticket: Ticket, message_id: UUID, user_id: int) -> None:
    """The note is gone; raises as `edit_note` does."""
    await delete(tx, ticket, await _own_note(tx, ticket, message_id, user_id))


async def edit(tx: Tx, ticket: Ticket, message: Message, revision: Revision) -> Message:
    """The message with another text, one version on."""
    content, document = revision.content, revision.rich_content
    version = await queries.edit_message(tx, tx.project_id, message.id, content, document)
    uploader = uploader_of(tx.actor)
    message = await _holding(tx, message, uploader, revision.attachment_ids, document)
    kind = NoteEdited if message.is_private else MessageEdited
    tx.emit(
        kind(ticket_id=ticket.id, message_id=message.id, version=version, previous=message.version)
    )
    if not message.is_private:
        await _show_last(tx, ticket)
    raw = None if document is None else Raw(msgspec.json.encode(document))
    return replace(message, content=content, rich_content=raw, version=version)


async def delete(tx: Tx, ticket: Ticket, message: Message) -> Message:
    """Out of every reader's sight; the row stays."""
    deleted_at = await queries.delete_message(tx, tx.project_id, message.id)
    if message.attachments is not None:
        await attachments.remove_of_message(tx, message.id)
    kind = NoteDeleted if message.is_private else MessageDeleted
    tx.emit(kind(ticket_id=ticket.id, message_id=message.id))
    if not message.is_private:
        by_customer = message.author_type == "customer"
        await conversation.message_removed(tx, ticket, by_customer=by_customer)
        await _show_last(tx, ticket)
    return replace(message, deleted_at=deleted_at, attachments=None)


async def _show_last(tx: Tx, ticket: Ticket) -> None:
    last = await queries.last_public(tx, tx.project_id, ticket.id)
    await conversation.show_last(tx, ticket, at=last and last.at, text=last and last.text)


async def _own_note(tx: Tx, ticket: Ticket, message_id: UUID, user_id: int) -> Message:
    message = await queries.message(tx, tx.project_id, message_id)
    if message is None or message.ticket_id != ticket.id:
        raise NoteNotFound
    if not message.is_private:
        raise NotPrivateNote
    if message.author_user_id != user_id:
        raise NotNoteAuthor
    return message
