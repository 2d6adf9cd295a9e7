"""Where a search found its text."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

Field = Literal["name", "email", "email_subject", "message"]


class Match(Struct, frozen=True):
    """One place of a ticket that has the text, and some of what stands around it."""

    ticket_id: UUID
    message_id: UUID | None
    field: Field
    text: str
