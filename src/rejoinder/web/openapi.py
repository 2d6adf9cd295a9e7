"""The OpenAPI document at `/api/schema`, and the page made from it at `/api/docs`.

A route names the errors it can answer: `responses=errors_of(401, 403, 404)`. What any route may
answer (400, 429, 503; with a body 413 and 415) is added to all of them. Raw applications beside
Litestar describe themselves in `Beside`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

import msgspec
from litestar import Request, Response, Router, get
from litestar.enums import MediaType
from litestar.exceptions import NotFoundException
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.openapi.spec import Components, Example, Schema, SecurityScheme, Tag
from litestar.openapi.spec.enums import OpenAPIType
from litestar.plugins import OpenAPISchemaPlugin
from litestar.serialization import encode_json
from litestar.typing import FieldDefinition
from msgspec import Struct

from rejoinder.web import reference
from rejoinder.web.envelope import Error
from rejoinder.web.parameters import Parameter
from rejoinder.web.schema import Document, Schemas

_REQUEST: Final = "invalid_request"
_AUTHENTICATION: Final = "authentication_error"
_EVERYWHERE: Final = (400, 429, 503)
_WITH_BODY: Final = (413, 415)
# `Page[Ticket]` would be called `Page_rejoinder.tickets.types.Ticket_`.
_GENERIC_PAGE: Final = re.compile(rb"\bPage_(?:\w+\.)*(\w+?)_\b")
_ENVELOPE: Final = Error.__name__
_STATE_DOCUMENT: Final = "openapi_document"
_STATE_PAGE: Final = "openapi_page"

ERRORS: Final[Mapping[int, tuple[str, Error]]] = {
    400: (
        "The request is malformed or a value was refused; `attr` names the field.",
        Error("validation_error", "invalid_choice", '"x" is not a valid choice.', "status"),
    ),
    401: (
        "No key was given, or it is not valid.",
        Error(
            _AUTHENTICATION, "not_authenticated", "Authentication credentials were not provided."
        ),
    ),
    403: (
        "The key is known, but does not allow this.",
        Error(
            _AUTHENTICATION, "permission_denied", "API key missing required scope 'ticket:write'"
        ),
    ),
    404: (
        "It does not exist, or not in this project.",
        Error(_REQUEST, "not_found", "Not found."),
    ),
    409: (
        "It was changed in the meantime, or a request with this idempotency key is still running.",
        Error(_REQUEST, "conflict", "The ticket was changed in the meantime."),
    ),
    412: (
        "The ticket has changed since the version that `If-Match` names.",
        Error(_REQUEST, "precondition_failed", "The ticket has changed since."),
    ),
    413: (
        "The body is too large.",
        Error(_REQUEST, "request_too_large", "The request body is larger than 1048576 bytes."),
    ),
    415: (
        "The body is neither JSON nor a form.",
        Error(_REQUEST, "unsupported_media_type", 'Unsupported media type "text/xml" in request.'),
    ),
    422: (
        "The idempotency key was used for a different request.",
        Error(
            _REQUEST,
            "idempotency_key_reused",
            "This idempotency key was used for a different request.",
        ),
    ),
    429: (
        "Too many requests; `Retry-After` says when to come back.",
        Error(
            "throttled_error",
            "throttled",
            "Request was throttled. Expected available in 12 seconds.",
        ),
    ),
    503: (
        "The server is busy or its database does not answer; `Retry-After` says when to try again.",
        Error("server_error", "unavailable", "The database does not answer. Try again shortly."),
    ),
}


class Beside(Struct, frozen=True):
    """The part of the document about an application that is not Litestar's."""

    paths: Document
    schemas: Document


def errors_of(*statuses: int, also: Mapping[int, Struct] | None = None) -> dict[int, ResponseSpec]:
    """The documentation of these error answers, for a route's `responses`.

    `also` has examples of the bodies that a status may have instead of the envelope.
    """
    others = also or {}
    return {
        status: _documented(status, others.get(status))
        for status in sorted({*_EVERYWHERE, *statuses, *others})
    }


def _documented(status: int, other: Struct | None) -> ResponseSpec:
    text, envelope = ERRORS[status]
    kind: Any = Error if other is None else Error | type(other)
    bodies = [envelope] if other is None else [envelope, other]
    return ResponseSpec(
        kind,
        generate_examples=False,
        description=text,
        examples=[
            Example(id=type(body).__name__, value=msgspec.to_builtins(body)) for body in bodies
        ],
    )


@dataclass
class _Config(OpenAPIConfig):
    in_paths: Mapping[str, Parameter] = field(default_factory=dict[str, Parameter])
    beside: Sequence[Beside] = ()


def openapi_config(
    *,
    version: str,
    description: str,
    tags: Mapping[str, str] | None = None,
    credentials: Mapping[str, SecurityScheme] | None = None,
    instead_of_key: Sequence[str] = (),
    in_paths: Mapping[str, Parameter] | None = None,
    beside: Sequence[Beside] = (),
) -> OpenAPIConfig:
    """What Litestar needs to know; `tags` describes the groups of routes, in order.

    `credentials` are those that some routes take instead of a key, by the name of their `security`,
    and those of `instead_of_key` all of them that name no others;
    `in_paths` tells what the parameters of paths stand for, by their names.
    """
    return _Config(
        title="Rejoinder",
        version=version,
        description=description,
        tags=[Tag(name, description=text) for name, text in (tags or {}).items()],
        security=[{"key": []}, *[{name: list[str]()} for name in instead_of_key]],
        components=Components(
            security_schemes={
                "key": SecurityScheme(
                    type="http", scheme="bearer", description="A personal API key (`phx_…`)."
                ),
                **(credentials or {}),
            }
        ),
        use_handler_docstrings=True,
        openapi_router=Router(
            "/api/schema", route_handlers=[], include_in_schema=False, after_request=_only_known
        ),
        render_plugins=[JsonDocument()],
        in_paths=in_paths or {},
        beside=beside,
    )


