"""Merging as the API takes and answers it."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from rejoinder.errors import Invalid, NotFound
from rejoinder.tickets.access import parse_ref
from rejoinder.tickets.merging.types import Absorbed
from rejoinder.tickets.types import Status


class MergeBody(Struct, frozen=True, kw_only=True):
    """The ticket that the one in the URL becomes a part of: its number or its id."""

    into: Annotated[int | str, Meta(examples=[2])]

    def target(self) -> UUID | int:
        """What `into` names.

        Raises:
            Invalid: nothing that a ticket is called.
        """
        try:
            return parse_ref(str(self.into))
        except NotFound:
            raise Invalid("Give the ticket's number or id.", attr="into") from None


class MergedTicket(Struct, frozen=True):
    """A ticket that was merged into another, in short."""

    id: UUID
    ticket_number: int
    status: Status
    last_message_text: str | None


class MergedTickets(Struct, frozen=True):
    """In the order of their numbers."""

    results: list[MergedTicket]


def merged_ticket(ticket: Absorbed) -> MergedTicket:
    return MergedTicket(ticket.id, ticket.ticket_number, ticket.status, ticket.last_message_text)
