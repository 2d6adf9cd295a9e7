"""The team behind a project: what agents do through the project API while customers watch."""

import hmac
from typing import Any

import httpx
from msgspec import Struct


class Team(Struct, frozen=True):
    """Speaks to one project with a key that may everything."""

    client: httpx.AsyncClient
    project: dict[str, Any]

    async def set(self, **settings: object) -> None:
        body = {"conversations_enabled": True, "conversations_settings": settings}
        await self._call("PATCH", "", json=body)

    async def switch_off(self) -> None:
        await self._call("PATCH", "", json={"conversations_enabled": False})

    async def tickets(self) -> list[dict[str, Any]]:
        """Newest first."""
        return (await self._call("GET", "conversations/tickets/?order_by=-created_at"))["results"]

    async def the_ticket(self) -> dict[str, Any]:
        """The only one that there is."""
        (ticket,) = await self.tickets()
        return ticket

    async def messages(self, ticket: dict[str, Any]) -> list[str]:
        found = await self._call("GET", self._of(ticket, "messages/"))
        return [message["content"] for message in found["results"]]

    async def reply(self, ticket: dict[str, Any], text: str) -> None:
        await self._call("POST", self._of(ticket, "reply/"), json={"message": text})

    async def note(self, ticket: dict[str, Any], text: str) -> None:
        await self._call("POST", self._of(ticket, "notes/"), json={"message": text})

    async def resolve(self, ticket: dict[str, Any]) -> None:
        await self._call("PATCH", self._of(ticket), json={"status": "resolved"})

    def signature(self, distinct_id: str) -> str:
        """What the customer's server hands to its pages for those who are signed in."""
        secret: str = self.project["secret_api_token"]
        return hmac.digest(secret.encode(), distinct_id.encode(), "sha256").hex()

    def _of(self, ticket: dict[str, Any], path: str = "") -> str:
        return f"conversations/tickets/{ticket['id']}/{path}"

    async def _call(self, method: str, path: str, json: object = None) -> dict[str, Any]:
        url = f"/api/projects/{self.project['id']}/{path}"
        response = await self.client.request(method, url, json=json)
        assert response.is_success, response.text
        return response.json()
