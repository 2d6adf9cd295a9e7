"""Each operation as whoever may do it asks for it, with everything it needs to succeed."""

from collections.abc import Mapping
from typing import Any, Final

import httpx
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from rejoinder.auth.commands import issue_reset
from rejoinder.auth.queries import sql as auth
from rejoinder.auth.types import STRANGER
from rejoinder.channels.widget.commands import issue_restore_token
from rejoinder.channels.widget.queries import sql as widget
from rejoinder.db.pool import Database
from rejoinder.events.event import Actor
from tests.eventually import eventually
from tests.isolation.attack import Attempt, attempt, path_ids
from tests.isolation.table import TABLE
from tests.isolation.world import World
from tests.messages.attachments.uploading import an_attachment
from tests.streams import following
from tests.tickets.counting import Sent, counting_queries

# Who asks, and for which project, is remembered for a while: counted, it would depend on the clock.
_WHO_ASKS: Final = frozenset(
    {
        auth.grant_of_key,
        auth.grant_of_session,
        auth.touch_key,
        auth.touch_session,
        widget.project_of_token,
    }
)


class Asked(Struct, frozen=True):
    """What came of a request: no answer if it is a stream."""

    answer: httpx.Response | None
    statements: list[Sent]

    @property
    def succeeded(self) -> bool:
        return self.answer is None or self.answer.is_success


class Asker(Struct, frozen=True):
    """Speaks to an application whose statements are counted, as the people of a world in it."""

    client: httpx.AsyncClient
    database: Database
    world: World

    async def ask(self, operation: str, query: Mapping[str, str] | None = None) -> Asked:
        """The operation; `query` wins over what the table has."""
        request = await self._request(operation)
        request = replace(request, query={**request.query, **(query or {})})
        headers = self._headers(operation)
        async with counting_queries(self.database) as statements:
            if operation.endswith("/stream"):
                answer = await self._begin(request, headers)
            elif request.method == "POST" and operation.endswith("/attachments"):
                answer = await self._upload(request, headers)
            else:
                answer = await request.by(self.client, headers)
        return Asked(answer, [each for each in statements if each.text not in _WHO_ASKS])

    async def _begin(self, request: Attempt, headers: Mapping[str, str]) -> None:
        async with following(self.client, request.path, headers, request.query) as stream:

            async def status() -> int:
                return stream.status

            await eventually(status, 200)

    async def _upload(self, request: Attempt, headers: Mapping[str, str]) -> httpx.Response:
        """A file comes as it is, with its name beside it."""
        query = {**request.query, "name": "x.txt"}
        return await self.client.post(
            request.path, params=query, headers=dict(headers), content=b"x"
        )

    def _headers(self, operation: str) -> Mapping[str, str]:
        world, project = self.world, self.world.desk.project
        match TABLE[operation].door:
            case "widget":
                token = project.widget_public_token
                return {"X-Conversations-Token": token, "Origin": world.visitor.origin}
            case "secret":
                return {"Authorization": f"Bearer {project.secret_api_token}"}
            case "link" | "anybody":
                return {}
            case _:
                return world.browser.headers

    async def _request(self, operation: str) -> Attempt:
        match TABLE[operation].door:
            case "widget":
                return await self._of_widget(operation)
            case "link":
                return await self._by_link(operation)
            case "anybody":
                return self._by_anybody(operation)
            case _:
                return await self._of_table(operation)

    async def _of_table(self, operation: str) -> Attempt:
        """With a file of its own, where it names one: no two messages have the same."""
        entry, ids = TABLE[operation], self.world.ids
        if entry.body and "attachment_ids" in entry.body:
            ids = {**ids, "attachment": (await an_attachment(self.world.desk))["id"]}
        return attempt(operation, path_ids(entry, ids), ids)

    async def _of_widget(self, operation: str) -> Attempt:
        """Who asks stands in the body, or in the query of what has none."""
        request = await self._of_table(operation)
        credentials = self.world.visitor.credentials
        if request.method == "GET" or operation.endswith("/attachments"):
            return replace(request, query={**request.query, **credentials})
        body: dict[str, Any] = {**request.body, **credentials}
        # A file of the team's.
        body.pop("attachment_ids", None)
        if "restore_token" in body:
            body["restore_token"] = await self._restore_token()
        return replace(request, body=body)

    async def _restore_token(self) -> str:
        desk = self.world.desk
        async with desk.work.begin(Actor(desk.project.id, "system", "test")) as tx:
            return await issue_restore_token(tx, self.world.ids["email"])

    async def _by_link(self, operation: str) -> Attempt:
        world = self.world
        file = next(each for each in world.secrets if each.count(".") == 1)
        token = world.ids["invite_token"] if "/invites/" in operation else file
        request = attempt(operation, {"token": token}, world.ids)
        if "password_reset" not in operation:
            return request
        async with world.desk.work.begin(STRANGER) as tx:
            reset = await issue_reset(tx, world.desk.ada.id)
        return replace(request, body={**request.body, "token": reset})

    def _by_anybody(self, operation: str) -> Attempt:
        """What posthog-js and forms send; each event names another person."""
        project, ada = self.world.desk.project, self.world.desk.ada
        method, _, path = operation.partition(" ")
        filled = path.replace("{token}", project.api_token).replace("{", "").replace("}", "")
        said = {
            "api_key": project.api_token,
            "event": "$identify",
            "distinct_id": f"{self.world.mark} {operation}",
            "properties": {"$set": {"plan": "team"}},
        }
        if method == "GET":
            return Attempt(method, filled, {"data": msgspec.json.encode(said).decode()}, None)
        form = {"email": ada.email, "password": "not her password"}
        return Attempt(method, f"{filled}/", {}, {**said, **form})
