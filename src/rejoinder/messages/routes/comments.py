"""PostHog's comments API over a ticket's messages: scope `conversations_ticket` alone."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from litestar import Response, Router, get, patch, post
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.db.pool import Queryable
from rejoinder.errors import Invalid, NotFound
from rejoinder.events.work import Tx
from rejoinder.messages import access, commands, filters, queries, rich
from rejoinder.messages.attachments.links import link_of
from rejoinder.messages.routes.thread import PLAIN_ERRORS, POSTING, again
from rejoinder.messages.types import Draft, Message, Posted, Revision, rich_of
from rejoinder.messages.wire import (
    SCOPE,
    CommentBody,
    CommentCount,
    CommentOut,
    CommentPage,
    CommentPatch,
    comment_out,
)
from rejoinder.tickets import access as tickets
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import Shown, performed, transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.paging import cursor_link, decode_cursor, encode_cursor
from rejoinder.web.parameters import CURSOR, IDEMPOTENCY_KEY, Parameter, reads

_PAGE: Final = 100
_FILTERS: Final = {
    "scope": Parameter("What is commented on.", required=True, choices=(SCOPE,)),
    "item_id": Parameter("The ticket, by its id or number.", required=True, example="1"),
    "search": Parameter("Only comments whose text holds this."),
    "source_comment": Parameter("Only answers to this comment."),
    "deleted": Parameter("`true`: only comments that were deleted."),
}


@get(
    "/",
    guards=[requires("ticket:read")],
    summary="List comments",
    operation_class=reads(_FILTERS, CURSOR),
    responses=errors_of(400, 401, 403, 404, 429),
)
async def list_comments(request: TeamRequest) -> Response[CommentPage]:
    """Messages and notes of the ticket `item_id`, newest first, by cursor."""
    given = request.query
    ticket_id = await _ticket(request.database, request.caller.project_id, given)
    cursor = given.get("cursor")
    after = decode_cursor(cursor, filters.Position) if cursor else None
    where = filters.where(given, after)
    project_id = request.caller.project_id
    found = await queries.comments(request.database, project_id, ticket_id, where, _PAGE + 1)
    return answer(_page(request, found))


def _page(request: TeamRequest, found: list[Message]) -> CommentPage:
    shown = found[:_PAGE]
    following = None
    if len(found) > _PAGE:
        following = encode_cursor((shown[-1].created_at, shown[-1].id))
    link = link_of(request)
    results = [comment_out(message, link) for message in shown]
    return CommentPage(cursor_link(request, following), None, results)


@get(
    "/count",
    guards=[requires("ticket:read")],
    summary="Count comments",
    operation_class=reads(_FILTERS),
    responses=errors_of(400, 401, 403, 404, 429),
)
async def count_comments(request: TeamRequest) -> Response[CommentCount]:
    """How many comments the same parameters would list."""
    project_id = request.caller.project_id
    ticket_id = await _ticket(request.database, project_id, request.query)
    where = filters.where(request.query)
    count = await queries.count_comments(request.database, project_id, ticket_id, where)
    return answer(CommentCount(count))


@get(
    "/{comment_id:uuid}",
    guards=[requires("ticket:read")],
    summary="Retrieve a comment",
    responses=errors_of(401, 403, 404, 429),
)
async def retrieve_comment(
    request: TeamRequest, comment_id: FromPath[UUID]
) -> Response[CommentOut]:
    """One message or note."""
    project_id = request.caller.project_id
    found = await access.message(request.database, project_id, comment_id)
    return answer(comment_out(found, link_of(request)))


@get(
    "/{comment_id:uuid}/thread",
    guards=[requires("ticket:read")],
    summary="List a comment's thread",
    responses=errors_of(401, 403, 404, 429),
)
async def list_thread(request: TeamRequest, comment_id: FromPath[UUID]) -> Response[CommentPage]:
    """What answers this comment, newest first."""
    project_id = request.caller.project_id
    source = await access.message(request.database, project_id, comment_id)
    where = filters.where({"source_comment": str(comment_id)})
    found = await queries.comments(request.database, project_id, source.ticket_id, where, _PAGE + 1)
    return answer(_page(request, found))


@post(
    "/",
    guards=[requires("ticket:write")],
    summary="Create a comment",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(401, 403, 404, 409, 422, also=POSTING) | again(CommentOut),
)
async def create_comment(request: TeamRequest, data: JSONBody[CommentBody]) -> Response[CommentOut]:
    """A reply, or a note if `item_context.is_private`. The same again within 120 s answers 200."""
    is_private = data.item_context is not None and data.item_context.is_private
    document = _document(data.rich_content)
    draft = Draft(
        author_type=data.item_context.author_type if data.item_context else "support",
        author_user_id=request.caller.user_id,
        content=_text(data.content, document),
        rich_content=document,
        attachment_ids=data.attachment_ids,
        is_private=is_private,
        source_id=data.source_comment,
    )

    async def act(tx: Tx) -> Posted:
        ticket_id = await _ticket(tx, tx.project_id, {"scope": SCOPE, "item_id": data.item_id})
        return await commands.post(tx, ticket_id, draft)

    def shown(posted: Posted) -> Shown[CommentOut]:
        status = 201 if posted.is_new else 200
        return comment_out(posted.message, link_of(request)), status, None

    return await performed(request, request.work, request.caller.actor, act, shown)


@patch(
    "/{comment_id:uuid}",
    guards=[requires("ticket:write")],
    summary="Edit or delete one's own comment",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 422, 429),
)
async def change_comment(
    request: TeamRequest, comment_id: FromPath[UUID], data: JSONBody[CommentPatch]
) -> Response[CommentOut]:
    """Another text, one version on; or out of sight, with `deleted`."""
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        ticket, message = await access.own_message(tx, comment_id, request.caller.user_id)
        if data.deleted:
            message = await commands.delete(tx, ticket, message)
        elif data != CommentPatch():
            message = await commands.edit(tx, ticket, message, _revision(message, data))
        return await respond(comment_out(message, link_of(request)))


def _revision(message: Message, data: CommentPatch) -> Revision:
    """What is left out stays as it is."""
    document = _document(rich_of(message) if data.rich_content is UNSET else data.rich_content)
    return Revision(
        content=_text(message.content if data.content is UNSET else data.content, document),
        rich_content=document,
        attachment_ids=data.attachment_ids,
    )


def _text(content: str | None, document: Mapping[str, Any] | None) -> str:
    """The comment's text; of one that is only rich, what its document says.

    Raises:
        Invalid: there is neither.
    """
    if text := (content or "").strip():
        return text
    if document is None:
        raise Invalid("A comment needs content or rich content.", attr="content", code="blank")
    return rich.plain_text(document).strip()


def _document(document: dict[str, Any] | None) -> dict[str, Any] | None:
    return rich.checked(document) if document else None


async def _ticket(db: Queryable, project_id: int, given: Mapping[str, str]) -> UUID:
    """The ticket that the comments belong to.

    Raises:
        Invalid: the scope is not ours (attr `scope`), or there is no such ticket (attr `item_id`).
    """
    if given.get("scope") != SCOPE:
        raise Invalid(f'Comments here have the scope "{SCOPE}".', attr="scope")
    try:
        ref = tickets.parse_ref(given.get("item_id", ""))
        return (await tickets.view(db, project_id, ref)).id
    except NotFound:
        raise Invalid("There is no such ticket.", attr="item_id") from None


router = Router(
    "/api/projects/{project_id:str}/comments",
    route_handlers=[
        list_comments,
        count_comments,
        retrieve_comment,
        list_thread,
        create_comment,
        change_comment,
    ],
    exception_handlers=PLAIN_ERRORS,
    tags=["comments"],
)
