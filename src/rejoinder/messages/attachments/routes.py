"""HTTP for attachments: uploading one, and reading it by its link."""

from typing import Final, cast

from litestar import Response, Router, get, post
from litestar.openapi.spec import (
    OpenAPIFormat,
    OpenAPIMediaType,
    OpenAPIType,
    RequestBody,
    Schema,
)
from litestar.params import FromPath
from litestar.response import Stream

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.messages.attachments import access, rules
from rejoinder.messages.attachments.files import Files
from rejoinder.messages.attachments.links import PATH, Links, link_of
from rejoinder.messages.attachments.types import IMAGES, Kept
from rejoinder.messages.attachments.upload import store_upload
from rejoinder.messages.attachments.wire import AttachmentOut, attachment_out
from rejoinder.web.answer import answer
from rejoinder.web.openapi import errors_of
from rejoinder.web.parameters import Parameter, reads
from rejoinder.web.uploads import upload_of

_FILE: Final = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
_FORM: Final = Schema(type=OpenAPIType.OBJECT, properties={"file": _FILE}, required=["file"])
_BODY: Final = RequestBody(
    {
        "multipart/form-data": OpenAPIMediaType(_FORM),
        "application/octet-stream": OpenAPIMediaType(_FILE),
    },
    description="A form with one file, or the file itself with its `name` in the query.",
)
_NAME: Final = {"name": Parameter("What the file is called, if the body is the file itself.")}


@post(
    "/",
    guards=[requires("ticket:write", key_in_body=False)],
    operation_class=reads(_NAME, body=_BODY),
    summary="Upload a file",
    responses=errors_of(400, 401, 403, 404, 413, 415, 429),
)
async def upload(request: TeamRequest) -> Response[AttachmentOut]:
    """Name its `id` in `attachment_ids` of a reply or note within a day, or it is removed."""
    content_type = request.header(b"content-type").decode("latin-1")
    name, chunks = await upload_of(request.receive, content_type, request.query.get("name", ""))
    files = cast("Files", request.app.state["files"])
    actor = request.caller.actor
    stored = await store_upload(request.work, files, actor, rules.uploader_of(actor), name, chunks)
    return answer(attachment_out(stored, link_of(request)), 201)


@get(
    "/{token:str}",
    summary="Read an attachment",
    media_type=rules.UNKNOWN,
    responses=errors_of(403, 404),
)
async def read(request: TeamRequest, token: FromPath[str]) -> Stream:
    """The file, as a download; PNG, JPEG, GIF and WebP images may be shown. No key is needed."""
    links = cast("Links", request.app.state["links"])
    target = links.opened(token)
    kept = await access.readable(request.database, target.project_id, target.attachment_id)
    files = cast("Files", request.app.state["files"])
    content = await files.read(kept.object_key)
    return Stream(content, headers=_headers(kept, links.seconds_left(target)))


def _headers(kept: Kept, seconds: int) -> dict[str, str]:
    """What keeps a file from doing anything in a browser but being seen or saved."""
    is_image = kept.content_type in IMAGES
    return {
        "Content-Type": kept.content_type if is_image else rules.UNKNOWN,
        "Content-Length": str(kept.size),
        "Content-Disposition": rules.disposition(kept.name, inline=is_image),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": f"private, max-age={seconds}, immutable",
    }


upload_router = Router(
    "/api/projects/{project_id:str}/conversations/attachments",
    route_handlers=[upload],
    tags=["attachments"],
)
read_router = Router(PATH, route_handlers=[read], tags=["attachments"], security=[{}])
