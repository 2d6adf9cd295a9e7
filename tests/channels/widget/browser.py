"""A browser on a customer's page, as posthog-js speaks from there."""

from typing import Any
from uuid import UUID

import httpx
import uuid_utils
from msgspec import Struct, field

from rejoinder.channels.widget.rules.identity import sign
from tests.builders import Desk

WIDGET = "/api/conversations/v1/widget/"


def a_session() -> str:
    return str(UUID(int=uuid_utils.uuid7().int))


class Browser(Struct, frozen=True):
    """Anonymous, unless `identity` holds the fields that prove who it is."""

    desk: Desk
    session: str = field(default_factory=a_session)
    identity: dict[str, str] = {}
    has_session: bool = True
    origin: str = "https://shop.example"

    @property
    def credentials(self) -> dict[str, str]:
        session = {"widget_session_id": self.session} if self.has_session else {}
        return session | self.identity

    async def call(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        params: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        usual = {
            "X-Conversations-Token": self.desk.project.widget_public_token,
            "Origin": self.origin,
        }
        sent = {name: value for name, value in (usual | (headers or {})).items() if value}
        return await self.desk.client.request(
            method, WIDGET + path, json=json, params=params, headers=sent
        )

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        headers = fields.pop("headers", None)
        return await self.call("POST", path, json=self.credentials | fields, headers=headers)

    async def get(self, path: str, **params: Any) -> httpx.Response:
        headers = params.pop("headers", None)
        return await self.call("GET", path, params=self.credentials | params, headers=headers)

    async def say(self, text: str, ticket: str | None = None, **fields: object) -> dict[str, Any]:
        """Sends a message as posthog-js does; the answer."""
        usual = {"distinct_id": "anonymous", "traits": {"name": None, "email": None}}
        answer = await self.post("message", **(usual | fields), message=text, ticket_id=ticket)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def thread(self, ticket: str, **params: object) -> dict[str, Any]:
        answer = await self.get(f"messages/{ticket}", **params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def texts(self, ticket: str, **params: object) -> list[str]:
        return [message["content"] for message in (await self.thread(ticket, **params))["messages"]]

    async def tickets(self, **params: object) -> list[str]:
        answer = await self.get("tickets", **params)
        assert answer.status_code == 200, answer.text
        return [ticket["id"] for ticket in answer.json()["results"]]


def identified(desk: Desk, distinct_id: str, *, session: str | None = None) -> Browser:
    """A browser whose page proves the distinct id; with a session, it shows both."""
    hash_ = sign(desk.project.secret_api_token, distinct_id)
    identity = {"identity_distinct_id": distinct_id, "identity_hash": hash_}
    return Browser(desk, session or a_session(), identity, has_session=session is not None)


async def reply(desk: Desk, ticket: str, text: str = "We are on it.") -> dict[str, Any]:
    """What the team answers."""
    answer = await desk.call("POST", f"{ticket}/reply/", {"message": text})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def note(desk: Desk, ticket: str, text: str) -> dict[str, Any]:
    answer = await desk.call("POST", f"{ticket}/notes/", {"message": text})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def configure(desk: Desk, *, enabled: bool | None = None, **settings: object) -> None:
    """Changes the project's settings, through the server that is asked next."""
    body: dict[str, object] = {"conversations_settings": settings}
    if enabled is not None:
        body["conversations_enabled"] = enabled
    answer = await desk.call("PATCH", desk.url, body)
    assert answer.status_code == 200, answer.text
