"""One ticket: created, read, changed, deleted and restored."""

from collections.abc import Awaitable, Callable

from litestar import Response, delete, get, post, route
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, UnsetType

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.errors import Invalid, Stale
from rejoinder.events.work import Tx
from rejoinder.ids import new_id
from rejoinder.tickets import access, rules
from rejoinder.tickets.commands import change, life
from rejoinder.tickets.routes.shown import shown
from rejoinder.tickets.types import NewTicket, Ticket, TicketView
from rejoinder.tickets.wire import CreateTicket, PatchTicket, TicketOut, moment
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, Parameter, reads

FirstMessage = Callable[[Tx, TicketView, str], Awaitable[object]]
"""Adds the customer's first message to a ticket that was just created with it."""


@post(
    "/",
    guards=[requires("ticket:write")],
    summary="Create a ticket",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def create_ticket(
    request: TeamRequest, data: JSONBody[CreateTicket], first_message: NamedDependency[FirstMessage]
) -> Response[TicketOut]:
    """A ticket with the project's next number, and the customer's first message if given."""
    new = _new_ticket(data)
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        ticket = await life.create(tx, new)
        if new.first_text is not None:
            await first_message(tx, ticket, new.first_text)
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
    responses=errors_of(401, 403, 404, 429),
)
async def retrieve_ticket(request: TeamRequest, ref: FromPath[str]) -> Response[TicketOut]:
    """One ticket by id or number. Reading marks it as read by the team, once.

    A viewer's reading marks nothing. `updated_at` does not move.
    """
    caller = request.caller
    view = await access.view(request.database, caller.project_id, access.parse_ref(ref))
    if view.unread_team_count and caller.level != "viewer":
        async with request.work.begin(caller.actor) as tx:
            view = await change.mark_read_by_team(tx, view)
    return answer(shown(request, view), headers={"ETag": access.version(view.updated_at)})


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
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        ticket = await access.locked_ticket(tx, target)
        if not access.is_named(request.headers.get("if-match", "*"), ticket.updated_at):
            raise Stale("The ticket has changed since.")
        await _apply(tx, ticket, data)
        view = await access.view(tx, tx.project_id, ticket.id)
        response = await respond(shown(request, view))
        response.headers["ETag"] = access.version(view.updated_at)
        return response


async def _apply(tx: Tx, ticket: Ticket, data: PatchTicket) -> None:
    """One command for each given field; an explicit status beats the one a snooze implies."""
    assignee = data.assignee if data.assignee is UNSET else rules.parse_assignee(data.assignee)
    tags = data.tags if data.tags is UNSET else rules.normal_tags(data.tags)
    due_at = moment(data.sla_due_at, "sla_due_at")
    snoozed_until = moment(data.snoozed_until, "snoozed_until")
    status = data.status
    if not isinstance(assignee, UnsetType):
        await change.check_assignee(tx, assignee)
        ticket = await change.assign(tx, ticket, assignee)
    if data.priority is not UNSET:
        ticket = await change.change_priority(tx, ticket, data.priority)
    if data.anonymous_traits is not UNSET:
        ticket = await change.replace_traits(tx, ticket, data.anonymous_traits)
    if data.ai_resolved is not UNSET:
        ticket = await change.set_ai_resolved(tx, ticket, ai_resolved=data.ai_resolved)
    if data.escalation_reason is not UNSET:
        ticket = await change.set_escalation_reason(tx, ticket, data.escalation_reason)
    if due_at is not UNSET:
        ticket = await change.set_deadline(tx, ticket, due_at)
    if tags is not UNSET:
        ticket = await change.tag(tx, ticket, tags)
    if snoozed_until is not UNSET:
        implied = rules.status_after_snooze(ticket.snoozed_until, snoozed_until)
        ticket = await change.snooze(tx, ticket, snoozed_until)
        status = implied or UNSET if status is UNSET else status
    if status is not UNSET:
        await change.change_status(tx, ticket, status)


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
