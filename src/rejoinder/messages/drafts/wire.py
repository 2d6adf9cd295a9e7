"""Drafts as the API takes and answers them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from rejoinder.messages.drafts.types import Begun, DraftOfTicket, KeptDraft
from rejoinder.people.types import JsonObject


class DraftBody(Struct, frozen=True, kw_only=True):
    """What was written so far, whole. Without content there is no draft any more."""

    content: Annotated[str, Meta(examples=["I will look in"])]
    rich_content: dict[str, Any] | None = None
    is_private: bool = False

    def begun(self) -> Begun:
        return Begun(self.content, self.rich_content, self.is_private)


class DraftOut(Struct, frozen=True):
    """One's own draft on a ticket, its rich content as it was given: ready to be sent."""

    content: str
    rich_content: JsonObject | None
    is_private: bool
    updated_at: datetime


class DraftSummary(Struct, frozen=True):
    """A draft in the list of one's own; `content` is its beginning."""

    ticket_id: UUID
    ticket_number: int
    is_private: bool
    content: str
    updated_at: datetime


class Drafts(Struct, frozen=True):
    """The latest first."""

    results: list[DraftSummary]


def draft_out(draft: KeptDraft) -> DraftOut:
    return DraftOut(draft.content, draft.rich_content, draft.is_private, draft.updated_at)


def draft_summary(draft: DraftOfTicket) -> DraftSummary:
    return DraftSummary(
        draft.ticket_id, draft.ticket_number, draft.is_private, draft.content, draft.updated_at
    )
