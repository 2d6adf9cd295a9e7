"""Splitting as the API takes it."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from rejoinder.tickets.types import Status


class SplitBody(Struct, frozen=True, kw_only=True):
    """The messages and notes that a ticket of their own gets, and its status."""

    message_ids: Annotated[list[UUID], Meta(min_length=1, max_length=200)]
    status: Status = "open"