class JsonDocument(OpenAPIRenderPlugin):
    """The document itself."""

    def __init__(self) -> None:
        super().__init__(path=["/", "/openapi.json"], media_type=MediaType.JSON)

    def render(self, request: Request[Any, Any, Any], openapi_schema: Document) -> bytes:  # noqa: ARG002  ours is more complete
        return encode_json(document(request))


class RawObjects(OpenAPISchemaPlugin):
    """`Raw` is JSON that travels as the bytes it is stored as: with us always an object."""

    @staticmethod
    def is_plugin_supported_type(value: Any) -> bool:
        return value is msgspec.Raw

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: Any) -> Schema:  # noqa: ARG002  a Raw is a Raw
        return Schema(type=OpenAPIType.OBJECT)


@get(["/api/docs"], include_in_schema=False, sync_to_thread=False)
def docs(request: Request[Any, Any, Any]) -> Response[str]:
    """The document for people: one page without scripts or anything from elsewhere."""
    state = request.app.state
    if _STATE_PAGE not in state:
        state[_STATE_PAGE] = reference.page(document(request))
    return Response(
        state[_STATE_PAGE],
        media_type=MediaType.HTML,
        headers={"Content-Security-Policy": reference.POLICY},
    )


def document(request: Request[Any, Any, Any]) -> Document:
    """The document of this application, made once."""
    state = request.app.state
    if _STATE_DOCUMENT not in state:
        text = encode_json(request.app.openapi_schema.to_schema())
        made: Document = msgspec.json.decode(_GENERIC_PAGE.sub(rb"\1Page", text))
        config = cast("_Config", request.app.openapi_config)
        for part in config.beside:
            made["paths"].update(part.paths)
            made["components"]["schemas"].update(part.schemas)
        _complete(made, config.in_paths)
        state[_STATE_DOCUMENT] = made
    return state[_STATE_DOCUMENT]


def _complete(made: Document, in_paths: Mapping[str, Parameter]) -> None:
    schemas = Schemas(made)
    for path in made["paths"].values():
        for operation in path.values():
            _complete_answers(operation)
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path" and (known := in_paths.get(parameter["name"])):
                    parameter["description"] = known.text
                    parameter["schema"]["examples"] = [known.example]
            for media in _json_of(operation.get("requestBody", {})):
                _exemplify(media, schemas.body_example)
            for response in operation["responses"].values():
                for media in _json_of(response):
                    _exemplify(media, schemas.example)


def _complete_answers(operation: Document) -> None:
    responses: Document = operation["responses"]
    edge = _EVERYWHERE + (_WITH_BODY if "requestBody" in operation else ())
    for status in {*map(int, responses), *edge} & ERRORS.keys():
        usual = _response(status)
        response = responses.setdefault(str(status), usual)
        if not _has_body_of_its_own(response):
            responses[str(status)] = usual
        for media in response["content"].values():
            # Litestar leaves `"attr": null` out.
            if _ENVELOPE in media.get("examples", {}):
                media["examples"][_ENVELOPE]["value"].setdefault("attr", None)
    # Litestar documents a body of type null where there is none.
    for empty in ("204", "304"):
        responses.get(empty, {}).pop("content", None)
    operation["responses"] = dict(sorted(responses.items()))


def _json_of(holder: Document) -> Iterator[Document]:
    if media := holder.get("content", {}).get("application/json"):
        yield media


def _exemplify(media: Document, example: Callable[[Document], Any]) -> None:
    if "examples" not in media:
        media["examples"] = {"example": {"value": example(media["schema"])}}


def _has_body_of_its_own(response: Document) -> bool:
    """Whether a route answers this error with more than the envelope, as `/readyz` does.

    Litestar documents an inline body of its own for a refused value: that is none of ours.
    """
    schemas: list[Document] = [media["schema"] for media in response.get("content", {}).values()]
    for schema in schemas:
        # What fits the envelope may fit a shorter error, too.
        if "oneOf" in schema:
            schema["anyOf"] = schema.pop("oneOf")
    options = [option for schema in schemas for option in schema.get("anyOf", [schema])]
    references = [option.get("$ref", "") for option in options]
    return any(name and not name.endswith("/Error") for name in references)


def _response(status: int) -> Document:
    description, example = ERRORS[status]
    schema = {"$ref": "#/components/schemas/Error"}
    examples = {_ENVELOPE: {"value": msgspec.to_builtins(example)}}
    content = {"application/json": {"schema": schema, "examples": examples}}
    return {"description": description, "content": content}


async def _only_known(response: Response[Any]) -> Response[Any]:
    """Litestar answers unknown paths below the document with a page of its own."""
    if response.status_code == NotFoundException.status_code:
        raise NotFoundException
    return response
