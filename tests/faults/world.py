"""The projects that a load works in, as `world.json` beside the history tells the checker."""

import uuid
from pathlib import Path
from typing import Any

import httpx
import msgspec
from msgspec import Struct

from tests.faults.logs import Log
from tests.faults.served import Served

PROJECTS = 4


class Visitor(Struct, frozen=True):
    """A browser with a chat: its session opens its tickets."""

    session: str
    distinct_id: str


class Place(Struct, frozen=True):
    """One project as its team and its visitors know it."""

    project: int
    widget_token: str
    cursor: str
    visitors: tuple[Visitor, ...]

    @property
    def url(self) -> str:
        return f"/api/projects/{self.project}/"

    @property
    def tickets(self) -> str:
        return f"{self.url}conversations/tickets/"


class World(Struct, frozen=True, kw_only=True):
    url: str
    dsn: str
    key: str
    places: tuple[Place, ...]
    secrets: tuple[str, ...]
    logs: tuple[Log, ...]
    files: str
    checksums: bool
    mails: bool

    def save(self, folder: Path) -> None:
        folder.joinpath("world.json").write_bytes(msgspec.json.encode(self))


def read(folder: Path) -> World:
    return msgspec.json.decode(folder.joinpath("world.json").read_bytes(), type=World)


async def a_world(served: Served, sink: int, visitors: int = 2) -> World:
    """Four projects, each with a webhook that leads to the port `sink` of this machine."""
    headers = {"Authorization": f"Bearer {served.key}"}
    async with httpx.AsyncClient(base_url=served.url, headers=headers, timeout=30) as api:
        first = await _json(api, "GET", "/api/projects/@current/")
        projects = f"/api/organizations/{first['organization']}/projects/"
        others = [
            await _json(api, "POST", projects, {"name": f"Load {n}"}) for n in range(1, PROJECTS)
        ]
        made = [await _a_place(api, project, sink, visitors) for project in (first, *others)]
    places = tuple(place for place, _ in made)
    sessions = (visitor.session for place in places for visitor in place.visitors)
    return World(
        url=served.url,
        dsn=served.dsn,
        key=served.key,
        places=places,
        secrets=(served.key, *sessions, *(text for _, secrets in made for text in secrets)),
        logs=served.logs,
        files=str(served.data_dir / "files"),
        checksums=not served.is_external,
        mails=served.mails,
    )


async def _a_place(
    api: httpx.AsyncClient, project: dict[str, Any], sink: int, visitors: int
) -> tuple[Place, list[str]]:
    """The place, and what of it no log may show."""
    number = project["id"]
    url = f"/api/projects/{number}/"
    settings = {"widget_enabled": True}
    shown = await _json(api, "PATCH", url, {"conversations_settings": settings})
    hook = {"url": f"http://127.0.0.1:{sink}/{number}"}
    secret = (await _json(api, "POST", f"{url}webhooks/", hook))["secret"]
    cursor = (await _json(api, "GET", f"{url}events/?after=now"))["cursor"]
    people = tuple(
        Visitor(str(uuid.uuid4()), f"visitor-{number}-{place}") for place in range(visitors)
    )
    token = shown["conversations_settings"]["widget_public_token"]
    return Place(number, token, cursor, people), [secret, project["secret_api_token"]]


async def _json(
    api: httpx.AsyncClient, method: str, path: str, body: object = None
) -> dict[str, Any]:
    response = await api.request(method, path, json=body)
    assert response.is_success, response.text
    return response.json()
