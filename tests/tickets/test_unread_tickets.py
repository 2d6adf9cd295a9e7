"""The table of tickets with something unread says what the tickets say, whatever happens."""

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from tests.builders import Desk

_DIFFERING = Statement(
    "SELECT count(*) FROM (SELECT id FROM tickets WHERE project_id = $1 AND unread_team_count > 0)"
    " AS t FULL JOIN (SELECT ticket_id AS id FROM unread_tickets WHERE project_id = $1) AS u"
    " USING (id) WHERE t.* IS NULL OR u.* IS NULL"
)


async def unread(desk: Desk, database: Database) -> list[int]:
    assert await database.value(_DIFFERING, desk.project.id) == 0
    return sorted(await desk.listed(unread="true"))


async def test_what_comes_is_read_and_comes_again(desk: Desk, database: Database) -> None:
    first, second = [await desk.a_ticket(message="Hello?") for _ in range(2)]
    await desk.a_ticket()
    assert await unread(desk, database) == [1, 2]

    await desk.call("GET", f"{first['id']}/")
    assert await unread(desk, database) == [2]
    await desk.call("POST", f"{first['id']}/mark_unread/")
    assert await unread(desk, database) == [1, 2]

    await desk.call("DELETE", f"{second['id']}/")
    assert await unread(desk, database) == [1]
    await desk.call("POST", f"{second['id']}/restore_deleted/")
    assert await unread(desk, database) == [1, 2]


async def test_messages_that_move_take_it_along(desk: Desk, database: Database) -> None:
    ticket = await desk.a_ticket(message="One")
    await desk.call("POST", f"{ticket['id']}/reply/", {"message": "Two"})
    await desk.call("POST", f"{ticket['id']}/mark_unread/")
    listed = (await desk.call("GET", f"{ticket['id']}/messages/")).json()["results"]
    customers = [each["id"] for each in listed if each["content"] == "One"]

    answer = await desk.call("POST", f"{ticket['id']}/split/", {"message_ids": customers})

    assert answer.status_code == 201, answer.text
    assert await unread(desk, database) == [2]


async def test_purging_forgets_them(desk: Desk, database: Database) -> None:
    ticket = await desk.a_ticket(message="Hello?")

    gone = Statement("DELETE FROM tickets WHERE project_id = $1 AND ticket_number = $2")
    await database.run(gone, desk.project.id, ticket["ticket_number"])

    assert await unread(desk, database) == []
