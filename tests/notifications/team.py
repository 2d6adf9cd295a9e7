"""What a team does that concerns one of them, and what those have to read."""

import asyncio
from typing import Any

from msgspec import Struct

from rejoinder.auth.types import User
from rejoinder.db.sql import Statement
from tests.builders import Desk

WAITING = Statement(
    "SELECT count(*) FROM jobs WHERE name LIKE 'notifications.%' AND repeats_every IS NULL"
    " AND given_up_at IS NULL"
)


class Teammate(Struct, frozen=True):
    """A user with a key of theirs."""

    desk: Desk
    user: User
    key: str

    async def call(self, method: str, path: str, json: object = None, **options: Any) -> Any:
        answer = await self.desk.call(method, path, json, key=self.key, **options)
        assert answer.is_success, answer.text
        return answer.json()

    async def notifications(self, **parameters: object) -> dict[str, Any]:
        """As soon as all that is to be noted has been."""
        await settled(self.desk)
        return await self.call("GET", f"{self.desk.url}notifications/", params=parameters)

    async def kinds(self) -> list[str]:
        return [each["kind"] for each in (await self.notifications())["results"]]

    async def read(self, **which: object) -> int:
        path = f"{self.desk.url}notifications/read/"
        return (await self.call("POST", path, which))["unread_count"]


async def a_teammate(desk: Desk) -> Teammate:
    user = await desk.a_user()
    return Teammate(desk, user, await desk.a_key("*", user=user))


async def settled(desk: Desk) -> None:
    """Until the jobs of notifications are done."""
    async with asyncio.timeout(20):
        while await desk.work.database.value(WAITING):  # noqa: ASYNC110  rows in the database
            await asyncio.sleep(0.02)


def mentioning(*users: User | int | str, text: str = "Look!") -> dict[str, Any]:
    """The body of a note that mentions these users."""
    ids = [user.id if isinstance(user, User) else user for user in users]
    mentions = [{"type": "mention", "attrs": {"id": each, "label": "x"}} for each in ids]
    content = [{"type": "text", "text": text}, *mentions]
    paragraph = {"type": "paragraph", "content": content}
    return {"message": text, "rich_content": {"type": "doc", "content": [paragraph]}}


async def note(desk: Desk, ticket: str, body: dict[str, Any]) -> str:
    """The id of a note by Ada."""
    answer = await desk.call("POST", f"{ticket}/notes/", body)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def assign(desk: Desk, ticket: str, user: User) -> None:
    answer = await desk.call("PATCH", f"{ticket}/", {"assignee": {"type": "user", "id": user.id}})
    assert answer.status_code == 200, answer.text
