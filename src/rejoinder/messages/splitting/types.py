"""What is moved from one ticket to another."""

from uuid import UUID

from msgspec import Struct


class Moving(Struct, frozen=True):
    """A message or note that is to be moved.

    `unread_by_team` and `unread_by_customer` say whether it is one of those that the ticket
    counts as unread: its latest ones, since reading marks all of them.
    """

    id: UUID
    is_private: bool
    unread_by_team: bool
    unread_by_customer: bool
