"""One change for up to 500 tickets, in one transaction."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from litestar import Response, post
from litestar.params import JSONBody

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.errors import within
from rejoinder.events.work import Tx
from rejoinder.tickets import access, rules
from rejoinder.tickets.commands import bulk
from rejoinder.tickets.types import Changes, Ticket
from rejoinder.tickets.wire import (
    BulkIds,
    BulkOut,
    BulkStatus,
    BulkStatusOut,
    BulkTags,
    BulkTagsOut,
    BulkUpdate,
    Skipped,
    Tagged,
    changes_of,
)
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, reads

Command = Callable[[Tx, Sequence[Ticket]], Awaitable[Sequence[Ticket]]]


@post(
    "/bulk_update",
    status_code=200,
    guards=[requires("ticket:write")],
    summary="Update many tickets",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def bulk_update(request: TeamRequest, data: JSONBody[BulkUpdate]) -> Response[BulkOut]:
    """The same changes for each, all or none of them written. Events are those of single ones."""
    with within("changes"):
        changes = changes_of(data.changes)

    async def command(tx: Tx, tickets: Sequence[Ticket]) -> Sequence[Ticket]:
        with within("changes"):
            return await bulk.update_all(tx, tickets, changes)

    return await _done(request, data.ids, command, deleted_too=False)


@post(
    "/bulk_delete",
    status_code=200,
    guards=[requires("ticket:write")],
    summary="Delete many tickets",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def bulk_delete(request: TeamRequest, data: JSONBody[BulkIds]) -> Response[BulkOut]:
    """Invisible at once, purged after 14 days. Those deleted before are unchanged."""
    return await _done(request, data.ids, bulk.delete_all, deleted_too=True)


@post(
    "/bulk_restore",
    status_code=200,
    guards=[requires("ticket:write")],
    summary="Restore many tickets",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def bulk_restore(request: TeamRequest, data: JSONBody[BulkIds]) -> Response[BulkOut]:
    """Undoes deletions that are less than 14 days old. Tickets not deleted are unchanged."""
    return await _done(request, data.ids, bulk.restore_all, deleted_too=True)


@post(
    "/bulk_update_status",
    status_code=200,
    guards=[requires("ticket:write", session_only=True)],
    summary="Set the status of many tickets",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def bulk_update_status(
    request: TeamRequest, data: JSONBody[BulkStatus]
) -> Response[BulkStatusOut]:
    """For teammates who are signed in; a key is refused and has `bulk_update`."""
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        tickets = await access.locked_tickets(tx, data.ids)
        changed = await bulk.update_all(tx, tickets, Changes(status=data.status))
        updated, _ = _parted(data.ids, tickets, changed)
        return await respond(BulkStatusOut(len(updated), updated))


@post(
    "/bulk_update_tags",
    status_code=200,
    guards=[requires("ticket:write", session_only=True)],
    summary="Add, remove or set tags of many tickets",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def bulk_update_tags(request: TeamRequest, data: JSONBody[BulkTags]) -> Response[BulkTagsOut]:
    """For teammates who are signed in. A ticket that would get more than 100 tags is skipped."""
    tags = rules.normal_tags(data.tags)
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        tickets = await access.locked_tickets(tx, data.ids)
        changed = await bulk.retag_all(tx, tickets, data.action, tags)
        pairs = list(zip(tickets, changed, strict=True))
        updated = [Tagged(after.id, after.tags) for _, after in pairs if after]
        full = [Skipped(before.id, "too_many_tags") for before, after in pairs if not after]
        return await respond(BulkTagsOut(updated, [*full, *_not_found(data.ids, tickets)]))


async def _done(
    request: TeamRequest, ids: Sequence[UUID], command: Command, *, deleted_too: bool
) -> Response[BulkOut]:
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        tickets = await access.locked_tickets(tx, ids, deleted_too=deleted_too)
        updated, unchanged = _parted(ids, tickets, await command(tx, tickets))
        return await respond(BulkOut(updated, unchanged, _not_found(ids, tickets)))


def _parted(
    ids: Sequence[UUID], before: Sequence[Ticket], after: Sequence[Ticket]
) -> tuple[list[UUID], list[UUID]]:
    """The tickets that are others now and those that are not, in the order of `ids`."""
    places = {each: place for place, each in enumerate(dict.fromkeys(ids))}
    pairs = sorted(zip(before, after, strict=True), key=lambda pair: places[pair[0].id])
    return (
        [old.id for old, new in pairs if new is not old],
        [old.id for old, new in pairs if new is old],
    )


def _not_found(ids: Sequence[UUID], tickets: Sequence[Ticket]) -> list[Skipped]:
    """Those of the ids that are no ticket of the project, or one that was deleted."""
    there = {ticket.id for ticket in tickets}
    return [Skipped(each, "not_found") for each in dict.fromkeys(ids) if each not in there]
