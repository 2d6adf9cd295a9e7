"""The widget API in the OpenAPI document: it is no part of the framework, so it is told here."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from rejoinder.channels.widget import wire
from rejoinder.channels.widget.forms import (
    Asked,
    Asking,
    Message,
    Messages,
    Restore,
    RestoreRequest,
    Stream,
    Tickets,
    Upload,
)
from rejoinder.channels.widget.wire import Refusal
from rejoinder.messages.attachments.wire import AttachmentOut
from rejoinder.web.envelope import Error
from rejoinder.web.openapi import Beside
from rejoinder.web.schema import Document

TAG: Final = "widget"
CREDENTIAL: Final = "widget_token"

_ENVELOPE: Final = "#/components/schemas/Error"
# Names that other APIs use, too, for other things.
_OURS: Final = "#/components/schemas/Widget{name}"

_BODIES: Final = (Asking, Message, RestoreRequest, Restore)
_ANSWERS: Final = (
    Asked, AttachmentOut, Refusal, wire.SaidOut, wire.ThreadOut, wire.ReadOut, wire.TicketsOut,
    wire.RestoreOut,
)  # fmt: skip
# In the widget's own words; in the envelope what is refused before they are asked for.
_REFUSED: Final = {
    400: (
        "The request is malformed, or a value was refused; `details` names the fields.",
        Refusal("Invalid request data", {"message": ["This field is required."]}),
        Error("validation_error", "invalid_input", "The value is not valid UTF-8.", "after"),
    ),
    403: (
        "The token opens nothing, the page is not on the list, or the ticket is somebody else's.",
        Refusal("Forbidden"),
        Error(
            "authentication_error",
            "authentication_failed",
            "Invalid token or conversations not enabled",
        ),
    ),
    404: (
        "There is no such ticket.",
        Refusal("Ticket not found"),
        Error("invalid_request", "not_found", "Not found."),
    ),
}
_ETAG: Final = {"ETag": {"description": "Names this answer.", "schema": {"type": "string"}}}
_FILE: Final = {"type": "string", "format": "binary"}
_TICKET: Final = {
    "name": "ticket_id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
}


def described(prefix: str) -> Beside:
    """All of it, under `prefix`."""
    _, found = msgspec.json.schema_components([*_BODIES, *_ANSWERS], ref_template=_OURS)
    return Beside(
        paths={prefix + path: operations for path, operations in _paths().items()},
        schemas={f"Widget{name}": schema for name, schema in found.items()},
    )


def _paths() -> Document:
    return {
        "message": {"post": _message()},
        "messages/{ticket_id}": {"get": _messages()},
        "messages/{ticket_id}/read": {"post": _read()},
        "tickets": {"get": _tickets()},
        "restore/request": {"post": _restore_request()},
        "restore": {"post": _restore()},
        "attachments": {"post": _attachments()},
        "stream": {"get": _stream()},
    }


def _message() -> Document:
    return _operation(
        "Send a message",
        "On one of the caller's tickets, or on a new one. The ticket's status stays as it is.",
        answers={200: _json("The message, and how its ticket stands.", wire.SaidOut)},
        refusals=(400, 403, 404),
        body=Message,
    )


def _messages() -> Document:
    return _operation(
        "Poll a ticket's messages",
        "Public messages after a moment, oldest first. Nothing of the team's own is among them.",
        parameters=[_TICKET, *_query(Messages), _header("If-None-Match", "The `ETag` one has.")],
        answers=_polled("The messages, and how the ticket stands.", wire.ThreadOut),
        refusals=(400, 403, 404),
    )


def _read() -> Document:
    return _operation(
        "Mark a ticket as read",
        "The customer has seen what was unread.",
        parameters=[_TICKET],
        answers={200: _json("Nothing is unread.", wire.ReadOut)},
        refusals=(400, 403, 404),
        body=Asking,
    )


def _tickets() -> Document:
    return _operation(
        "Poll one's tickets",
        "The caller's tickets, newest first.",
        parameters=[*_query(Tickets), _header("If-None-Match", "The `ETag` one has.")],
        answers=_polled("A page of the tickets.", wire.TicketsOut),
        refusals=(400, 403),
    )


def _restore_request() -> Document:
    return _operation(
        "Ask for a restore link",
        "Mails a link that brings the address' tickets to another browser, if there are any.",
        answers={200: _json("Asked for, whether or not there are any.", Asked)},
        refusals=(400, 403),
        body=RestoreRequest,
    )


def _restore() -> Document:
    return _operation(
        "Redeem a restore link",
        "Moves the address' tickets to the session. A token is good once, for an hour.",
        answers={200: _json("What the token was worth.", wire.RestoreOut)},
        refusals=(400, 403),
        body=Restore,
    )


def _attachments() -> Document:
    made = _operation(
        "Upload a customer's file",
        "Name its `id` in `attachment_ids` of a message within a day, or it is removed.",
        parameters=_query(Upload),
        answers={201: _json("The file.", AttachmentOut)},
        refusals=(400, 403),
    )
    form = {"type": "object", "properties": {"file": _FILE}, "required": ["file"]}
    content = {
        "multipart/form-data": {"schema": form},
        "application/octet-stream": {"schema": _FILE},
    }
    return made | {"requestBody": {"content": content}}


def _stream() -> Document:
    text = "`ticket` says how a ticket stands, `message` brings a message; each as polling has it."
    content = {"text/event-stream": {"schema": {"type": "string"}}}
    return _operation(
        "Follow one's tickets",
        "Server-sent events from now on, or after `Last-Event-ID` (or `after`).",
        parameters=[*_query(Stream), _header("Last-Event-ID", "Goes before `after`.")],
        answers={200: {"description": text, "content": content}},
        refusals=(400, 403, 404),
    )


def _operation(
    summary: str,
    description: str,
    *,
    answers: Mapping[int, Document],
    refusals: Sequence[int],
    parameters: Sequence[Document] = (),
    body: type[Struct] | None = None,
) -> Document:
    known = {status: _refusal(status) for status in refusals}
    responses = {str(status): answer for status, answer in {**answers, **known}.items()}
    made: Document = {
        "tags": [TAG],
        "summary": summary,
        "description": description,
        "operationId": "Widget" + summary.replace("'", "").title().replace(" ", ""),
        "security": [{CREDENTIAL: []}],
        "parameters": list(parameters),
        "responses": responses,
    }
    if body is not None:
        content = {"application/json": {"schema": _reference(body)}}
        made["requestBody"] = {"content": content, "required": True}
    return made


def _reference(kind: type[Struct]) -> Document:
    return {"$ref": _OURS.format(name=kind.__name__)}


def _json(text: str, kind: type[Struct]) -> Document:
    return {"description": text, "content": {"application/json": {"schema": _reference(kind)}}}


def _polled(text: str, kind: type[Struct]) -> dict[int, Document]:
    known = {"description": "The caller has this answer already.", "headers": _ETAG}
    return {200: _json(text, kind) | {"headers": _ETAG}, 304: known}


def _refusal(status: int) -> Document:
    text, *bodies = _REFUSED[status]
    examples = {type(body).__name__: {"value": msgspec.to_builtins(body)} for body in bodies}
    schema = {"anyOf": [_reference(Refusal), {"$ref": _ENVELOPE}]}
    content = {"application/json": {"schema": schema, "examples": examples}}
    return {"description": text, "content": content}


def _query(kind: type[Struct]) -> list[Document]:
    schema: Document = msgspec.json.schema_components([kind])[1][kind.__name__]
    return [_parameter(name, "query", each) for name, each in schema["properties"].items()]


def _header(name: str, text: str) -> Document:
    return _parameter(name, "header", {"type": "string", "description": text})


def _parameter(name: str, place: str, schema: Document) -> Document:
    described = dict(schema)
    text = described.pop("description", "")
    return {"name": name, "in": place, "description": text, "schema": described}
