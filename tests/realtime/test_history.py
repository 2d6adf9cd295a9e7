"""What happened to one ticket."""

from typing import Any

from tests.builders import Desk


async def told(desk: Desk, path: str) -> dict[str, Any]:
    response = await desk.call("GET", path)
    assert response.status_code == 200, response.text
    return response.json()


def names(page: dict[str, Any]) -> list[str]:
    return [
        entry["message"]["content"] if entry["kind"] == "message" else entry["event"]["type"]
        for entry in page["results"]
    ]


async def test_the_timeline_mixes_messages_and_changes_page_by_page(desk: Desk) -> None:
    await desk.a_ticket(message="Hello")
    await desk.call("PATCH", "1/", {"priority": "high"})
    await desk.call("POST", "1/notes/", {"message": "Careful"})
    await desk.call("POST", "1/reply/", {"message": "Hi"})
    await desk.call("PATCH", "1/", {"status": "resolved"})

    whole = await told(desk, "1/timeline/")
    first = await told(desk, "1/timeline/?limit=4")
    second = await told(desk, first["next"].removeprefix("http://testserver"))

    expected = [
        "ticket.status_changed",
        "Hi",
        "Careful",
        "ticket.priority_changed",
        "Hello",
        "ticket.created",
    ]
    assert names(whole) == expected
    assert names(first) + names(second) == expected
    assert second["next"] is None


async def test_the_timeline_shows_what_was_merged_into_the_ticket_if_asked_to(desk: Desk) -> None:
    source = await desk.a_ticket(message="From one")
    target = await desk.a_ticket(message="From the other")
    await desk.call("POST", "1/merge/", {"into": 2})
    await desk.call("POST", "1/notes/", {"message": "The same matter"})

    alone = await told(desk, "2/timeline/")
    first = await told(desk, "2/timeline/?with_merged=true&limit=5")
    second = await told(desk, first["next"].removeprefix("http://testserver"))

    assert names(alone) == ["ticket.absorbed", "From the other", "ticket.created"]
    entries = first["results"] + second["results"]
    assert [
        (entry["ticket_id"] == source["id"], *names({"results": [entry]})) for entry in entries
    ] == [
        (True, "The same matter"),
        (False, "ticket.absorbed"),
        (True, "ticket.merged"),
        (True, "ticket.status_changed"),
        (False, "From the other"),
        (False, "ticket.created"),
        (True, "From one"),
        (True, "ticket.created"),
    ]
    assert {entry["ticket_id"] for entry in entries} == {source["id"], target["id"]}


async def test_the_activity_log_says_who_changed_what(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    assignee = {"type": "user", "id": desk.ada.id}
    await desk.call("PATCH", "1/", {"status": "open", "assignee": assignee})

    path = f"/api/projects/{desk.project.id}/activity_log/?scope=Ticket&item_id={ticket['id']}"
    log = await told(desk, path)

    assert log["count"] == 3
    changed, assigned, created = log["results"]
    assert (created["activity"], created["detail"]["name"]) == ("created", "Ticket #1")
    assert (assigned["activity"], assigned["user"]["email"]) == ("assigned", desk.ada.email)
    assert changed["detail"]["changes"] == [
        {"type": "Ticket", "action": "changed", "field": "status", "before": "new", "after": "open"}
    ]


async def test_another_desk_sees_nothing_of_it(desk: Desk, other_desk: Desk) -> None:
    ticket = await desk.a_ticket()

    timeline = await other_desk.call("GET", f"{ticket['id']}/timeline/")
    path = f"/api/projects/{other_desk.project.id}/activity_log/"
    parameters = {"scope": "Ticket", "item_id": ticket["id"]}
    log = await other_desk.call("GET", path, params=parameters)

    assert timeline.status_code == 404
    assert (log.status_code, log.json()["attr"]) == (400, "item_id")
