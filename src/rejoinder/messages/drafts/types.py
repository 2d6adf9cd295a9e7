"""Drafts as they stand in the database."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Raw, Struct


class Begun(Struct, frozen=True):
    """What somebody has written so far."""

    content: str
    rich_content: dict[str, Any] | None
    is_private: bool


class KeptDraft(Struct, frozen=True):
    """A draft as it was kept."""

    content: str
    rich_content: Raw | None
    is_private: bool
    updated_at: datetime


class DraftOfTicket(Struct, frozen=True):
    """Where a draft waits, and how it begins."""

    ticket_id: UUID
    ticket_number: int
    is_private: bool
    content: str
    updated_at: datetime
