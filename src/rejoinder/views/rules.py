"""Pure decisions about saved views: which filters may be stored, and what they mean to the list."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

import msgspec

from rejoinder.errors import Invalid
from rejoinder.tickets.filters import orders
from rejoinder.tickets.types import (
    CHANNEL_DETAILS,
    CHANNEL_SOURCES,
    PRIORITIES,
    STATUSES,
    TRIAGE_RESULTS,
)

Filters = Mapping[str, Any]

_LONGEST: Final = 10_000
_LONGEST_SEARCH: Final = 200

_LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "status": STATUSES,
    "priority": PRIORITIES,
    "aiTriageResult": TRIAGE_RESULTS,
}
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "channel": (*CHANNEL_SOURCES, "all"),
    "channelDetail": (*CHANNEL_DETAILS, "all"),
    "sla": ("breached", "at-risk", "on-track", "all"),
    "tagsMatch": ("any", "all"),
}

OPEN: Final = "new,open,pending,on_hold"
BUILT_IN: Final[Mapping[str, Mapping[str, str]]] = {
    "all": {},
    "open": {"status": OPEN},
    "mine": {"status": OPEN, "assignee": "me"},
    "unassigned": {"status": OPEN, "assignee": "unassigned"},
    "unread": {"status": OPEN, "unread": "true"},
    "snoozed": {"snoozed": "true"},
    "sla_breached": {"status": OPEN, "sla": "breached"},
    "resolved": {"status": "resolved"},
}
"""The views that every inbox has: each by the list's parameters that it stands for."""


def checked(filters: Filters) -> None:
    """Known keys in their present shape hold what they may; all else is left as it is.

    Raises:
        Invalid: one does not, or the whole is too long.
    """
    if len(msgspec.json.encode(filters)) > _LONGEST:
        raise Invalid(f"Filters may take {_LONGEST} bytes.", attr="filters", code="max_length")
    for key, choices in _LISTS.items():
        if isinstance(values := filters.get(key), list):
            for value in cast("list[object]", values):
                _check(key, value, choices)
    for key, choices in _CHOICES.items():
        _check(key, filters.get(key), choices)
    search = filters.get("search")
    if isinstance(search, str) and len(search) > _LONGEST_SEARCH:
        detail = f"Ensure this field has no more than {_LONGEST_SEARCH} characters."
        raise Invalid(detail, attr="filters__search", code="max_length")
    if isinstance(sorting := filters.get("sorting"), dict):
        _check("sorting__columnKey", cast("Filters", sorting).get("columnKey"), orders.FIELDS)


def _check(key: str, value: object, choices: tuple[str, ...]) -> None:
    if isinstance(value, str) and value not in choices:
        detail = f'"{value}" is not a valid choice.'
        raise Invalid(detail, attr=f"filters__{key}", code="invalid_choice")


def parameters(filters: Filters) -> dict[str, str]:
    """The parameters of the list that the filters stand for; what has no meaning has none."""
    tags = "tags_all" if filters.get("tagsMatch") == "all" else "tags"
    found = {
        "status": _joined(filters.get("status")),
        "priority": _joined(filters.get("priority")),
        "channel_source": _joined(filters.get("channel")),
        "channel_detail": _joined(filters.get("channelDetail")),
        "sla": _joined(filters.get("sla")),
        "ai_triage_result": _joined(filters.get("aiTriageResult")),
        "assignee": ",".join(map(_assignee, _items(filters.get("assignee")))),
        tags: _listed(filters.get("tags")),
        "tags_exclude": _listed(filters.get("tagsExclude")),
        "date_from": _joined(filters.get("dateFrom")),
        "date_to": _joined(filters.get("dateTo")),
        "distinct_ids": _joined(filters.get("distinctIds")),
        "emails": _joined(filters.get("emails")),
        "search": _text(filters.get("search")),
        "snoozed": _flag(filters.get("snoozed")),
        "unread": _flag(filters.get("unread")),
        "order_by": _order(filters.get("sorting")),
    }
    return {name: value for name, value in found.items() if value}


def _items(value: object) -> list[object]:
    """One value where there should be a list is a list of one."""
    if isinstance(value, list):
        return cast("list[object]", value)
    return [] if value is None else [value]


def _strings(value: object) -> Iterable[str]:
    return (item for item in _items(value) if isinstance(item, str))


def _joined(value: object) -> str:
    return ",".join(_strings(value))


def _listed(value: object) -> str:
    names = list(_strings(value))
    return msgspec.json.encode(names).decode() if names else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _flag(value: object) -> str:
    return str(value).lower() if isinstance(value, bool | str) else ""


def _assignee(item: object) -> str:
    if isinstance(item, dict):
        given = cast("Filters", item)
        return f"{given.get('type')}:{given.get('id')}"
    return _text(item)


def _order(sorting: object) -> str:
    if not isinstance(sorting, dict):
        return ""
    given = cast("Filters", sorting)
    sign = "-" if given.get("order") == -1 else ""
    return f"{sign}{given.get('columnKey')}"
