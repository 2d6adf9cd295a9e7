"""A project with something in every place that can hold text, each marked as its own."""

import secrets
from typing import Any
from uuid import UUID

import httpx
import msgspec
from msgspec import Struct

from rejoinder.db.sql import Statement
from rejoinder.events.event import Actor
from rejoinder.events.work import Work
from rejoinder.ids import new_id
from rejoinder.notifications.commands import notify
from rejoinder.notifications.types import Facts
from rejoinder.webhooks import commands as webhooks
from rejoinder.webhooks.types import NewWebhook
from tests.builders import Desk, SignedIn, a_desk
from tests.channels.widget.browser import Browser, a_session
from tests.messages.attachments.uploading import upload

_DELIVER = Statement(
    "INSERT INTO webhook_deliveries (project_id, webhook_id, event_id, event_type, ticket_id,"
    " xid, seq, response_status, response_ms, response_body, error)"
    " SELECT project_id, $2, id, type, ticket_id, xid, seq, 500, 1, $4, $4 FROM events"
    " WHERE project_id = $1 AND type = 'message.received' AND ticket_id = $3 LIMIT 1"
    " RETURNING event_id"
)


class World(Struct, frozen=True):
    """A desk, its objects by their names, and the mark that stands in all of its texts."""

    mark: str
    desk: Desk
    browser: SignedIn
    visitor: Browser
    ids: dict[str, str]
    deleted: dict[str, str]
    secrets: list[str]


async def a_world(work: Work, client: httpx.AsyncClient) -> World:
    """Everything that one project can hold, made as its team and its customers make it."""
    mark = f"mark{secrets.token_hex(6)}"
    desk = await a_desk(work, client)
    maker = _Maker(desk, await desk.session(), mark)
    await maker.name_all()
    await maker.tickets()
    await maker.messages()
    await maker.things_of_the_team()
    await maker.organization()
    await maker.webhook()
    await maker.account()
    return World(mark, desk, maker.browser, maker.visitor, maker.ids, maker.deleted, maker.secrets)


