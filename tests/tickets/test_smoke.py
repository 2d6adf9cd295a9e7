from tests.builders import Desk


async def test_a_ticket_lives_through_its_six_endpoints(desk: Desk) -> None:
    ticket = await desk.a_ticket(status="open", priority="high", message="Hello?")

    listed = await desk.call("GET")
    read = await desk.call("GET", f"{ticket['id']}/")
    changed = await desk.call("PATCH", "1/", {"status": "resolved"})
    unread = await desk.call("GET", "unread_count")
    deleted = await desk.call("DELETE", "1/")
    gone = await desk.call("GET", "1/")

    assert (ticket["ticket_number"], ticket["unread_team_count"]) == (1, 1)
    assert listed.json()["count"] == 1
    assert read.json()["unread_team_count"] == 0
    assert changed.json()["status"] == "resolved"
    assert unread.json() == {"count": 0}
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert gone.status_code == 404
