"""Requests of an operation: at whose address, with whose objects, and by whom."""

from collections.abc import Mapping
from typing import Any, Final, cast
from uuid import UUID

import httpx
from msgspec import Struct

from rejoinder.ids import new_id
from tests.isolation.table import TABLE, Entry
from tests.isolation.world import World

MALFORMED: Final = ("x", "-1", "0", "9" * 40, "%00", "%2e%2e%2f1", "1'--", "é", "1 or 1=1")
_TENANTS: Final = ("project_id", "organization_id")


class Attempt(Struct, frozen=True):
    """One request; `headers` say who asks."""

    method: str
    path: str
    query: Mapping[str, Any]
    body: Any

    async def by(self, client: httpx.AsyncClient, headers: Mapping[str, str]) -> httpx.Response:
        sent: dict[str, Any] = {} if self.body is None else {"json": self.body}
        return await client.request(
            self.method, self.path, params=self.query, headers=dict(headers), **sent
        )


def names_of(entry: Entry) -> Mapping[str, str]:
    """The object that each parameter of the path names, that of the tenant among them."""
    tenant = {name: name.removesuffix("_id") for name in _TENANTS}
    return {**tenant, **entry.ids}


def attempt(operation: str, path_ids: Mapping[str, str], ids: Mapping[str, str]) -> Attempt:
    """The operation at an address made of `path_ids`, by parameter; what it says is of `ids`."""
    method, _, template = operation.partition(" ")
    entry = TABLE[operation]
    path = template
    for name, value in path_ids.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, path
    return Attempt(method, f"{path}/", _filled(entry.query, ids), _filled(entry.body, ids))


def path_ids(entry: Entry, ids: Mapping[str, str]) -> dict[str, str]:
    return {name: ids[kept] for name, kept in names_of(entry).items()}


def unknown_ids(world: World) -> dict[str, str]:
    """Of the same forms as the world's, and nobody's."""
    return {name: _unknown(text) for name, text in world.ids.items()}


def _unknown(text: str) -> str:
    try:
        UUID(text)
    except ValueError:
        return str(10**12 + int(text)) if text.isdecimal() else "nobody"
    return str(new_id())


def _filled(value: Any, ids: Mapping[str, str]) -> Any:
    match value:
        case str() if value.startswith("$"):
            text = ids[value[1:]]
            # Numbers stand as numbers where JSON has them.
            return int(text) if value in {"$user", "$project"} else text
        case dict():
            fields = cast("dict[str, Any]", value)
            return {name: _filled(each, ids) for name, each in fields.items()}
        case list():
            return [_filled(each, ids) for each in cast("list[Any]", value)]
        case _:
            return value


def names_objects(entry: Entry) -> bool:
    """Whether its query or body names any."""
    return "'$" in repr((entry.query, entry.body))
