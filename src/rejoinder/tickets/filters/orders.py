"""The orders of the ticket list, and where a page by cursor goes on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, LiteralString, NamedTuple

from rejoinder.db.sql import Clause
from rejoinder.tickets.types import TicketView


class Order(NamedTuple):
    """`field` is the column that decides, `after` the rows behind (value, number) in this order."""

    field: str
    text: LiteralString
    after: LiteralString
    after_null: LiteralString | None = None


DEFAULT: Final = "-updated_at"

_ORDERS: Final[Mapping[str, Order]] = {
    "-updated_at": Order(
        "updated_at",
        "t.updated_at DESC, t.ticket_number DESC",
        "(t.updated_at, t.ticket_number) < (?, ?)",
    ),
    "updated_at": Order(
        "updated_at",
        "t.updated_at, t.ticket_number",
        "(t.updated_at, t.ticket_number) > (?, ?)",
    ),
    "-created_at": Order(
        "created_at",
        "t.created_at DESC, t.ticket_number DESC",
        "(t.created_at, t.ticket_number) < (?, ?)",
    ),
    "created_at": Order(
        "created_at",
        "t.created_at, t.ticket_number",
        "(t.created_at, t.ticket_number) > (?, ?)",
    ),
    "-ticket_number": Order(
        "ticket_number",
        "t.ticket_number DESC",
        "t.ticket_number <= ? AND t.ticket_number < ?",
    ),
    "ticket_number": Order(
        "ticket_number",
        "t.ticket_number",
        "t.ticket_number >= ? AND t.ticket_number > ?",
    ),
    "-sla_due_at": Order(
        "sla_due_at",
        "t.sla_due_at DESC NULLS LAST, t.ticket_number DESC",
        "(t.sla_due_at, t.ticket_number) < (?, ?) OR t.sla_due_at IS NULL",
        "t.sla_due_at IS NULL AND t.ticket_number < ?",
    ),
    "sla_due_at": Order(
        "sla_due_at",
        "t.sla_due_at ASC NULLS LAST, t.ticket_number DESC",
        "t.sla_due_at > ? OR t.sla_due_at = ? AND t.ticket_number < ? OR t.sla_due_at IS NULL",
        "t.sla_due_at IS NULL AND t.ticket_number < ?",
    ),
    "-snoozed_until": Order(
        "snoozed_until",
        "t.snoozed_until DESC NULLS LAST, t.ticket_number DESC",
        "(t.snoozed_until, t.ticket_number) < (?, ?) OR t.snoozed_until IS NULL",
        "t.snoozed_until IS NULL AND t.ticket_number < ?",
    ),
    "snoozed_until": Order(
        "snoozed_until",
        "t.snoozed_until ASC NULLS LAST, t.ticket_number DESC",
        "t.snoozed_until > ? OR t.snoozed_until = ? AND t.ticket_number < ?"
        " OR t.snoozed_until IS NULL",
        "t.snoozed_until IS NULL AND t.ticket_number < ?",
    ),
}

DESCRIPTION: Final = (
    f"{', '.join(f'`{name}`' for name in _ORDERS)}; `{DEFAULT}` unless given. "
    "Tickets without the value come last."
)

Position = tuple[str, datetime | int | None, int]
"""The order's name, the last row's value in its column, and the last row's number."""


def order_of(name: str | None) -> tuple[str, Order]:
    """The order so named, or the default."""
    chosen = name if name in _ORDERS else DEFAULT
    return chosen, _ORDERS[chosen]


def position_of(name: str, order: Order, rows: Sequence[TicketView]) -> Position:
    """Where the page after `rows` begins."""
    last = rows[-1]
    return name, getattr(last, order.field), last.ticket_number


def behind(position: Position) -> Clause:
    """The rows behind a position."""
    name, value, number = position
    _, order = order_of(name)
    if value is None and order.after_null is not None:
        return Clause(order.after_null, number)
    # The column's value stands as often as the order's own condition asks for it.
    values: list[Any] = [value] * (order.after.count("?") - 1)
    return Clause(order.after, *values, number)
