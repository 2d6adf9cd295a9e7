"""Pure decisions: whom an event concerns, and who wants mail about it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

import msgspec

from rejoinder.messages.rich import Node
from rejoinder.notifications.types import Facts, Kind

_NOTES: Final = frozenset({"note.added", "note.edited"})
_MOST_MENTIONED: Final = 50
_LARGEST_ID: Final = 2**63 - 1
_ID: Final = re.compile(r"[0-9]{1,19}")

MAILED: Final[Mapping[Kind, bool]] = {"mention": True, "assigned": True, "reply": False}
"""Whether there is a mail for those who have set nothing."""


def concerned(facts: Facts) -> tuple[Kind, list[int]] | None:
    """Whom the event concerns, and how; never whoever caused it."""
    if facts.type in _NOTES:
        return "mention", _others(facts, mentioned(facts.rich_content))
    if facts.assignee_user_id is None:
        return None
    if facts.type == "message.received":
        return "reply", _others(facts, [facts.assignee_user_id])
    # Somebody else may have it by now.
    if facts.type == "ticket.assigned" and facts.assignee_user_id == _assigned_to(facts):
        return "assigned", _others(facts, [facts.assignee_user_id])
    return None


def mentioned(document: msgspec.Raw | None) -> list[int]:
    """The ids of the users whom a note's document mentions, each once."""
    if document is None:
        return []
    found = _mentions(msgspec.json.decode(document, type=Node))
    return list(dict.fromkeys(found))[:_MOST_MENTIONED]


def wants_mail(preferences: object, kind: Kind) -> bool:
    """What a user has set about mail for such notifications; anything else counts as not set."""
    for key in ("notifications", kind, "email"):
        if not isinstance(preferences, dict):
            return MAILED[kind]
        preferences = cast("dict[str, Any]", preferences).get(key)
    return preferences if isinstance(preferences, bool) else MAILED[kind]


def _mentions(node: Node) -> Iterator[int]:
    if node.type == "mention":
        user_id = _user_id((node.attrs or {}).get("id"))
        if user_id is not None:
            yield user_id
    for child in node.content or []:
        yield from _mentions(child)


def _user_id(value: object) -> int | None:
    """Editors write ids as numbers or as text."""
    if isinstance(value, str) and _ID.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 < value <= _LARGEST_ID else None


def _assigned_to(facts: Facts) -> object:
    assignee = msgspec.json.decode(facts.payload, type=dict[str, Any]).get("assignee")
    return assignee["id"] if assignee and assignee["type"] == "user" else None


def _others(facts: Facts, user_ids: list[int]) -> list[int]:
    if facts.actor_kind != "user":
        return user_ids
    return [user_id for user_id in user_ids if str(user_id) != facts.actor_id]
