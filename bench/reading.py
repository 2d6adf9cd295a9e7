"""The cases in which an agent reads: lists, searches, one ticket, what is unread, what happened."""

from urllib.parse import quote

from bench.cases import LIMIT, PROJECT, Case, Subject, get, tickets
from bench.goals import Goal
from bench.load import FRESH, request

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

# As many as a project of 500 tickets has of each but the rare tag.
_FEW = 5

_RARE = Goal("p95 ms", 50)
_COMMON = Goal("p95 ms", 150)
_SEARCHES = {
    "common word": ("search=order", _COMMON),
    "less common word": ("search=tomorrow", _COMMON),
    "rare word": ("search={reference}", _RARE),
    "substring": ("search=fere", _COMMON),
    "two characters": ("search=ou", _COMMON),
    "nothing": ("search=zzyzx", _RARE),
}


def cases(subject: Subject) -> list[Case]:
    return [
        *_counts(subject),
        *_single(subject),
        *(_filtered(subject, name, query) for name, query in FILTERS.items()),
        _slow(subject, "list 100, four filters", SEVERAL),
        *_unchanged(subject),
        *(
            _slow(subject, f"search, {name}", query.format(reference=subject.reference), goal)
            for name, (query, goal) in _SEARCHES.items()
        ),
        *_deep(subject),
        *_history(subject),
    ]


def _anew(subject: Subject, query: str, limit: int = LIMIT) -> bytes:
    """A list that no answer is kept of: it says something that it never said before."""
    return get(subject, f"?limit={limit}&{query}&fresh={FRESH}")


def _counts(subject: Subject) -> list[Case]:
    asked = get(subject, "unread_count/")
    return [
        Case(
            name="unread count",
            panel="one ticket and counts",
            ours=[asked],
            floor=[request("GET", "/")],
            floor_server="framework",
            statements="unread count",
            drf=[asked],
            goals=(Goal("of the floor", 0.7),),
        ),
        Case(
            name="unread count, Redis", panel="one ticket and counts", ours=[asked], server="redis"
        ),
    ]


def _single(subject: Subject) -> list[Case]:
    asked = [get(subject, f"{ticket_id}/") for ticket_id in subject.read]
    return [
        Case(
            name="retrieve",
            panel="one ticket and counts",
            ours=asked,
            floor=[request("GET", f"/retrieve/{ticket_id}") for ticket_id in subject.read],
            statements="retrieve",
            drf=asked,
            goals=(Goal("of the floor", 0.9),),
        ),
        Case(
            name="retrieve, marks as read",
            panel="one ticket and counts",
            ours=asked[:300],
            before=[
                request("POST", tickets(PROJECT, f"{ticket_id}/mark_unread/"), subject.key)
                for ticket_id in subject.read[:300]
            ],
            once=True,
        ),
    ]


def _filtered(subject: Subject, name: str, query: str) -> Case:
    plain = name == "all"
    return Case(
        name="list 100" if plain else f"list 100, {name}",
        panel="lists",
        ours=[_anew(subject, query)],
        alone=[] if plain else [_anew(subject, query, _FEW)],
        floor=[request("GET", "/page/" + quote(name))],
        statements=f"list, {name}",
        drf=[get(subject, f"?limit={LIMIT}&{query}")] if name in {"all", "status"} else [],
        goals=(Goal("of the floor", 0.9), Goal("of the reference", 25)) if plain else (),
    )


def _unchanged(subject: Subject) -> list[Case]:
    """What was asked before and is as it was; beside the floor of a list that is made anew."""
    asked = get(subject, f"?limit={LIMIT}")
    floor = [request("GET", "/page/all")]
    return [
        Case(name="list 100, unchanged, whole", panel="lists", ours=[asked], floor=floor),
        Case(
            name="list 100, unchanged, 304",
            panel="lists",
            ours=[asked],
            floor=floor,
            revalidates=True,
            goals=(Goal("of the floor", 10),),
        ),
    ]


def _slow(subject: Subject, name: str, query: str, *goals: Goal) -> Case:
    # Two at a time: what is asked of these is their time, not how many fit in a second.
    panel = "searches" if name.startswith("search") else "lists"
    ours = [_anew(subject, query)]
    return Case(name=name, panel=panel, ours=ours, connections=2, goals=goals)


def _deep(subject: Subject) -> list[Case]:
    offset, cursor = subject.deep_offset, subject.deep_cursor
    return [
        Case(name="list 100, by cursor", panel="lists", ours=[_anew(subject, "cursor=")]),
        Case(
            name="list 100, deep cursor",
            panel="lists",
            ours=[_anew(subject, f"cursor={cursor}")],
        ),
        Case(
            name="list 100, deep offset",
            panel="lists",
            reaches_further=True,
            ours=[_anew(subject, f"offset={offset}")],
            statements="list, deep offset",
            connections=2,
        ),
    ]


def _history(subject: Subject) -> list[Case]:
    return [
        Case(
            name=name,
            panel="one ticket and counts",
            ours=[get(subject, f"{each}/{path}") for each in subject.read],
        )
        for name, path in (("messages of a ticket", "messages/"), ("timeline", "timeline/"))
    ] + [
        Case(
            name="events 100",
            panel="one ticket and counts",
            ours=[request("GET", f"/api/projects/{PROJECT}/events/?limit={LIMIT}", subject.key)],
        )
    ]
