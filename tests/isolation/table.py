"""What each operation is opened by, and which objects it names. A route without an entry fails.

A `$name` in a path's parameter, a query or a body stands for an object of a `World`.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

from msgspec import Struct

Door = Literal["project", "organization", "account", "secret", "widget", "link", "anybody"]
"""Which credential it asks for; by `link` the path itself holds one."""


class Entry(Struct, frozen=True, kw_only=True):
    door: Door
    writes: bool = False
    admins: bool = False
    sessions: bool = False
    """Whether keys are refused."""
    viewers: bool = False
    """Whether viewers, too, and keys that only read may do it, though it is no GET."""
    streams: bool = False
    ids: Mapping[str, str] = {}
    """Which object each parameter of the path names, but for project and organization."""
    query: Mapping[str, str] = {}
    body: Mapping[str, Any] | None = None
    opens_deleted: bool = False
    """Whether it is for what was deleted."""


def _reads(door: Door = "project", *, query: Mapping[str, str] | None = None, **ids: str) -> Entry:
    return Entry(door=door, ids=ids, query=query or {})


def _writes(body: Mapping[str, Any] | None = None, **ids: str) -> Entry:
    return Entry(door="project", writes=True, ids=ids, body=body)


def _rules(body: Mapping[str, Any] | None = None, *, reads: bool = False, **ids: str) -> Entry:
    """For owners and admins of the project."""
    return Entry(door="project", admins=True, writes=not reads, ids=ids, body=body)


def _governs(body: Mapping[str, Any] | None = None, *, reads: bool = False, **ids: str) -> Entry:
    """For owners and admins of the organization."""
    return Entry(door="organization", admins=True, writes=not reads, ids=ids, body=body)


def _mine(body: Mapping[str, Any] | None = None, *, reads: bool = False, **ids: str) -> Entry:
    """The caller's own, with a browser only."""
    return Entry(door="account", sessions=True, writes=not reads, ids=ids, body=body)


def _widget(
    body: Mapping[str, Any] | None = None, *, query: Mapping[str, str] | None = None, **ids: str
) -> Entry:
    return Entry(door="widget", writes=body is not None, ids=ids, body=body, query=query or {})


def _public(*names: str) -> dict[str, Entry]:
    return {name: Entry(door="anybody") for name in names}


_P: Final = "/api/projects/{project_id}"
_C: Final = f"{_P}/conversations"
_T: Final = f"{_C}/tickets"
_O: Final = "/api/organizations/{organization_id}"
_W: Final = "/api/conversations/v1/widget"
_ASSIGN: Final = {"assignee": {"type": "user", "id": "$user"}}
_ROLE: Final = {"assignee": {"type": "role", "id": "$role"}}
_SAID: Final = {"message": "mine", "attachment_ids": ["$attachment"]}
_COMMENT: Final = {"scope": "conversations_ticket", "item_id": "$ticket"}

