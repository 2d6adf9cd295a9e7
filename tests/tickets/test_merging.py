"""Merging: a link that can be undone, that moves no message, and that ends when it has to."""

import asyncio
from typing import Any

import pytest

from rejoinder.db.sql import Statement
from rejoinder.tickets.commands.upkeep import purge_deleted, wake_snoozed
from rejoinder.tickets.queries import drifts
from tests.builders import Desk
from tests.channels.widget.browser import Browser
from tests.tickets.log import events_of, types_of

LONG_AGO = Statement(
    "UPDATE tickets SET deleted_at = now() - interval '15 days'"
    " WHERE project_id = $1 AND ticket_number = $2"
)
LATER = "2031-05-01T09:00:00.000001Z"


async def merge(desk: Desk, source: int, into: object) -> dict[str, Any]:
    answer = await desk.call("POST", f"{source}/merge/", {"into": into})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def ticket(desk: Desk, number: int) -> dict[str, Any]:
    return (await desk.call("GET", f"{number}/")).json()


async def merged(desk: Desk, number: int) -> list[int]:
    listed = (await desk.call("GET", f"{number}/merged/")).json()["results"]
    return [each["ticket_number"] for each in listed]


async def test_a_merged_ticket_is_resolved_and_names_its_target(desk: Desk) -> None:
    await desk.a_ticket(message="First", status="pending")
    target = await desk.a_ticket(message="Second")

    answer = await merge(desk, 1, 2)

    source = await ticket(desk, 1)
    assert (answer["ticket_number"], answer["merged_into"]) == (2, None)
    assert (source["status"], source["merged_into"]) == ("resolved", target["id"])
    listed = (await desk.call("GET", "2/merged")).json()["results"]
    assert listed == [
        {
            "id": source["id"],
            "ticket_number": 1,
            "status": "resolved",
            "last_message_text": "First",
        }
    ]
    assert await drifts(desk.work.database, desk.project.id) == []
    assert await desk.unread() == 1


async def test_both_tickets_say_that_they_were_merged(desk: Desk) -> None:
    source, target = await desk.a_ticket(status="on_hold"), await desk.a_ticket()

    await merge(desk, 1, target["id"])

    status, linked, absorbed = (await events_of(desk))[2:]
    assert (status["type"], status["status"]) == ("ticket.status_changed", "resolved")
    assert (linked["type"], linked["ticket_id"]) == ("ticket.merged", source["id"])
    assert (linked["into"], linked["previous"]) == (target["id"], "on_hold")
    assert (absorbed["type"], absorbed["ticket_id"]) == ("ticket.absorbed", target["id"])
    assert absorbed["absorbed"] == source["id"]


async def test_undone_a_merge_leaves_the_ticket_as_it_was(desk: Desk) -> None:
    before = await desk.a_ticket(message="First", status="pending", priority="high", tags=["a"])
    target = await desk.a_ticket()
    await merge(desk, 1, 2)

    undone = (await desk.call("POST", "1/unmerge/")).json()

    same = set(before) - {"updated_at"}
    assert {name: undone[name] for name in same} == {name: before[name] for name in same}
    assert await merged(desk, 2) == []
    last = (await events_of(desk))[-2]
    assert (last["type"], last["reason"]) == ("ticket.unmerged", "asked")
    assert last["previous"] == target["id"]


async def test_what_is_not_merged_is_unmerged_without_a_word(desk: Desk) -> None:
    await desk.a_ticket()

    answer = await desk.call("POST", "1/unmerge/")

    assert answer.status_code == 200
    assert await types_of(desk) == ["ticket.created"]


