"""`messages/`, `reply/` and `notes/` of a ticket."""

from functools import partial
from typing import Any, Final
from uuid import UUID

from litestar import Request, Response, Router, delete, get, patch, post
from litestar.openapi import ResponseSpec
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, Struct

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.errors import RejoinderError
from rejoinder.messages import access, commands, rich
from rejoinder.messages.attachments.links import link_of
from rejoinder.messages.errors import (
    NoteNotFound,
    NotNoteAuthor,
    NotPrivateNote,
    ReplyInProgress,
    SupportDisabled,
)
from rejoinder.messages.rules import checked_text
from rejoinder.messages.types import Draft, Posted, Revision
from rejoinder.messages.wire import MessageOut, NoteBody, PlainError, ReplyBody, message_out
from rejoinder.tickets.access import locked_ticket, parse_ref
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import Shown, performed, transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.paging import Page, page_links, slice_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, OFFSET, Parameter, reads

_MESSAGES: Final = 50
_MOST_MESSAGES: Final = 200
_LIMIT: Final = {
    "limit": Parameter(
        f"How many at most: {_MESSAGES} unless given, never over {_MOST_MESSAGES}.",
        OpenAPIType.INTEGER,
    )
}

_STATUS: Final[dict[type[RejoinderError], int]] = {
    SupportDisabled: 400,
    ReplyInProgress: 409,
    NoteNotFound: 404,
    NotPrivateNote: 400,
    NotNoteAuthor: 403,
}


def _in_plain_words(error: RejoinderError) -> PlainError:
    return PlainError(error.detail, error.code or UNSET)


def _plain(_: Request[Any, Any, Any], error: RejoinderError) -> Response[PlainError]:
    """The older shape of errors, which the wire keeps for these actions."""
    return Response(_in_plain_words(error), status_code=_STATUS[type(error)])


PLAIN_ERRORS: Final[dict[int | type[Exception], Any]] = dict.fromkeys(_STATUS, _plain)
POSTING: Final = {
    400: _in_plain_words(SupportDisabled()),
    409: _in_plain_words(ReplyInProgress()),
}
"""How posting may be refused in plain words."""
_OF_NOTES: Final = {
    400: _in_plain_words(NotPrivateNote()),
    403: _in_plain_words(NotNoteAuthor()),
    404: _in_plain_words(NoteNotFound()),
}


def again(kind: type[Struct]) -> dict[int, ResponseSpec]:
    """The documentation of the answer to what was said a moment ago already."""
    text = "The same was said within the last 120 s: this is that one, nothing was added."
    return {200: ResponseSpec(kind, generate_examples=False, description=text)}


@get(
    "/messages",
    guards=[requires("ticket:read")],
    summary="List a ticket's messages",
    operation_class=reads(_LIMIT, OFFSET),
    responses=errors_of(401, 403, 404, 429),
)
async def list_messages(request: TeamRequest, ref: FromPath[str]) -> Response[Page[MessageOut]]:
    """Messages and private notes, oldest first; deleted ones are left out."""
    part = slice_of(request, default=_MESSAGES, maximum=_MOST_MESSAGES)
    found, count = await access.thread(
        request.database, request.caller.project_id, parse_ref(ref), part.limit, part.offset
    )
    links = page_links(request, part, has_next=part.offset + part.limit < count)
    link = link_of(request)
    shown = [message_out(message, link) for message in found]
    return answer(Page(count, links.next, links.previous, shown))


@post(
    "/reply",
    guards=[requires("ticket:write")],
    summary="Reply to the customer",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(401, 403, 404, 409, 422, also=POSTING) | again(MessageOut),
)
async def reply(
    request: TeamRequest, ref: FromPath[str], data: JSONBody[ReplyBody]
) -> Response[MessageOut]:
    """A public reply, or a note if `is_private`. The same again within 120 s answers 200."""
    return await _post(request, ref, data, is_private=data.is_private)


@post(
    "/notes",
    guards=[requires("ticket:write")],
    summary="Add a private note",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(401, 403, 404, 409, 422, also=POSTING) | again(MessageOut),
)
async def add_note(
    request: TeamRequest, ref: FromPath[str], data: JSONBody[NoteBody]
) -> Response[MessageOut]:
    """Only the team sees it. The same again within 120 s answers 200."""
    return await _post(request, ref, data, is_private=True)


async def _post(
    request: TeamRequest, ref: str, data: ReplyBody | NoteBody, *, is_private: bool
) -> Response[MessageOut]:
    draft = Draft(
        author_type="support",
        author_user_id=request.caller.user_id,
        content=checked_text(data.message),
        rich_content=None if data.rich_content is None else rich.checked(data.rich_content),
        attachment_ids=data.attachment_ids,
        is_private=is_private,
    )
    act = partial(commands.post, ref=parse_ref(ref), draft=draft)

    def shown(posted: Posted) -> Shown[MessageOut]:
        status = 201 if posted.is_new else 200
        return message_out(posted.message, link_of(request)), status, None

    return await performed(request, request.work, request.caller.actor, act, shown)


@patch(
    "/notes/{message_id:uuid}",
    guards=[requires("ticket:write")],
    summary="Edit one's own note",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(401, 409, 422, also=_OF_NOTES),
)
async def edit_note(
    request: TeamRequest,
    ref: FromPath[str],
    message_id: FromPath[UUID],
    data: JSONBody[NoteBody],
) -> Response[MessageOut]:
    """Another text, one version on. Rich content that is left out is removed."""
    revision = Revision(
        content=checked_text(data.message),
        rich_content=None if data.rich_content is None else rich.checked(data.rich_content),
        attachment_ids=data.attachment_ids,
    )
    target = parse_ref(ref)
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        ticket = await locked_ticket(tx, target)
        user_id = request.caller.user_id
        note = await commands.edit_note(tx, ticket, message_id, user_id, revision)
        return await respond(message_out(note, link_of(request)))


@delete(
    "/notes/{message_id:uuid}",
    guards=[requires("ticket:write")],
    summary="Delete one's own note",
    responses=errors_of(401, also=_OF_NOTES),
)
async def delete_note(request: TeamRequest, ref: FromPath[str], message_id: FromPath[UUID]) -> None:
    """Gone from the team's sight."""
    target = parse_ref(ref)
    async with request.work.begin(request.caller.actor) as tx:
        ticket = await locked_ticket(tx, target)
        await commands.delete_note(tx, ticket, message_id, request.caller.user_id)


router = Router(
    "/api/projects/{project_id:str}/conversations/tickets/{ref:str}",
    route_handlers=[list_messages, reply, add_note, edit_note, delete_note],
    exception_handlers=PLAIN_ERRORS,
    tags=["messages"],
)
