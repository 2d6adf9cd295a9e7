"""What clients of the host get, and how the document tells of what they send."""

from typing import Any, Final, Literal

from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, RequestBody, Schema
from msgspec import Struct

from rejoinder.web.parameters import Parameter, reads

TAG: Final = "posthog-js"

_TEXT: Final = Schema(type=OpenAPIType.STRING)
_OBJECT: Final = Schema(type=OpenAPIType.OBJECT)
_EVENT: Final = Schema(
    type=OpenAPIType.OBJECT,
    properties={"event": _TEXT, "distinct_id": _TEXT, "properties": _OBJECT},
)
_BATCH: Final = Schema(
    type=OpenAPIType.OBJECT,
    properties={"api_key": _TEXT, "batch": Schema(type=OpenAPIType.ARRAY, items=_EVENT)},
    examples=[
        {
            "api_key": "phc_…",
            "batch": [
                {
                    "event": "$identify",
                    "distinct_id": "cleo",
                    "properties": {"$set": {"name": "Cleo"}},
                }
            ],
        }
    ],
)
_ASKING: Final = Schema(
    type=OpenAPIType.OBJECT,
    properties={"token": _TEXT, "distinct_id": _TEXT},
    examples=[{"token": "phc_…", "distinct_id": "cleo"}],
)
_FORMS: Final = "JSON, also in base64, in the field `data` of a form, or compressed with gzip."

IN_QUERY: Final = reads({"data": Parameter("The same as the body of a POST, in base64.")})
CAPTURING: Final = reads(
    body=RequestBody({"application/json": OpenAPIMediaType(_BATCH)}, description=_FORMS)
)
ASKING_FOR_FLAGS: Final = reads(
    body=RequestBody({"application/json": OpenAPIMediaType(_ASKING)}, description=_FORMS)
)


class Taken(Struct, frozen=True):
    """The events have arrived."""

    status: Literal[1] = 1


class Flags(Struct, frozen=True, rename="camel"):
    """None; with a token, the project's remote configuration stands beside these fields."""

    request_id: str
    flags: dict[str, Any] = {}
    feature_flags: dict[str, Any] = {}
    feature_flag_payloads: dict[str, Any] = {}
    errors_while_computing_flags: bool = False
