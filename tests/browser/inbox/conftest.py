"""The built inbox in headless Chromium, against a running server."""

from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack
from typing import Any, Literal
from uuid import uuid4

import httpx
import pytest
from msgspec import Struct
from playwright.async_api import Browser, ViewportSize

from rejoinder.web.pages import FOLDER
from tests.browser.inbox.agent import Agent
from tests.browser.server import Server, a_server

Level = Literal["owner", "admin", "agent", "viewer"]


class Member(Struct, frozen=True):
    """Somebody who may sign in."""

    id: int
    name: str
    email: str
    password: str


class Desk(Struct, frozen=True):
    """A project of its own, the team behind it, and the API that fills it."""

    server: Server
    organization: str
    project: dict[str, Any]
    owner: Member
    client: httpx.AsyncClient
    browser: Browser
    stack: AsyncExitStack
    agents: list[Agent] = []

    async def member(self, name: str, level: Level = "agent") -> Member:
        return await a_member(self.server, self.organization, name, level)

    async def agent(
        self,
        member: Member | None = None,
        *,
        path: str | None = "tickets",
        width: int = 1440,
        height: int = 900,
        language: str = "en",
        dark: bool = False,
    ) -> Agent:
        """A browser in which the member, or else the owner, is signed in and looks at a page."""
        context = await self.browser.new_context(
            viewport=ViewportSize(width=width, height=height),
            locale=language,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        self.stack.push_async_callback(context.close)
        agent = Agent(await context.new_page(), self.server.url, self.project["id"])
        self.stack.callback(_expect_no_failures, agent)
        self.agents.append(agent)
        who = member or self.owner
        await agent.sign_in(who.email, who.password)
        if path is not None:
            await agent.open(path)
        return agent

    async def ticket(self, name: str, message: str = "", **fields: object) -> dict[str, Any]:
        """A customer's ticket."""
        traits = {"name": name, "email": f"{name.split(maxsplit=1)[0].lower()}@customer.example"}
        body = {"anonymous_traits": traits, "message": message or f"{name} asks."} | fields
        return await self.call("POST", "conversations/tickets/", body)

    async def change(self, ticket: dict[str, Any], **changes: object) -> dict[str, Any]:
        return await self.call("PATCH", f"conversations/tickets/{ticket['id']}/", changes)

    async def read(self, ticket: dict[str, Any]) -> dict[str, Any]:
        """The ticket as it is once nobody's page has more to tell, unread as before."""
        for agent in self.agents:
            await agent.settled()
        return await self.call("GET", f"conversations/tickets/{ticket['id']}/?mark_read=false")

    async def call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        response = await self.client.request(
            method, f"/api/projects/{self.project['id']}/{path}", json=body
        )
        assert response.is_success, response.text
        return response.json() if response.content else {}


@pytest.fixture(scope="session")
def inbox_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    if not (FOLDER / "manifest.json").exists():
        pytest.skip("The inbox is not built: run `make setup`.")
    here = {"egress_networks": "127.0.0.0/8", "egress_ports": "1-65535"}
    with a_server(tmp_path_factory.mktemp("inbox"), rate_limits="false", **here) as server:
        yield server


@pytest.fixture
async def desk(inbox_server: Server, browser: Browser) -> AsyncGenerator[Desk]:
    """An organization with a project that nobody else works in."""
    server = inbox_server
    name = f"Desk {uuid4()}"
    organization: str = server.admin("create-organization", name)["id"]
    project = server.admin("create-project", "Support", "--organization", organization)
    owner = await a_member(server, organization, "Olga Owner", "owner")
    key = server.admin("create-key", "--user", owner.email, "--scopes", "*")
    headers = {"Authorization": f"Bearer {key['key']}"}
    async with (
        httpx.AsyncClient(base_url=server.url, headers=headers, timeout=30) as client,
        AsyncExitStack() as stack,
    ):
        yield Desk(server, organization, project, owner, client, browser, stack)


async def a_member(server: Server, organization: str, name: str, level: Level) -> Member:
    """A member of the organization who has said what they are called."""
    first, _, last = name.partition(" ")
    email, password = f"{first.lower()}-{uuid4().hex[:8]}@team.example", uuid4().hex
    who = ("--organization", organization, "--email", email, "--password", password)
    made = server.admin("create-user", *who, "--role", level)
    async with httpx.AsyncClient(base_url=server.url, headers={"Origin": server.url}) as client:
        me = await client.post("/api/login/", json={"email": email, "password": password})
        names = {"first_name": first, "last_name": last}
        headers = {"X-CSRF-Token": me.json()["csrf_token"]}
        done = await client.patch("/api/users/@me/", json=names, headers=headers)
        assert done.is_success, done.text
    return Member(made["id"], name, email, password)


def _expect_no_failures(agent: Agent) -> None:
    assert agent.failures == []
