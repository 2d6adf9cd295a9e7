"""Webhooks for tests: made through the API, sent by couriers in a hurry."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from rejoinder.events.work import Work
from rejoinder.web.egress.addresses import Policy, policy
from rejoinder.web.egress.client import Egress
from rejoinder.webhooks.courier import Courier
from rejoinder.webhooks.round import Pace
from tests.builders import Desk
from tests.receiver import Receiver

MS = timedelta(milliseconds=1)
HURRY = Pace(poll=20 * MS, beat=50 * MS, lease=400 * MS, grace=2_000 * MS)
LOCAL = policy("1-65535", "127.0.0.0/8")


class Hook(Struct, frozen=True):
    """A webhook as its owner sees it."""

    desk: Desk
    id: str
    secret: str

    @property
    def url(self) -> str:
        return f"{self.desk.url}webhooks/{self.id}/"

    async def get(self) -> dict[str, Any]:
        return (await self.desk.call("GET", self.url)).json()

    async def patch(self, **fields: object) -> dict[str, Any]:
        response = await self.desk.call("PATCH", self.url, fields)
        assert response.status_code == 200, response.text
        return response.json()

    async def post(self, path: str, json: object = None, *, expect: int = 202) -> dict[str, Any]:
        response = await self.desk.call("POST", self.url + path, json)
        assert response.status_code == expect, response.text
        return response.json()

    async def deliveries(self, **parameters: str) -> list[dict[str, Any]]:
        """The oldest first."""
        response = await self.desk.call("GET", self.url + "deliveries/", params=parameters)
        assert response.status_code == 200, response.text
        return response.json()["results"][::-1]

    async def until(self, state: str, count: int, *, attempts: int = 0) -> list[dict[str, Any]]:
        """The deliveries in that state, as soon as they are so many and so often tried."""
        async with asyncio.timeout(20):
            while True:
                found = await self.deliveries(state=state)
                if len([each for each in found if each["attempts"] >= attempts]) >= count:
                    return found
                await asyncio.sleep(0.02)

    async def until_disabled(self) -> dict[str, Any]:
        async with asyncio.timeout(20):
            while (found := await self.get())["enabled"]:  # noqa: ASYNC110  a row in the database
                await asyncio.sleep(0.02)
            return found

    async def later(self, database: Database, by: timedelta) -> None:
        """Lets that time pass for everything that waits."""
        statement = Statement(
            "UPDATE webhook_deliveries SET due_at = due_at - $2::interval,"
            " failing_since = failing_since - $2, attempted_at = attempted_at - $2"
            " WHERE webhook_id = $1 AND state = 'pending'"
        )
        await database.run(statement, UUID(self.id), by)


async def a_hook(desk: Desk, receiver: Receiver, **fields: object) -> Hook:
    body = {"url": receiver.url, **fields}
    response = await desk.call("POST", f"{desk.url}webhooks/", body)
    assert response.status_code == 201, response.text
    made = response.json()
    return Hook(desk, made["webhook"]["id"], made["secret"])


@asynccontextmanager
async def sending(database: Database, *, allowed: Policy = LOCAL) -> AsyncGenerator[Courier]:
    """A courier that works until the block ends."""
    async with Egress(allowed, timeout=5.0).opened() as egress:
        courier = Courier(egress, pace=HURRY)
        async with courier.running(Work(database)):
            yield courier
