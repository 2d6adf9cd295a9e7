"""What is measured: each case is the requests to us, and those to the floor."""

from urllib.parse import quote

import msgspec
from msgspec import Struct

from bench.load import request
from bench.talk import Talk

PROJECT = 1
LIMIT = 100

# A project beside the one whose lists are measured, so that new tickets do not change those.
CREATED_IN = 2
CREATED_SUBJECT = "Created by the benchmark"

_TAG = quote('["vip"]')
_RARE_TAG = quote('["tag-7"]')

FILTERS = {
    "all": "",
    "status": "status=open",
    "priority": "priority=high",
    "assignee": "assignee=user:7",
    "tag": f"tags={_TAG}",
    "rare tag": f"tags={_RARE_TAG}",
}
"""Lists whose floor runs the same two statements."""

SEVERAL = f"status=open,pending&priority=high&assignee=user:7&tags={_TAG}"

SEARCHES = {
    "common word": "search=order",
    "less common word": "search=tomorrow",
    "rare word": "search={reference}",
    "substring": "search=fere",
    "two characters": "search=ou",
    "nothing": "search=zzyzx",
}


class Subject(Struct, frozen=True):
    """What the cases need to know of a seeded database."""

    key: str
    ticket_ids: list[str]
    reference: str
    deep_offset: int
    deep_cursor: str
    talk: Talk


class Case(Struct, frozen=True):
    """`at_least` is the share of the floor's rate that we promise; `connections` speak at once."""

    name: str
    ours: list[bytes]
    floor: list[bytes]
    at_least: float | None = None
    connections: int = 16
    rate: float | None = None


def cases(subject: Subject) -> list[Case]:
    return [
        Case(
            "unread count",
            [_get(subject, "unread_count/")],
            [request("GET", "/constant/")],
            0.4,
        ),
        Case(
            "retrieve",
            [_get(subject, f"{ticket_id}/") for ticket_id in subject.ticket_ids],
            [request("GET", f"/retrieve/{ticket_id}") for ticket_id in subject.ticket_ids],
            0.6,
        ),
        _create(subject),
        *(_filtered(subject, name, query) for name, query in FILTERS.items()),
        _slow(subject, "list 100, four filters", SEVERAL),
        *(_search(subject, name, query) for name, query in SEARCHES.items()),
        Case("list 100, by cursor", [_get(subject, f"?limit={LIMIT}&cursor=")], []),
        Case(
            "list 100, deep cursor",
            [_get(subject, f"?limit={LIMIT}&cursor={subject.deep_cursor}")],
            [],
        ),
        *_talk(subject.talk),
    ]


def _talk(talk: Talk) -> list[Case]:
    """The widget: what its pages ask again and again, and what customers write."""
    return [
        Case(
            "widget poll, nothing new", [talk.polls(behind=False)], [request("GET", "/constant/")]
        ),
        Case(
            "widget poll, a thread",
            [talk.polls(behind=True)],
            [request("GET", f"/thread/{talk.thread}")],
            0.6,
        ),
        Case("widget message, 200 a second", [talk.writes(ticket=None)], [], rate=200.0),
        Case("widget message, one project", [talk.writes(ticket=None)], []),
        Case("widget message, one ticket", [talk.writes(ticket=talk.shared)], []),
    ]


def _filtered(subject: Subject, name: str, query: str) -> Case:
    plain = name == "all"
    return Case(
        "list 100" if plain else f"list 100, {name}",
        [_get(subject, f"?limit={LIMIT}&{query}")],
        [request("GET", "/page/" + quote(name))],
        0.8 if plain else None,
    )


def _search(subject: Subject, name: str, query: str) -> Case:
    wanted = query.format(reference=subject.reference)
    return _slow(subject, f"search, {name}", wanted)


def _slow(subject: Subject, name: str, query: str) -> Case:
    # Two at a time: what is asked of these is their time, not how many fit in a second.
    return Case(name, [_get(subject, f"?limit={LIMIT}&{query}")], [], connections=2)


def _create(subject: Subject) -> Case:
    fields = {"distinct_id": "visitor-1", "priority": "high", "email_subject": CREATED_SUBJECT}
    path = f"/api/projects/{CREATED_IN}/conversations/tickets/"
    return Case(
        "create",
        [request("POST", path, subject.key, msgspec.json.encode(fields))],
        [request("POST", "/create/", "", msgspec.json.encode(fields | {"project": CREATED_IN}))],
        0.9,
    )


def _get(subject: Subject, path: str) -> bytes:
    return request("GET", f"/api/projects/{PROJECT}/conversations/tickets/{path}", subject.key)
