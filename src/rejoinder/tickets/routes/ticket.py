"""One ticket: created, read, changed, deleted and restored."""

from functools import partial
from typing import Final

from litestar import Response, delete, get, post, route
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.errors import Invalid, Stale
from rejoinder.events.work import Tx
from rejoinder.ids import new_id
from rejoinder.tickets import access, rules
from rejoinder.tickets.commands import change, life, update
from rejoinder.tickets.routes.creating import Creations
from rejoinder.tickets.shown import shown
from rejoinder.tickets.types import NewTicket, TicketView
from rejoinder.tickets.wire import CreateTicket, PatchTicket, TicketOut, changes_of, moment
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import Shown, is_repeatable, performed, transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, Parameter, reads

_MARK_READ: Final = {
    "mark_read": Parameter("`false`: what is unread stays so.", choices=("true", "false"))
}


@post(
    "/",
    guards=[requires("ticket:write")],
    summary="Create a ticket",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def create_ticket(
    request: TeamRequest, data: JSONBody[CreateTicket], creations: NamedDependency[Creations]
) -> Response[TicketOut]:
    """A ticket with the project's next number, and the customer's first message if given."""
    new = _new_ticket(data)
    # The answer to a repeat is kept in the transaction, so that one is the request's own.
    if not is_repeatable(request):
        ticket = await creations.create(request.work, request.caller.actor, new)
        return answer(shown(request, ticket), 201)
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        (ticket,) = await creations.add(tx, [new])
        return await respond(shown(request, ticket), 201)


def _new_ticket(data: CreateTicket) -> NewTicket:
    snoozed_until = moment(data.snoozed_until, "snoozed_until") or None
    status = data.status or rules.status_after_snooze(None, snoozed_until) or "new"
    return NewTicket(
        id=new_id(),
        channel_source=data.channel_source,
        channel_detail=data.channel_detail,
        status=status,
        priority=data.priority or None,
        distinct_id=data.distinct_id,
        assignee=rules.parse_assignee(None if data.assignee is UNSET else data.assignee),
        anonymous_traits=data.anonymous_traits or {},
        ai_resolved=data.ai_resolved or False,
        escalation_reason=None if data.escalation_reason is UNSET else data.escalation_reason,
        sla_due_at=moment(data.sla_due_at, "sla_due_at") or None,
        snoozed_until=snoozed_until,
        tags=rules.normal_tags(data.tags or []),
        email_subject=data.email_subject,
        email_from=data.email_from,
        first_text=_first_text(data.message),
    )


def _first_text(message: str | None) -> str | None:
    if message is not None and not (message := message.strip()):
        raise Invalid("This field may not be blank.", attr="message", code="blank")
    return message


@get(
    "/{ref:str}",
    guards=[requires("ticket:read")],
    summary="Retrieve a ticket",
    operation_class=reads(_MARK_READ),
    responses=errors_of(401, 403, 404, 429),
)
async def retrieve_ticket(request: TeamRequest, ref: FromPath[str]) -> Response[TicketOut]:
    """One ticket by id or number. Reading marks it as read by the team, once.

    A viewer's reading marks nothing. `updated_at` does not move.
    """
    caller = request.caller
    view = await access.view(request.database, caller.project_id, access.parse_ref(ref))
    # Asked last: most tickets are read already.
    if view.unread_team_count and caller.level != "viewer" and _marks(request):
        mark = partial(change.mark_read_by_team, view=view)
        view = await request.work.together(caller.actor, mark)
    return answer(shown(request, view), headers={"ETag": access.version(view.updated_at)})


def _marks(request: TeamRequest) -> bool:
    """Not when a page of somebody else's has a browser ask: nobody of the team has read it."""
    is_elsewhere = request.header(b"sec-fetch-site") in {b"cross-site", b"same-site"}
    return not is_elsewhere and request.query.get("mark_read", "").lower() != "false"


@post(
    "/{ref:str}/mark_unread",
    status_code=200,
    guards=[requires("ticket:write")],
    summary="Mark a ticket as unread",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(401, 403, 404, 409, 413, 415, 422, 429),
)
async def mark_ticket_unread(request: TeamRequest, ref: FromPath[str]) -> Response[TicketOut]:
    """One message counts as unread by the team, if none did. `updated_at` does not move."""
    target = access.parse_ref(ref)
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        ticket = await change.mark_unread(tx, await access.locked_ticket(tx, target))
        return await respond(shown(request, await access.view(tx, tx.project_id, ticket.id)))


@route(
    "/{ref:str}",
    http_method=["PATCH", "PUT"],
    guards=[requires("ticket:write")],
    summary="Update a ticket",
    operation_class=reads(
        {"If-Match": Parameter("The ETag of the ticket as you know it.", place="header")},
        IDEMPOTENCY_KEY,
    ),
    responses=errors_of(400, 401, 403, 404, 409, 412, 415, 422, 429),
)
async def update_ticket(
    request: TeamRequest, ref: FromPath[str], data: JSONBody[PatchTicket]
) -> Response[TicketOut]:
    """Changes what is given; the rest stays. Everything is checked before anything is written.

    With `If-Match` it does so only if nobody has changed the ticket since.
    """
    target = access.parse_ref(ref)
    changes = changes_of(data)
    versions = request.headers.get("if-match", "*")

    async def act(tx: Tx) -> TicketView:
        ticket = await access.locked_ticket(tx, target)
        if not access.is_named(versions, ticket.updated_at):
            raise Stale("The ticket has changed since.")
        await update.check(tx, changes)
        await update.update(tx, ticket, changes)
        return await access.view(tx, tx.project_id, ticket.id)

    def changed(view: TicketView) -> Shown[TicketOut]:
        return shown(request, view), 200, {"ETag": access.version(view.updated_at)}

    return await performed(request, request.work, request.caller.actor, act, changed)


@delete(
    "/{ref:str}",
    guards=[requires("ticket:write")],
    summary="Delete a ticket",
    responses=errors_of(401, 403, 404, 413, 415, 429),
)
async def delete_ticket(request: TeamRequest, ref: FromPath[str]) -> None:
    """Invisible at once, its number never used again, purged after 14 days."""
    target = access.parse_ref(ref)
    async with request.work.begin(request.caller.actor) as tx:
        await life.delete(tx, await access.locked_ticket(tx, target))


@post(
    "/{ref:str}/restore_deleted",
    status_code=200,
    guards=[requires("ticket:write")],
    summary="Restore a deleted ticket",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(401, 403, 404, 409, 413, 415, 422, 429),
)
async def restore_ticket(request: TeamRequest, ref: FromPath[str]) -> Response[TicketOut]:
    """Undoes a deletion that is less than 14 days old."""
    target = access.parse_ref(ref)
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        ticket = await life.restore(tx, await access.locked_deleted_ticket(tx, target))
        return await respond(shown(request, await access.view(tx, tx.project_id, ticket.id)))
