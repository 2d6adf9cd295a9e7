"""`/api/conversations/external/ticket/<uuid>`: one ticket for other systems."""

from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, patch
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import FromPath, JSONBody

from rejoinder import clock
from rejoinder.channels.external.commands import apply
from rejoinder.channels.external.guard import ExternalRequest, holds_secret
from rejoinder.channels.external.wire import (
    Done,
    ExternalError,
    ExternalTicket,
    PatchExternalTicket,
    external_ticket,
    understood,
)
from rejoinder.errors import NotFound
from rejoinder.tickets import access
from rejoinder.web.answer import answer
from rejoinder.web.envelope import answer_error, problem
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, reads
from rejoinder.web.replay import AnsweredBefore, replay

_IN_OWN_WORDS: Final = {
    400: "The body or a value was refused; then `error` is keyed by field.",
    401: "The secret token is missing or not valid.",
    404: "There is no such ticket in the token's project.",
}
_EXAMPLES: Final = {
    400: ExternalError({"status": ['"x" is not a valid choice.']}),
    401: ExternalError("Invalid token or conversations not enabled"),
    404: ExternalError("Not found."),
}


def _refuse(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """`{"error": …}` for what this API answers in its own words, the envelope for the rest."""
    found = problem(error, request.method)
    if found.status not in _IN_OWN_WORDS:
        return answer_error(request, error)
    detail, attr = found.error.detail, found.error.attr
    body = ExternalError(detail if attr is None else {attr: [detail]})
    return Response(
        msgspec.json.encode(body),
        status_code=found.status,
        headers=dict(found.headers),
        media_type="application/json",
    )


def _refusals(*others: int) -> dict[int, ResponseSpec]:
    own = {
        status: ResponseSpec(
            ExternalError,
            generate_examples=False,
            description=text,
            examples=[Example(id="ExternalError", value=msgspec.to_builtins(_EXAMPLES[status]))],
        )
        for status, text in _IN_OWN_WORDS.items()
    }
    # What the edge refuses, it refuses before anybody knows whose words are wanted.
    return errors_of(*others) | own | errors_of(also={400: _EXAMPLES[400]})


@get(
    "/",
    guards=[holds_secret],
    summary="Retrieve a ticket from elsewhere",
    responses=_refusals(),
)
async def retrieve(request: ExternalRequest, ticket_id: FromPath[str]) -> Response[ExternalTicket]:
    """The ticket, opened by the project's secret. Reading it here marks nothing as read."""
    project_id = request.actor.project_id
    view = await access.view(request.database, project_id, _id(ticket_id))
    return answer(external_ticket(view))


@patch(
    "/",
    guards=[holds_secret],
    summary="Change a ticket from elsewhere",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=_refusals(409, 413, 415, 422),
)
async def change(
    request: ExternalRequest, ticket_id: FromPath[str], data: JSONBody[PatchExternalTicket]
) -> Response[Done]:
    """Changes what is given. Everything is checked before anything is written."""
    target, wanted = _id(ticket_id), understood(data, clock.now())
    async with transaction(request, request.work, request.actor) as (tx, respond):
        await apply(tx, await access.locked_ticket(tx, target), wanted)
        return await respond(Done())


def _id(text: str) -> UUID:
    """The id; this API knows no numbers."""
    found = access.parse_ref(text)
    if isinstance(found, int):
        raise NotFound
    return found


router = Router(
    "/api/conversations/external/ticket/{ticket_id:str}",
    route_handlers=[retrieve, change],
    request_class=ExternalRequest,
    exception_handlers={Exception: _refuse, AnsweredBefore: replay},
    tags=["external"],
    security=[{"secret": []}],
)
