"""Tickets that were merged into another, as the team lists them."""

from uuid import UUID

from msgspec import Struct

from rejoinder.tickets.types import Status


class Absorbed(Struct, frozen=True):
    id: UUID
    ticket_number: int
    status: Status
    last_message_text: str | None