_TICKETS: Final = {
    f"GET {_T}": _reads(query={"ids": "$ticket", "assignee": "role:$role"}),
    f"POST {_T}": _writes({"message": "mine", **_ASSIGN}),
    f"GET {_T}/unread_count": _reads(),
    f"GET {_T}/{{ref}}": _reads(ref="ticket"),
    f"PATCH {_T}/{{ref}}": _writes(_ASSIGN, ref="ticket"),
    f"PUT {_T}/{{ref}}": _writes(_ROLE, ref="ticket"),
    f"DELETE {_T}/{{ref}}": _writes(ref="ticket"),
    f"POST {_T}/{{ref}}/restore_deleted": Entry(
        door="project", writes=True, ids={"ref": "deleted_ticket"}, opens_deleted=True
    ),
    f"POST {_T}/{{ref}}/mark_unread": _writes(ref="ticket"),
    f"POST {_T}/bulk_update": _writes({"ids": ["$ticket"], "changes": {"status": "on_hold"}}),
    f"POST {_T}/bulk_delete": _writes({"ids": ["$ticket"]}),
    f"POST {_T}/bulk_restore": _writes({"ids": ["$deleted_ticket"]}),
    f"POST {_T}/bulk_update_status": Entry(
        door="project",
        writes=True,
        sessions=True,
        body={"ids": ["$ticket"], "status": "on_hold"},
    ),
    f"POST {_T}/bulk_update_tags": Entry(
        door="project",
        writes=True,
        sessions=True,
        body={"ids": ["$ticket"], "action": "set", "tags": ["mine"]},
    ),
    f"POST {_T}/{{ref}}/merge": _writes({"into": "$ticket"}, ref="other_ticket"),
    f"POST {_T}/{{ref}}/unmerge": _writes(ref="merged_ticket"),
    f"GET {_T}/{{ref}}/merged": _reads(ref="ticket"),
    f"POST {_T}/{{ref}}/split": _writes({"message_ids": ["$message"]}, ref="ticket"),
    f"POST {_T}/compose": _writes({"message": "mine", "recipient_distinct_id": "$distinct_id"}),
    f"GET {_T}/{{ref}}/timeline": _reads(ref="ticket", query={"with_merged": "true"}),
    f"PUT {_T}/{{ref}}/presence": Entry(
        door="project",
        writes=True,
        viewers=True,
        ids={"ref": "ticket"},
        body={"state": "viewing"},
    ),
    f"GET {_T}/{{ref}}/presence": _reads(ref="ticket"),
    f"GET {_T}/{{ref}}/messages": _reads(ref="ticket"),
    f"POST {_T}/{{ref}}/reply": _writes(_SAID, ref="ticket"),
    f"POST {_T}/{{ref}}/notes": _writes(_SAID, ref="ticket"),
    f"PATCH {_T}/{{ref}}/notes/{{message_id}}": _writes(_SAID, ref="ticket", message_id="note"),
    f"DELETE {_T}/{{ref}}/notes/{{message_id}}": _writes(ref="ticket", message_id="note"),
    f"GET {_T}/{{ref}}/draft": _reads(ref="ticket"),
    f"PUT {_T}/{{ref}}/draft": _writes({"content": "mine"}, ref="ticket"),
    f"DELETE {_T}/{{ref}}/draft": _writes(ref="ticket"),
    f"GET {_C}/drafts": _reads(),
    f"GET {_C}/email_configs": _reads(),
    f"POST {_C}/attachments": _writes(),
}
_BESIDE_TICKETS: Final = {
    f"GET {_C}/views": _reads(),
    f"POST {_C}/views": _writes({"name": "mine", "filters": {}}),
    f"GET {_C}/views/counts": _reads(),
    f"GET {_C}/views/{{ref}}": _reads(ref="view"),
    f"PATCH {_C}/views/{{ref}}": _writes({"name": "mine"}, ref="view"),
    f"DELETE {_C}/views/{{ref}}": _writes(ref="view"),
    **{
        operation.replace("{name}", name): entry
        for name in ("macros", "quick_actions")
        for operation, entry in {
            f"GET {_C}/{{name}}": _reads(),
            f"POST {_C}/{{name}}": _writes({"name": "mine", "actions": _ASSIGN}),
            f"GET {_C}/{{name}}/{{ref}}": _reads(ref="macro"),
            f"PATCH {_C}/{{name}}/{{ref}}": _writes({"actions": _ROLE}, ref="macro"),
            f"PUT {_C}/{{name}}/{{ref}}": _writes({"actions": _ASSIGN}, ref="macro"),
            f"DELETE {_C}/{{name}}/{{ref}}": _writes(ref="macro"),
        }.items()
    },
    f"GET {_P}/comments": _reads(query={"scope": "conversations_ticket", "item_id": "$ticket"}),
    f"POST {_P}/comments": _writes({**_COMMENT, "content": "mine"}),
    f"GET {_P}/comments/count": _reads(query={**_COMMENT}),
    f"GET {_P}/comments/{{comment_id}}": _reads(comment_id="message"),
    f"PATCH {_P}/comments/{{comment_id}}": _writes({"content": "mine"}, comment_id="message"),
    f"GET {_P}/comments/{{comment_id}}/thread": _reads(comment_id="message"),
    f"GET {_P}/persons": _reads(query={"distinct_id": "$distinct_id"}),
    f"POST {_P}/persons": _writes({"distinct_id": "mine"}),
    f"GET {_P}/persons/{{person_id}}": _reads(person_id="person"),
    f"PATCH {_P}/persons/{{person_id}}": _writes({"name": "mine"}, person_id="person"),
    f"GET {_P}/notifications": _reads(),
    f"POST {_P}/notifications/read": Entry(
        door="project", writes=True, viewers=True, body={"ids": ["$notification"]}
    ),
    f"GET {_P}/events": _reads(query={"ticket": "$ticket"}),
    f"GET {_P}/events/stream": Entry(door="project", streams=True),
    f"GET {_P}/activity_log": _reads(query={"scope": "Ticket", "item_id": "$ticket"}),
    f"GET {_P}/team": _reads(),
}
_PROJECT: Final = {
    f"GET {_P}": _reads(),
    f"PATCH {_P}": _rules({"name": "mine"}),
    f"POST {_P}/generate_conversations_public_token": _rules(),
    f"POST {_P}/rotate_secret_token": _rules(),
    f"PATCH {_P}/rotate_secret_token": _rules(),
    f"POST {_P}/delete_secret_token_backup": _rules(),
    f"PATCH {_P}/delete_secret_token_backup": _rules(),
    f"GET {_P}/webhooks": _rules(reads=True),
    f"POST {_P}/webhooks": _rules({"url": "https://1.1.1.1/"}),
    f"GET {_P}/webhooks/{{webhook_id}}": _rules(reads=True, webhook_id="webhook"),
    f"PATCH {_P}/webhooks/{{webhook_id}}": _rules({"description": "mine"}, webhook_id="webhook"),
    f"DELETE {_P}/webhooks/{{webhook_id}}": _rules(webhook_id="webhook"),
    f"POST {_P}/webhooks/{{webhook_id}}/rotate_secret": _rules(webhook_id="webhook"),
    f"POST {_P}/webhooks/{{webhook_id}}/test": _rules(webhook_id="webhook"),
    f"DELETE {_P}/webhooks/{{webhook_id}}/secrets/{{secret_id}}": _rules(
        webhook_id="webhook", secret_id="former_secret"
    ),
    f"GET {_P}/webhooks/{{webhook_id}}/deliveries": _rules(reads=True, webhook_id="webhook"),
    f"GET {_P}/webhooks/{{webhook_id}}/deliveries/{{delivery_id}}": _rules(
        reads=True, webhook_id="webhook", delivery_id="delivery"
    ),
    f"POST {_P}/webhooks/{{webhook_id}}/deliveries/{{delivery_id}}/redeliver": _rules(
        webhook_id="webhook", delivery_id="delivery"
    ),
    f"POST {_P}/webhooks/{{webhook_id}}/redeliver": _rules(
        {"from": "2000-01-01T00:00:00Z", "to": "2000-01-02T00:00:00Z"}, webhook_id="webhook"
    ),
}
_ORGANIZATION: Final = {
    f"GET {_O}": _reads("organization"),
    f"PATCH {_O}": _governs({"name": "mine"}),
    f"POST {_O}/projects": _governs({"name": "mine"}),
    f"GET {_O}/members": _reads("organization"),
    f"PATCH {_O}/members/{{user_id}}": _governs({"level": "viewer"}, user_id="user"),
    f"DELETE {_O}/members/{{user_id}}": _governs(user_id="user"),
    f"POST {_O}/members/{{user_id}}/deactivate": _governs(user_id="user"),
    f"GET {_O}/roles": _reads("organization"),
    f"POST {_O}/roles": _governs({"name": "mine"}),
    f"PATCH {_O}/roles/{{role_id}}": _governs({"name": "mine"}, role_id="role"),
    f"DELETE {_O}/roles/{{role_id}}": _governs(role_id="role"),
    f"POST {_O}/roles/{{role_id}}/role_memberships": _governs(
        {"user_id": "$user"}, role_id="other_role"
    ),
    f"DELETE {_O}/roles/{{role_id}}/role_memberships/{{user_id}}": _governs(
        role_id="role", user_id="user"
    ),
    f"GET {_O}/invites": _governs(reads=True),
    f"POST {_O}/invites": _governs({"email": "mine@example.com"}),
    f"DELETE {_O}/invites/{{invite_id}}": _governs(invite_id="invite"),
}
_ACCOUNT: Final = {
    "GET /api/users/@me": _reads("account"),
    "PATCH /api/users/@me": _mine({"first_name": "mine"}),
    "GET /api/users/@me/sessions": _mine(reads=True),
    "DELETE /api/users/@me/sessions/{session_id}": _mine(session_id="session"),
    "POST /api/users/@me/sessions/end_others": _mine(),
    "GET /api/personal_api_keys": _mine(reads=True),
    "POST /api/personal_api_keys": _mine(
        {"label": "mine", "scopes": ["*"], "scoped_projects": ["$project"]}
    ),
    "PATCH /api/personal_api_keys/{key_id}": _mine(
        {"label": "mine", "scoped_projects": ["$project"]}, key_id="key"
    ),
    "DELETE /api/personal_api_keys/{key_id}": _mine(key_id="key"),
}
_ELSEWHERE: Final = {
    "GET /api/conversations/external/ticket/{ticket_id}": _reads("secret", ticket_id="ticket"),
    "PATCH /api/conversations/external/ticket/{ticket_id}": Entry(
        door="secret", writes=True, ids={"ticket_id": "ticket"}, body=_ASSIGN
    ),
    f"POST {_W}/message": _widget(
        {
            "message": "mine",
            "distinct_id": "mine",
            "ticket_id": "$widget_ticket",
            "attachment_ids": ["$attachment"],
        }
    ),
    f"GET {_W}/messages/{{ticket_id}}": _widget(ticket_id="widget_ticket"),
    f"POST {_W}/messages/{{ticket_id}}/read": _widget({}, ticket_id="widget_ticket"),
    f"GET {_W}/tickets": _widget(),
    f"GET {_W}/stream": _widget(query={"ticket_id": "$widget_ticket"}),
    f"POST {_W}/restore/request": _widget(
        {"email": "$email", "request_url": "https://shop.example/"}
    ),
    f"POST {_W}/restore": _widget({"restore_token": "mine"}),
    f"POST {_W}/attachments": _widget({}),
    "GET /api/conversations/attachments/{token}": Entry(door="link"),
    "GET /api/invites/{token}": Entry(door="link"),
    "POST /api/invites/{token}/accept": Entry(
        door="link", writes=True, body={"first_name": "Eve", "password": "a password of hers"}
    ),
    "POST /api/password_reset/confirm": Entry(
        door="link", writes=True, body={"token": "rjp_x", "password": "a password of hers"}
    ),
}
_ANYBODY: Final = _public(
    "GET /livez",
    "GET /readyz",
    "GET /metrics",
    "GET /",
    "GET /sign-in",
    "GET /reset-password",
    "GET /invites/{token}",
    "GET /account",
    "GET /account/{rest}",
    "GET /projects/{rest}",
    "GET /assets/{name}",
    "GET /api/docs",
    "GET /api/schema",
    "GET /api/schema/openapi.json",
    "GET /api/schema/{path}",
    "POST /api/login",
    "POST /api/logout",
    "POST /api/password_reset",
    "GET /array/{token}/config",
    "GET /array/{token}/config.js",
    "GET /static/{name}",
    "GET /static/{version}/{name}",
    *(
        f"{method} {path}"
        for method in ("GET", "POST")
        for path in (
            "/batch", "/i/v0/e", "/track", "/capture", "/e", "/s", "/engage", "/flags", "/decide",
        )
    ),
)  # fmt: skip
TABLE: Final[Mapping[str, Entry]] = {
    **_TICKETS,
    **_BESIDE_TICKETS,
    **_PROJECT,
    **_ORGANIZATION,
    **_ACCOUNT,
    **_ELSEWHERE,
    **_ANYBODY,
}


def of(*doors: Door) -> list[str]:
    """The operations behind these doors."""
    return [operation for operation, entry in TABLE.items() if entry.door in doors]
