"""The orders of the ticket list, and where a page by cursor goes on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, LiteralString, NamedTuple

import msgspec
from msgspec import Raw, Struct

from rejoinder.db.sql import Clause, Walked


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

USUAL: Final = _ORDERS[DEFAULT].text
"""The order that the indexes of conditions have."""

FIELDS: Final = tuple(dict.fromkeys(order.field for order in _ORDERS.values()))
"""The columns by which the list can be ordered."""

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


def walks(where: Sequence[Clause], order: LiteralString) -> bool:
    """Whether one plan is best for any arguments: with several conditions it depends on them."""
    return not where or (len(where) == 1 and isinstance(where[0], Walked) and order == USUAL)


def rounded(most: int) -> int:
    """What stands in a statement for `most` rows: a power of two, so that there are few of them."""
    return 1 << (most - 1).bit_length()


class _Place(Struct):
    """What a ticket that was sent says of its place in any order."""

    ticket_number: int
    updated_at: datetime
    created_at: datetime
    sla_due_at: datetime | None
    snoozed_until: datetime | None


_place = msgspec.json.Decoder(_Place).decode


def position_of(name: str, order: Order, last: Raw) -> Position:
    """Where the page after this ticket, as it was sent, begins."""
    place = _place(last)
    return name, getattr(place, order.field), place.ticket_number


def behind(position: Position) -> Clause:
    """The rows behind a position."""
    name, value, number = position
    _, order = order_of(name)
    if value is None and order.after_null is not None:
        return Clause(order.after_null, number)
    # The column's value stands as often as the order's own condition asks for it.
    values: list[Any] = [value] * (order.after.count("?") - 1)
    return Clause(order.after, *values, number)
