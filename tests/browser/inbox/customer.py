"""A customer who writes from the widget of a desk's project."""

from typing import Any
from uuid import uuid4

from tests.browser.inbox.conftest import Desk


class Customer:
    """Remembers who they are, and their ticket."""

    def __init__(self, desk: Desk, name: str, token: str) -> None:
        self.name = name
        self.ticket: dict[str, Any] = {}
        self._desk = desk
        self._headers = {"X-Conversations-Token": token}
        self._who = {"widget_session_id": str(uuid4())}

    async def says(self, text: str) -> None:
        """In their ticket; the first time, a new one."""
        traits = {"name": self.name}
        said = {
            **self._who,
            "distinct_id": self._who["widget_session_id"],
            "ticket_id": self.ticket.get("id"),
            "traits": traits,
            "message": text,
        }
        answer = await self._call("message", said)
        path = f"conversations/tickets/{answer['ticket_id']}/?mark_read=false"
        self.ticket = await self._desk.call("GET", path)

    async def reads(self) -> None:
        await self._call(f"messages/{self.ticket['id']}/read", self._who)

    async def _call(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = await self._desk.client.post(
            f"/api/conversations/v1/widget/{path}", json=body, headers=self._headers
        )
        assert answer.is_success, answer.text
        return answer.json()


async def a_customer(desk: Desk, name: str, text: str) -> Customer:
    """Somebody who has just written for the first time."""
    settings = {"conversations_enabled": True, "conversations_settings": {"widget_enabled": True}}
    project = await desk.call("PATCH", "", settings)
    customer = Customer(desk, name, project["conversations_settings"]["widget_public_token"])
    await customer.says(text)
    return customer
