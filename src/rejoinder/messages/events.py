"""What messages announce. The text itself stays in its row: events hold ids."""

from uuid import UUID

from rejoinder.events.event import Event


class MessageReceived(Event, frozen=True, kw_only=True, tag="message.received"):
    """A customer wrote."""

    message_id: UUID


class MessageSent(Event, frozen=True, kw_only=True, tag="message.sent"):
    """The team, or AI for it, wrote to the customer."""

    message_id: UUID


class MessageEdited(Event, frozen=True, kw_only=True, tag="message.edited"):
    """A public message has another text; `previous` is its version before."""

    message_id: UUID
    version: int
    previous: int


class MessageDeleted(Event, frozen=True, kw_only=True, tag="message.deleted"):
    """A public message is gone from every reader's sight."""

    message_id: UUID


class MessagesMoved(Event, frozen=True, kw_only=True, tag="message.moved"):
    """Public messages stand in another ticket now. Both tickets say so."""

    message_ids: list[UUID]
    moved_from: UUID
    moved_to: UUID


class NoteAdded(Event, frozen=True, kw_only=True, tag="note.added"):
    """A teammate wrote something that only the team sees."""

    message_id: UUID


class NoteEdited(Event, frozen=True, kw_only=True, tag="note.edited"):
    """A note has another text; `previous` is its version before."""

    message_id: UUID
    version: int
    previous: int


class NoteDeleted(Event, frozen=True, kw_only=True, tag="note.deleted"):
    """A note is gone from the team's sight."""

    message_id: UUID


class NotesMoved(Event, frozen=True, kw_only=True, tag="note.moved"):
    """Notes stand in another ticket now. Both tickets say so."""

    message_ids: list[UUID]
    moved_from: UUID
    moved_to: UUID
