"""Tickets that are kept as they were sent: what a list shows is always what there is."""

from typing import Any
from uuid import UUID

import msgspec
import pytest
from msgspec import Raw

from rejoinder.db.pool import Database
from rejoinder.tickets import queries
from rejoinder.tickets.filters.orders import order_of
from rejoinder.tickets.rendered import RenderedTickets
from rejoinder.tickets.types import Version
from tests.builders import Desk
from tests.tickets.test_unchanged import Change, answered, patched, read


async def made_known(desk: Desk, _: dict[str, Any]) -> None:
    await desk.call("POST", desk.persons, {"distinct_id": "cleo", "properties": {"name": "Cleo"}})


async def made_known_by_address(desk: Desk, _: dict[str, Any]) -> None:
    person = {"distinct_id": "other", "properties": {"email": "cleo@example.com"}}
    await desk.call("POST", desk.persons, person)


async def with_another_address(desk: Desk, _: dict[str, Any]) -> None:
    """The teammate who has the ticket."""
    async with desk.work.database.session() as session:
        await session.connection.execute(
            "UPDATE users SET email = $2 WHERE id = $1",
            desk.ada.id,
            f"{UUID(int=desk.ada.id)}@x.de",
        )


@pytest.mark.parametrize(
    "change",
    [patched, answered, read, made_known, made_known_by_address, with_another_address],
)
@pytest.mark.parametrize("given", ["", "?cursor=", "?status=new,open,pending"])
async def test_a_list_shows_what_there_is(desk: Desk, change: Change, given: str) -> None:
    ticket = await desk.a_ticket(
        message="Hello",
        channel_source="email",
        distinct_id="cleo",
        email_from="Cleo@example.com",
        assignee={"type": "user", "id": desk.ada.id},
    )
    await desk.a_ticket(message="Another")
    before = (await desk.call("GET", given)).json()["results"]

    await change(desk, ticket)
    # Beside the answers that are kept whole, which hear of changes: these do not.
    after = (await desk.call("GET", given, params={"asked": "again"})).json()["results"]

    found = [(await desk.call("GET", f"{each['id']}/?mark_read=false")).json() for each in after]
    assert after == found
    assert sorted(after, key=str) != sorted(before, key=str)


async def versions(desk: Desk, database: Database) -> list[Version]:
    order = order_of("ticket_number")[1].text
    return await queries.page_versions(database, desk.project.id, [], order, 100, 0)


def numbers(found: list[Raw]) -> list[int]:
    return [msgspec.json.decode(text)["ticket_number"] for text in found]


async def three(desk: Desk, database: Database) -> list[Version]:
    for _ in range(3):
        await desk.a_ticket()
    return await versions(desk, database)


class Reading:
    """Stands for a database that must not be asked."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(name)


NOTHING: Any = Reading()


async def test_what_is_kept_is_not_read_again(desk: Desk, database: Database) -> None:
    found = await three(desk, database)
    rendered = RenderedTickets(100_000)
    first = await rendered.of(database, desk.project.id, found, "editor")

    again = await rendered.of(NOTHING, desk.project.id, found, "editor")

    assert numbers(first) == [1, 2, 3]
    assert list(map(bytes, again)) == list(map(bytes, first))


async def test_each_level_is_shown_its_own(desk: Desk, database: Database) -> None:
    found = await three(desk, database)
    rendered = RenderedTickets(100_000)

    levels = [
        msgspec.json.decode(text)["user_access_level"]
        for level in ("viewer", "editor", "viewer", "manager")
        for text in await rendered.of(database, desk.project.id, found[:1], level)
    ]

    assert levels == ["viewer", "editor", "viewer", "manager"]


async def test_what_was_asked_for_longest_ago_makes_room(desk: Desk, database: Database) -> None:
    one, two, three_ = await three(desk, database)
    project_id = desk.project.id
    rendered = RenderedTickets(4_000)
    for asked in (one, two, one, three_):
        await rendered.of(database, project_id, [asked], "editor")

    assert numbers(await rendered.of(NOTHING, project_id, [one, three_], "editor")) == [1, 3]
    with pytest.raises(AssertionError):
        await rendered.of(NOTHING, project_id, [two], "editor")


async def test_without_room_nothing_is_kept(desk: Desk, database: Database) -> None:
    found = await three(desk, database)
    rendered = RenderedTickets(0)

    for _ in range(2):
        assert numbers(await rendered.of(database, desk.project.id, found, "editor")) == [1, 2, 3]
    with pytest.raises(AssertionError):
        await rendered.of(NOTHING, desk.project.id, found, "editor")


async def test_one_that_is_gone_meanwhile_is_left_out(desk: Desk, database: Database) -> None:
    found = await three(desk, database)
    async with database.session() as session:
        await session.connection.execute(
            "DELETE FROM tickets WHERE project_id = $1 AND ticket_number = 2", desk.project.id
        )

    shown = await RenderedTickets(100_000).of(database, desk.project.id, found, "editor")

    assert numbers(shown) == [1, 3]
