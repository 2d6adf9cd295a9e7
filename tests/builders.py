"""Worlds for tests: a desk is a project with a teammate in it and her key."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import httpx
from msgspec import Struct

from rejoinder.auth import queries
from rejoinder.auth.commands import create_key, start_session
from rejoinder.auth.sessions import COOKIE, CSRF_HEADER
from rejoinder.auth.types import Device, Level, Lifetime, User
from rejoinder.events.event import INSTALLATION, Actor
from rejoinder.events.work import Tx, Work
from rejoinder.organizations.commands import (
    add_member,
    change_settings,
    create_organization,
    create_project,
    create_role,
)
from rejoinder.organizations.types import Project, Role
from rejoinder.settings import Settings

ROOT = Actor(INSTALLATION, "system", "test")
LIFE = Lifetime.of(Settings())


class Desk(Struct, frozen=True):
    """One project as its key holder sees it."""

    work: Work
    client: httpx.AsyncClient
    organization_id: UUID
    project: Project
    ada: User
    key: str

    @property
    def tickets(self) -> str:
        return f"/api/projects/{self.project.id}/conversations/tickets/"

    @property
    def url(self) -> str:
        return f"/api/projects/{self.project.id}/"

    @property
    def persons(self) -> str:
        return f"/api/projects/{self.project.id}/persons/"

    @property
    def comments(self) -> str:
        return f"/api/projects/{self.project.id}/comments/"

    async def set(self, *, enabled: bool | None = None, **settings: object) -> None:
        """Changes the project's settings."""
        async with self.work.begin(Actor(self.project.id, "system", "test")) as tx:
            await change_settings(tx, enabled=enabled, settings=settings)

    async def call(
        self,
        method: str,
        path: str = "",
        json: object = None,
        *,
        key: str | None = None,
        **options: Any,
    ) -> httpx.Response:
        """A request; `path` goes on from the tickets unless it begins with a slash."""
        headers: Mapping[str, str] = options.pop("headers", {})
        return await self.client.request(
            method,
            path if path.startswith("/") else self.tickets + path,
            json=json,
            headers={"Authorization": f"Bearer {key or self.key}", **headers},
            **options,
        )

    async def a_ticket(self, **fields: object) -> dict[str, Any]:
        """A ticket created through the API."""
        response = await self.call("POST", json=fields)
        assert response.status_code == 201, response.text
        return response.json()

    async def listed(self, **parameters: str | int) -> list[int]:
        """The numbers of the tickets that the list answers with."""
        response = await self.call("GET", params=parameters)
        assert response.status_code == 200, response.text
        return [ticket["ticket_number"] for ticket in response.json()["results"]]

    async def unread(self) -> int:
        response = await self.call("GET", "unread_count/")
        return response.json()["count"]

    async def a_key(
        self, *scopes: str, user: User | None = None, projects: Sequence[int] = ()
    ) -> str:
        async with self.work.begin(ROOT) as tx:
            owner = (user or self.ada).id
            return (await create_key(tx, owner, scopes, project_ids=projects)).key

    async def a_user(self, level: Level = "agent") -> User:
        async with self.work.begin(ROOT) as tx:
            user = await a_user(tx, "ben")
            await add_member(tx, self.organization_id, user.id, level)
            return user

    async def session(self, user: User | None = None) -> "SignedIn":
        """Ada, or another user, signed in with a browser; no password is hashed for it."""
        someone = user or self.ada
        async with self.work.begin(ROOT) as tx:
            session = await start_session(tx, someone.id, Device("192.0.2.1", "A browser"), LIFE)
        return await signed_in(self, someone, session.token)

    async def a_role(self, name: str = "Billing") -> Role:
        async with self.work.begin(ROOT) as tx:
            return await create_role(tx, self.organization_id, name)


class SignedIn(Struct, frozen=True):
    """A browser at a desk: it has a cookie instead of a key, and pages of ours in it."""

    desk: Desk
    user: User
    id: UUID
    cookie: str
    csrf_token: str

    @property
    def headers(self) -> dict[str, str]:
        """What a page of ours sends along."""
        return {
            "Cookie": self.cookie,
            "Sec-Fetch-Site": "same-origin",
            CSRF_HEADER: self.csrf_token,
        }

    async def call(
        self, method: str, path: str = "", json: object = None, **options: Any
    ) -> httpx.Response:
        """A request, as `Desk.call`; further headers win."""
        headers: Mapping[str, str] = options.pop("headers", {})
        return await self.desk.client.request(
            method,
            path if path.startswith("/") else self.desk.tickets + path,
            json=json,
            headers={**self.headers, **headers},
            **options,
        )


async def signed_in(desk: Desk, user: User, token: str) -> SignedIn:
    """The browser that keeps this session's token."""
    cookie = f"{COOKIE}={token}"
    response = await desk.client.get("/api/users/@me/", headers={"Cookie": cookie})
    assert response.status_code == 200, response.text
    me = response.json()
    return SignedIn(desk, user, UUID(me["session_id"]), cookie, me["csrf_token"])


async def a_user(tx: Tx, name: str) -> User:
    """A user who cannot sign in: hashing a password for each test would take most of its time."""
    user = await queries.add_user(tx, f"{name}.{secrets.token_hex(4)}@example.com", "", "", "-")
    assert user
    return user


async def a_desk(work: Work, client: httpx.AsyncClient) -> Desk:
    async with work.begin(ROOT) as tx:
        organization_id = await create_organization(tx, "Analytical Engines")
        ada = await a_user(tx, "ada")
        await add_member(tx, organization_id, ada.id, "admin")
        project = await create_project(tx, organization_id, "Support")
        key = await create_key(tx, ada.id, ["*"])
    return Desk(work, client, organization_id, project, ada, key.key)
