"""Redeeming restore links, and handing them out."""

from contextlib import suppress
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from rejoinder.channels.widget import queries
from rejoinder.errors import NotFound
from rejoinder.events.work import Tx
from rejoinder.ids import digest, new_token
from rejoinder.tickets.access import locked_ticket
from rejoinder.tickets.commands.customer import move_to_session

_LIFETIME: Final = timedelta(minutes=60)


class Redeemed(Struct, frozen=True):
    """What a token was worth; `ticket_ids` are the tickets that go on in the new session."""

    status: str
    code: str = ""
    ticket_ids: list[UUID] = []


async def issue_restore_token(tx: Tx, email: str) -> str:
    """A token that gives whoever reads the address' mail its tickets, once, within the hour."""
    token = new_token()
    await queries.add_restore_token(tx, tx.project_id, digest(token), email, _LIFETIME)
    return token


async def redeem(tx: Tx, token: str, session_id: str) -> Redeemed:
    """Moves the tickets of the token's address to the session, and voids its other tokens."""
    known = await queries.locked_restore_token(tx, tx.project_id, digest(token))
    if known is None:
        return Redeemed("invalid", "token_invalid")
    if known.is_used:
        return Redeemed("used", "token_already_used")
    if known.is_expired:
        return Redeemed("expired", "token_expired")
    await queries.consume_restore_tokens(tx, tx.project_id, known.email)
    # In the order of their ids, as everybody locks several tickets; the newest comes last.
    moved: list[UUID] = []
    for ticket_id in await queries.tickets_of_email(tx, tx.project_id, known.email):
        # One that was deleted this very moment stays where it is.
        with suppress(NotFound):
            await move_to_session(tx, await locked_ticket(tx, ticket_id), session_id)
            moved.append(ticket_id)
    return Redeemed("success", ticket_ids=moved[::-1])
