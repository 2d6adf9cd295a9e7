"""The cases that change something: tickets, replies, and what customers write in the widget."""

from uuid import UUID

import msgspec

from bench.cases import REFERENCE_WRITES_IN, Case, Subject, tickets
from bench.goals import Goal
from bench.load import FRESH, request
from bench.talk import WRITTEN_IN, Talk

CREATED_SUBJECT = "Created by the benchmark"
REPLIED = "Replied by the benchmark"


def cases(subject: Subject) -> list[Case]:
    # What is only read comes first: writing leaves something to do.
    return [
        *_polls(subject.talk),
        _create(subject),
        _change(subject),
        _reply(subject),
        *_said(subject.talk),
    ]


def _create(subject: Subject) -> Case:
    fields = {"distinct_id": "visitor-1", "priority": "high", "email_subject": CREATED_SUBJECT}
    body = msgspec.json.encode(fields)
    return Case(
        name="create",
        panel="writes",
        ours=[request("POST", tickets(WRITTEN_IN, ""), subject.key, body)],
        floor=[request("POST", "/create/", "", body)],
        drf=[request("POST", tickets(REFERENCE_WRITES_IN, ""), "", body)],
        # The floor commits each ticket by itself.
        goals=(Goal("of the floor", 3), Goal("p99 ms", 10)),
    )


def _change(subject: Subject) -> Case:
    def changes(project_id: int, ids: list[UUID]) -> list[bytes]:
        """Two rounds through the tickets, so that each request changes something."""
        return [
            request("PATCH", tickets(project_id, f"{each}/"), subject.key, b'{"status":"%s"}' % to)
            for to in (b"pending", b"open")
            for each in ids
        ]

    return Case(
        name="change status",
        panel="writes",
        ours=changes(WRITTEN_IN, subject.written),
        drf=changes(REFERENCE_WRITES_IN, subject.reference_written),
    )


def _reply(subject: Subject) -> Case:
    body = msgspec.json.encode({"message": f"{REPLIED}: it is on its way to you. {FRESH}"})

    def replies(project_id: int, ids: list[UUID]) -> list[bytes]:
        paths = [tickets(project_id, f"{each}/reply/") for each in ids]
        return [request("POST", path, subject.key, body) for path in paths]

    return Case(
        name="reply",
        panel="writes",
        ours=replies(WRITTEN_IN, subject.written),
        drf=replies(REFERENCE_WRITES_IN, subject.reference_written),
    )


def _polls(talk: Talk) -> list[Case]:
    """What the widget's pages ask again and again."""
    return [
        Case(
            name="widget poll, nothing new",
            panel="one ticket and counts",
            ours=[talk.polls(behind=False)],
            floor=[request("GET", "/constant/")],
            goals=(Goal("CPU ms", 0.12),),
        ),
        Case(
            name="widget poll, a thread",
            panel="one ticket and counts",
            ours=[talk.polls(behind=True)],
            floor=[request("GET", f"/thread/{talk.thread}")],
        ),
    ]


def _said(talk: Talk) -> list[Case]:
    """What customers write."""
    asked: list[tuple[str, UUID | None, float | None]] = [
        ("200 a second", None, 200.0),
        ("one project", None, None),
        ("one ticket", talk.shared, None),
    ]
    return [
        Case(
            name=f"widget message, {how}",
            panel="writes",
            ours=[talk.writes(ticket=ticket)],
            rate=rate,
        )
        for how, ticket, rate in asked
    ]
