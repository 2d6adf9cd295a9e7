"""`tickets/compose/`, and the project's e-mail configuration."""

from typing import Any, Final

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.openapi import ResponseSpec
from litestar.params import JSONBody
from msgspec import UNSET

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.channels.email import rules
from rejoinder.channels.email.commands import compose
from rejoinder.channels.email.errors import (
    ComposeInProgress,
    EmailDisabled,
    UnknownConfig,
    WrongRecipient,
)
from rejoinder.channels.email.types import Mailbox
from rejoinder.channels.email.wire import ComposeBody, ComposedOut, EmailConfig, EmailConfigs
from rejoinder.errors import RejoinderError
from rejoinder.messages.errors import SupportDisabled
from rejoinder.messages.wire import PlainError
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, reads

_STATUS: Final[dict[type[RejoinderError], int]] = {
    SupportDisabled: 400,
    EmailDisabled: 400,
    UnknownConfig: 400,
    WrongRecipient: 400,
    ComposeInProgress: 409,
}
_AGAIN: Final = {
    200: ResponseSpec(
        ComposedOut,
        generate_examples=False,
        description="The same was composed within the last 120 s: this is that ticket.",
    )
}


def _in_plain_words(error: RejoinderError) -> PlainError:
    return PlainError(error.detail, error.code or UNSET)


def _plain(_: Request[Any, Any, Any], error: RejoinderError) -> Response[PlainError]:
    """The older shape of errors, as for replies."""
    return Response(_in_plain_words(error), status_code=_STATUS[type(error)])


@post(
    "/tickets/compose",
    guards=[requires("ticket:write")],
    summary="Compose a ticket",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(
        401,
        403,
        404,
        409,
        422,
        also={400: _in_plain_words(EmailDisabled()), 409: _in_plain_words(ComposeInProgress())},
    )
    | _AGAIN,
)
async def compose_ticket(
    request: TeamRequest, data: JSONBody[ComposeBody], mailbox: NamedDependency[Mailbox | None]
) -> Response[ComposedOut]:
    """Begins a ticket with a message to somebody; the same again within 120 s answers 200.

    With `recipient_email` it is mailed, which needs an SMTP server; without, it waits in the widget
    of the person who has `recipient_distinct_id`.
    """
    wanted, caller = data.composition(), request.caller
    async with transaction(request, request.work, caller.actor) as (tx, respond):
        made = await compose(tx, caller.user_id, wanted, can_mail=mailbox is not None)
        return await respond(ComposedOut(made.id, made.ticket_number), 201 if made.is_new else 200)


@get(
    "/email_configs",
    guards=[requires("ticket:read")],
    summary="List e-mail configurations",
    responses=errors_of(401, 403, 404, 429),
)
async def list_email_configs(
    request: TeamRequest, mailbox: NamedDependency[Mailbox | None]
) -> Response[EmailConfigs]:
    """Where mail comes from: one place, or none without an SMTP server."""
    if mailbox is None:
        return answer(EmailConfigs([]))
    own = EmailConfig(rules.config_id(request.caller.project_id), mailbox.address, is_default=True)
    return answer(EmailConfigs([own]))


def router(mailbox: Mailbox | None) -> Router:
    """The routes of an installation that sends mail from there."""
    return Router(
        "/api/projects/{project_id:str}/conversations",
        route_handlers=[compose_ticket, list_email_configs],
        dependencies={"mailbox": Provide(lambda: mailbox, sync_to_thread=False)},
        exception_handlers=dict.fromkeys(_STATUS, _plain),
        tags=["email"],
    )