class _Maker:
    """Makes one object after the other, and notes what it is called."""

    def __init__(self, desk: Desk, browser: SignedIn, mark: str) -> None:
        self.desk = desk
        self.browser = browser
        self.visitor = Browser(desk, a_session())
        self.mark = mark
        self.ids = {
            "project": str(desk.project.id),
            "organization": str(desk.organization_id),
            "user": str(desk.ada.id),
            "email": f"{mark}@example.com",
            "distinct_id": f"{mark}-person",
        }
        self.deleted: dict[str, str] = {}
        self.secrets = [desk.key, desk.project.secret_api_token, browser.cookie, browser.csrf_token]

    async def make(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        answer = await self.desk.call(method, path, body)
        assert answer.status_code in {200, 201, 202}, (method, path, answer.text)
        return answer.json()

    async def name_all(self) -> None:
        mark = self.mark
        answer = await self.browser.call(
            "PATCH",
            "/api/users/@me/",
            {"first_name": mark, "last_name": mark, "preferences": {"about": mark}},
        )
        assert answer.status_code == 200, answer.text
        await self.make("PATCH", f"/api/organizations/{self.ids['organization']}/", {"name": mark})
        settings = {"widget_greeting_text": mark, "notification_recipients": [self.ids["email"]]}
        body = {"name": mark, "conversations_settings": settings}
        await self.make("PATCH", self.desk.url, body)

    async def tickets(self) -> None:
        mark, ids = self.mark, self.ids
        properties = {"email": ids["email"], "name": mark}
        person = {"distinct_id": ids["distinct_id"], "properties": properties}
        ids["person"] = (await self.make("POST", self.desk.persons, person))["id"]
        full = {
            "distinct_id": ids["distinct_id"],
            "anonymous_traits": {"name": mark, "email": ids["email"], mark: mark},
            "message": f"{mark} first",
            "tags": [mark],
            "escalation_reason": mark,
            "channel_source": "email",
            "email_subject": mark,
            "email_from": ids["email"],
        }
        for name in ("ticket", "other_ticket", "merged_ticket", "deleted_ticket"):
            ids[name] = (await self.desk.a_ticket(**full))["id"]
        merging = f"{self.desk.tickets}{ids['merged_ticket']}/merge/"
        await self.make("POST", merging, {"into": ids["ticket"]})
        gone = await self.desk.call("DELETE", f"{ids['deleted_ticket']}/")
        assert gone.status_code == 204
        self.deleted |= dict.fromkeys(
            ("ticket", "other_ticket", "merged_ticket"), ids["deleted_ticket"]
        )
        said = await self.visitor.say(
            mark, distinct_id=mark, traits={"name": mark}, session_context={"page": mark}
        )
        ids["widget_ticket"] = said["ticket_id"]

    async def messages(self) -> None:
        mark, ids = self.mark, self.ids
        ticket = f"{self.desk.tickets}{ids['ticket']}/"
        used, free = [(await upload(self.desk, name=f"{mark}.png")).json() for _ in range(2)]
        ids["attachment"] = free["id"]
        self.secrets += [each["url"].rpartition("/")[2] for each in (used, free)]
        said = {"message": f"{mark} reply", "attachment_ids": [used["id"]]}
        ids["message"] = (await self.make("POST", f"{ticket}reply/", said))["id"]
        ids["note"] = (await self.make("POST", f"{ticket}notes/", {"message": f"{mark} note"}))[
            "id"
        ]
        gone = (await self.make("POST", f"{ticket}notes/", {"message": f"{mark} gone"}))["id"]
        answer = await self.desk.call("DELETE", f"{ids['ticket']}/notes/{gone}/")
        assert answer.status_code == 204
        self.deleted |= {"note": gone, "message": gone}
        await self.make("PUT", f"{ticket}draft/", {"content": f"{mark} draft"})

    async def things_of_the_team(self) -> None:
        mark, conversations = self.mark, f"{self.desk.url}conversations/"
        bodies = {
            "view": {"name": mark, "filters": {"search": mark}},
            "macro": {"name": mark, "content": mark, "description": mark},
        }
        for name, body in bodies.items():
            url = f"{conversations}{name}s/"
            self.ids[name] = (await self.make("POST", url, body))["id"]
            self.deleted[name] = (await self.make("POST", url, body))["id"]
            await self.desk.call("DELETE", f"{url}{self.deleted[name]}/")
        async with self.desk.work.begin(self._system()) as tx:
            (told,) = await notify(tx, self._facts(), "assigned", [self.desk.ada.id])
        self.ids["notification"] = str(told.id)

    async def organization(self) -> None:
        mark, base = self.mark, f"/api/organizations/{self.ids['organization']}/"
        for name in ("role", "other_role", "gone"):
            role = await self.make("POST", f"{base}roles/", {"name": f"{mark} {name}"})
            self.ids[name] = role["id"]
        self.deleted |= dict.fromkeys(("role", "other_role"), self.ids.pop("gone"))
        member = {"user_id": self.desk.ada.id}
        await self.make("POST", f"{base}roles/{self.ids['role']}/role_memberships/", member)
        await self.desk.call("DELETE", f"{base}roles/{self.deleted['role']}/")
        for kept, email in ((self.ids, self.ids["email"]), (self.deleted, f"x{self.ids['email']}")):
            invite = await self.make("POST", f"{base}invites/", {"email": email})
            kept["invite"] = invite["id"]
            kept["invite_token"] = invite["link"].rpartition("/")[2]
            self.secrets.append(kept["invite_token"])
        await self.desk.call("DELETE", f"{base}invites/{self.deleted['invite']}/")

    async def webhook(self) -> None:
        mark, ids = self.mark, self.ids
        wanted = NewWebhook(url=f"https://192.0.2.1/{mark}", description=mark)
        async with self.desk.work.begin(self._system()) as tx:
            webhook, first = await webhooks.create(tx, wanted)
            second = await webhooks.rotate_secret(tx, webhook)
            gone, _ = await webhooks.create(tx, wanted)
            await webhooks.remove(tx, gone)
        ids |= {"webhook": str(webhook.id), "former_secret": str(first.id)}
        self.deleted["webhook"] = str(gone.id)
        self.secrets += [first.secret, second.secret]
        ids["delivery"] = str(
            await self.desk.work.database.value(
                _DELIVER, self.desk.project.id, webhook.id, UUID(ids["ticket"]), mark
            )
        )

    async def account(self) -> None:
        for kept in (self.ids, self.deleted):
            body = {"label": self.mark, "scopes": ["*"]}
            key = (await self.browser.call("POST", "/api/personal_api_keys/", body)).json()
            kept["key"] = key["id"]
            self.secrets.append(key["value"])
            kept["session"] = str((await self.desk.session()).id)
        await self.browser.call("DELETE", f"/api/personal_api_keys/{self.deleted['key']}/")
        await self.browser.call("DELETE", f"/api/users/@me/sessions/{self.deleted['session']}/")

    def _system(self) -> Actor:
        return Actor(self.desk.project.id, "system", "test")

    def _facts(self) -> Facts:
        return Facts(
            event_id=new_id(),
            type="ticket.assigned",
            payload=msgspec.Raw(b"{}"),
            actor_kind="user",
            actor_id="0",
            actor_name=self.mark,
            ticket_id=UUID(self.ids["ticket"]),
            assignee_user_id=self.desk.ada.id,
            message_id=None,
            rich_content=None,
        )
