"""What a route reads out of query and headers by hand, so that the OpenAPI document tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from litestar.openapi.spec import Operation, Schema
from litestar.openapi.spec import Parameter as Documented
from litestar.openapi.spec.enums import OpenAPIType


class Parameter(NamedTuple):
    """One parameter, in a sentence. None is required."""

    text: str
    type: OpenAPIType = OpenAPIType.STRING
    place: Literal["query", "header"] = "query"


LIMIT: Final = {
    "limit": Parameter("How many at most: 100 unless given, never over 1,000.", OpenAPIType.INTEGER)
}
OFFSET: Final = {
    "offset": Parameter("How many to leave out at the beginning.", OpenAPIType.INTEGER)
}
IDEMPOTENCY_KEY: Final = {
    "Idempotency-Key": Parameter(
        "Any text of your choice: a repeat within 24 hours gets the first answer again.",
        place="header",
    )
}


def reads(*groups: Mapping[str, Parameter]) -> type[Operation]:
    """For the `operation_class` of a route that reads these parameters."""
    documented = [_documented(name, known) for group in groups for name, known in group.items()]

    @dataclass
    class Reading(Operation):
        def __post_init__(self) -> None:
            self.parameters = [*(self.parameters or []), *documented]

    return Reading


def _documented(name: str, known: Parameter) -> Documented:
    return Documented(name, known.place, description=known.text, schema=Schema(type=known.type))
