"""What a route reads out of a request by hand, so that the OpenAPI document tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from litestar.openapi.spec import Operation, RequestBody, Schema
from litestar.openapi.spec import Parameter as Documented
from litestar.openapi.spec.enums import OpenAPIType


class Parameter(NamedTuple):
    """One parameter, in a sentence; `example` makes the ready lines work."""

    text: str
    type: OpenAPIType = OpenAPIType.STRING
    place: Literal["query", "header"] = "query"
    required: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""


LIMIT: Final = {
    "limit": Parameter("How many at most: 100 unless given, never over 1,000.", OpenAPIType.INTEGER)
}
OFFSET: Final = {
    "offset": Parameter("How many to leave out at the beginning.", OpenAPIType.INTEGER)
}
CURSOR: Final = {
    "cursor": Parameter("Where the page begins, as `next` of the one before names it.")
}
IDEMPOTENCY_KEY: Final = {
    "Idempotency-Key": Parameter(
        "Any text of your choice: a repeat within 24 hours gets the first answer again.",
        place="header",
    )
}


def reads(*groups: Mapping[str, Parameter], body: RequestBody | None = None) -> type[Operation]:
    """For the `operation_class` of a route that reads these parameters, and this body, by hand."""
    documented = [_documented(name, known) for group in groups for name, known in group.items()]

    @dataclass
    class Reading(Operation):
        def __post_init__(self) -> None:
            self.parameters = [*(self.parameters or []), *documented]
            self.request_body = body or self.request_body

    return Reading


def _documented(name: str, known: Parameter) -> Documented:
    schema = Schema(
        type=known.type,
        enum=known.choices or None,
        examples=[known.example] if known.example else None,
    )
    return Documented(
        name, known.place, description=known.text, schema=schema, required=known.required
    )