async def test_merged_twice_into_the_same_ticket_says_nothing_more(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.a_ticket()
    await merge(desk, 1, 2)
    said = await types_of(desk)

    await merge(desk, 1, "2")

    assert await types_of(desk) == said


async def test_there_are_no_chains(desk: Desk) -> None:
    for _ in range(4):
        await desk.a_ticket()
    await merge(desk, 1, 2)

    into_merged = await desk.call("POST", "3/merge/", {"into": 1})
    elsewhere = await desk.call("POST", "1/merge/", {"into": 4})

    for answer in (into_merged, elsewhere):
        assert (answer.status_code, answer.json()["code"]) == (400, "already_merged")


async def test_what_was_merged_into_a_ticket_goes_with_it(desk: Desk) -> None:
    for _ in range(4):
        await desk.a_ticket()
    await merge(desk, 1, 3)
    await merge(desk, 2, 3)

    await merge(desk, 3, 4)

    assert await merged(desk, 4) == [1, 2, 3]
    assert await merged(desk, 3) == []
    assert (await desk.call("POST", "1/unmerge/")).json()["status"] == "new"


@pytest.mark.parametrize("into", [1, "1", "x", "", 7, -1, True, None, {}])
async def test_a_ticket_is_merged_into_another_one_that_is_there(desk: Desk, into: object) -> None:
    await desk.a_ticket()

    answer = await desk.call("POST", "1/merge/", {"into": into})

    assert (answer.status_code, answer.json()["attr"]) == (400, "into")


async def test_tickets_are_merged_within_a_project(desk: Desk, other_desk: Desk) -> None:
    await desk.a_ticket()
    foreign = await other_desk.a_ticket()

    into = await desk.call("POST", "1/merge/", {"into": foreign["id"]})
    source = await desk.call("POST", f"{foreign['id']}/merge/", {"into": 1})
    listed = await desk.call("GET", f"{foreign['id']}/merged/")

    assert [each.status_code for each in (into, source, listed)] == [400, 404, 404]


async def test_another_status_ends_the_link(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.a_ticket()
    await merge(desk, 1, 2)

    changed = (await desk.call("PATCH", "1/", {"status": "pending"})).json()

    assert (changed["status"], changed["merged_into"]) == ("pending", None)
    ended = (await events_of(desk))[-2]
    assert (ended["type"], ended["reason"]) == ("ticket.unmerged", "status")


async def test_other_changes_and_replies_leave_it_merged(desk: Desk) -> None:
    await desk.a_ticket(message="Hello")
    await desk.a_ticket()
    await merge(desk, 1, 2)

    await desk.call("PATCH", "1/", {"status": "resolved", "priority": "low"})
    await desk.call("POST", "1/reply/", {"message": "See there."})

    assert (await ticket(desk, 1))["merged_into"] is not None


async def test_a_customer_who_writes_again_has_a_ticket_of_their_own_again(desk: Desk) -> None:
    browser = Browser(desk)
    opened = await browser.say("Hello")
    await desk.call("PATCH", "1/", {"status": "pending"})
    await desk.a_ticket()
    await merge(desk, 1, 2)

    await browser.say("Anybody there?", opened["ticket_id"])

    again = await desk.call("GET")
    (found,) = [each for each in again.json()["results"] if each["ticket_number"] == 1]
    assert (found["status"], found["merged_into"]) == ("pending", None)
    assert found["unread_team_count"] == 2
    assert await desk.unread() == 2
    reasons = [each["reason"] for each in await events_of(desk) if "reason" in each]
    assert reasons == ["written"]


async def test_a_snoozed_ticket_stays_merged_when_its_time_comes(desk: Desk) -> None:
    await desk.a_ticket(snoozed_until=LATER)
    await desk.a_ticket()

    await merge(desk, 1, 2)
    await wake_snoozed(desk.work)

    asleep = await ticket(desk, 1)
    assert (asleep["status"], asleep["snoozed_until"]) == ("resolved", None)
    assert asleep["merged_into"] is not None
    assert (await desk.call("POST", "1/unmerge/")).json()["status"] == "open"


async def test_a_purged_ticket_lets_go_of_what_was_merged_into_it(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.a_ticket()
    await merge(desk, 1, 2)
    await desk.call("DELETE", "2/")
    await desk.work.database.run(LONG_AGO, desk.project.id, 2)

    await purge_deleted(desk.work)

    left = await ticket(desk, 1)
    assert (left["status"], left["merged_into"]) == ("resolved", None)
    assert [each["reason"] for each in await events_of(desk) if "reason" in each] == ["purged"]


async def test_a_deleted_ticket_is_neither_merged_nor_listed_as_merged(desk: Desk) -> None:
    for _ in range(3):
        await desk.a_ticket()
    await merge(desk, 1, 2)
    await desk.call("DELETE", "1/")
    await desk.call("DELETE", "3/")

    assert await merged(desk, 2) == []
    assert (await desk.call("POST", "3/merge/", {"into": 2})).status_code == 404
    assert (await desk.call("POST", "2/merge/", {"into": 3})).status_code == 400


async def test_merges_in_opposite_directions_end_with_one_of_them(desk: Desk) -> None:
    for _ in range(2):
        await desk.a_ticket()

    both = await asyncio.gather(
        desk.call("POST", "1/merge/", {"into": 2}), desk.call("POST", "2/merge/", {"into": 1})
    )

    assert sorted(answer.status_code for answer in both) == [200, 400]


async def test_a_viewer_merges_nothing(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.a_ticket()
    key = await desk.a_key("*", user=await desk.a_user("viewer"))

    for path in ("1/merge/", "1/unmerge/"):
        assert (await desk.call("POST", path, {"into": 2}, key=key)).status_code == 403
