"""The rows as COPY takes them: each field a column, already in its text form."""

from typing import NamedTuple

from msgspec import Struct

from rejoinder.tickets.types import STATUSES, Status


class PersonRow(NamedTuple):
    project_id: str
    id: str
    properties: str
    name: str
    distinct_ids: str
    is_identified: str
    created_at: str


class DistinctIdRow(NamedTuple):
    project_id: str
    distinct_id: str
    person_id: str


class TicketRow(NamedTuple):
    project_id: str
    id: str
    ticket_number: str
    channel_source: str
    channel_detail: str
    distinct_id: str
    widget_session_id: str
    session_context: str
    status: str
    priority: str
    assignee_user_id: str
    assignee_role_id: str
    anonymous_traits: str
    identity_verified: str
    created_at: str
    updated_at: str
    message_count: str
    last_message_at: str
    last_message_text: str
    unread_team_count: str
    unread_customer_count: str
    sla_due_at: str
    snoozed_until: str
    email_subject: str
    email_from: str
    email_to: str
    tags: str


class MessageRow(NamedTuple):
    project_id: str
    id: str
    ticket_id: str
    author_type: str
    author_user_id: str
    author_name: str
    content: str
    is_private: str
    created_at: str


class Batch(Struct):
    """Rows that belong together, and what their tickets count for."""

    persons: list[PersonRow] = []
    person_distinct_ids: list[DistinctIdRow] = []
    tickets: list[TicketRow] = []
    messages: list[MessageRow] = []
    statuses: list[Status] = []
    unread: int = 0

    def by_status(self) -> list[int]:
        return [self.statuses.count(status) for status in STATUSES]
