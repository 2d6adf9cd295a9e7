"""Old state plus events is the state that a fresh read finds: whatever happened, in any order."""

import random
from typing import Any

import pytest

from rejoinder.messages import commands as messages
from rejoinder.messages.splitting.commands import split
from rejoinder.tickets.commands import change, life, link, merge, update
from tests.builders import Desk
from tests.realtime.replays import replays

# What an event sets, under the name that the ticket's JSON has for it.
SETS = {
    "ticket.status_changed": "status",
    "ticket.priority_changed": "priority",
    "ticket.tagged": "tags",
    "ticket.snoozed": "snoozed_until",
    "ticket.sla_changed": "sla_due_at",
    "ticket.traits_changed": "anonymous_traits",
    "ticket.ai_resolved_changed": "ai_resolved",
    "ticket.escalation_reason_changed": "escalation_reason",
}
LATER = "2031-05-01T09:00:00.000001Z"


def apply(state: dict[int, dict[str, Any]], event: dict[str, Any], numbers: dict[str, int]) -> None:
    """What one event makes of the tickets known so far."""
    kind, data = event["type"], event["data"]
    if kind == "ticket.created":
        numbers[event["ticket_id"]] = data["ticket_number"]
        state[data["ticket_number"]] = {
            "status": data["status"],
            "priority": data["priority"],
            "tags": data["tags"],
            "assignee": data["assignee"],
            "snoozed_until": data["snoozed_until"],
            "sla_due_at": data["sla_due_at"],
            "anonymous_traits": data["anonymous_traits"],
            "ai_resolved": data["ai_resolved"],
            "escalation_reason": data["escalation_reason"],
            "merged_into": None,
            "deleted": False,
            "public": set[str](),
            "notes": set[str](),
        }
        return
    if kind == "ticket.purged":  # which takes the ticket's earlier events along
        state.pop(data["ticket_number"], None)
        return
    ticket = state[numbers[event["ticket_id"]]]
    if kind in SETS:
        ticket[SETS[kind]] = data[SETS[kind]]
    match kind:
        case "ticket.assigned":
            ticket["assignee"] = data["assignee"]
        case "ticket.merged":
            ticket["merged_into"] = data["into"]
        case "ticket.unmerged":
            ticket["merged_into"] = None
        case "ticket.deleted":
            ticket["deleted"] = True
        case "ticket.restored":
            ticket["deleted"] = False
        case _:
            apply_to_thread(ticket, event)


def apply_to_thread(ticket: dict[str, Any], event: dict[str, Any]) -> None:
    """What it makes of the ticket's messages and notes."""
    data = event["data"]
    match event["type"]:
        case "message.received" | "message.sent":
            ticket["public"].add(data["message_id"])
        case "note.added":
            ticket["notes"].add(data["message_id"])
        case "message.deleted":
            ticket["public"].remove(data["message_id"])
        case "note.deleted":
            ticket["notes"].remove(data["message_id"])
        case "message.moved" | "note.moved" as kind:
            there = ticket["public" if kind == "message.moved" else "notes"]
            if data["moved_to"] == event["ticket_id"]:
                there.update(data["message_ids"])
            else:
                there.difference_update(data["message_ids"])
        case _:
            pass


async def fetched(desk: Desk, numbers: list[int]) -> dict[int, dict[str, Any]]:
    """The same, read afresh."""
    state: dict[int, dict[str, Any]] = {}
    for number in numbers:
        response = await desk.call("GET", f"{number}/")
        if response.status_code == 404:
            state[number] = {"deleted": True}
            continue
        ticket = response.json()
        thread = (await desk.call("GET", f"{number}/messages/?limit=200")).json()["results"]
        assignee = ticket["assignee"]
        state[number] = {name: ticket[name] for name in SETS.values()} | {
            "assignee": assignee and {"type": assignee["type"], "id": assignee["id"]},
            "merged_into": ticket["merged_into"],
            "deleted": False,
            "public": {said["id"] for said in thread if not said["is_private"]},
            "notes": {said["id"] for said in thread if said["is_private"]},
        }
    return state


async def act(desk: Desk, chance: random.Random, numbers: list[int], role: str) -> None:
    """One thing that a team does, chosen by chance; refusals are part of it."""
    number = chance.choice(numbers)
    changes: list[dict[str, Any]] = [
        {"status": chance.choice(["new", "open", "pending", "on_hold", "resolved"])},
        {"priority": chance.choice(["low", "critical", None])},
        {"assignee": {"type": "user", "id": desk.ada.id}},
        {"assignee": {"type": "role", "id": role}},
        {"assignee": None, "status": "open"},
        {"tags": chance.choice([[], ["a"], ["a", "b"]])},
        {"snoozed_until": chance.choice([LATER, None])},
        {"sla_due_at": chance.choice([LATER, None])},
        {"anonymous_traits": {"name": chance.choice(["Ada", "Ben"])}},
        {"ai_resolved": chance.choice([True, False]), "escalation_reason": "because"},
    ]
    match chance.randrange(15):
        case 0:
            await desk.call("DELETE", f"{number}/")
        case 1:
            await desk.call("POST", f"{number}/restore_deleted/")
        case 2 | 3:
            text = {"message": f"Text {chance.random()}"}
            await desk.call("POST", f"{number}/{chance.choice(['reply', 'notes'])}/", text)
        case 4:
            await delete_something(desk, chance, number)
        case 5 | 6:
            await desk.call("POST", f"{number}/merge/", {"into": chance.choice(numbers)})
        case 7:
            await desk.call("POST", f"{number}/unmerge/")
        case 8 | 9:
            numbers += await split_something(desk, chance, number)
        case _:
            await desk.call("PATCH", f"{number}/", chance.choice(changes))


async def delete_something(desk: Desk, chance: random.Random, number: int) -> None:
    response = await desk.call("GET", f"{number}/messages/")
    if response.status_code == 200 and (said := response.json()["results"]):
        await desk.call("PATCH", f"{desk.comments}{chance.choice(said)['id']}/", {"deleted": True})


async def split_something(desk: Desk, chance: random.Random, number: int) -> list[int]:
    """The number of the new ticket, if there is one."""
    thread = (await desk.call("GET", f"{number}/messages/")).json().get("results", [])
    said = [message["id"] for message in thread]
    moved = chance.sample(said, min(len(said), chance.randint(1, 2)))
    answer = await desk.call("POST", f"{number}/split/", {"message_ids": moved})
    return [answer.json()["ticket_number"]] if answer.status_code == 201 else []


@replays(
    life.create_all,
    life.delete,
    life.restore,
    link.link,
    link.unlink,
    merge.merge,
    merge.unmerge,
    update.update,
    update.apply,
    change.set_status,
    change.tag,
    change.set_ai_resolved,
    change.set_escalation_reason,
    messages.post,
    messages.add,
    messages.delete,
    split,
)
@pytest.mark.parametrize("seed", range(3))
async def test_old_state_and_events_make_the_new_state(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    role = str((await desk.a_role()).id)
    numbers = [(await desk.a_ticket(tags=["new"]))["ticket_number"] for _ in range(3)]
    state: dict[int, dict[str, Any]] = {}
    ids: dict[str, int] = {}
    cursor = ""
    for _ in range(6):
        for _ in range(18):
            await act(desk, chance, numbers, role)
        while True:
            path = f"/api/projects/{desk.project.id}/events/?limit=7&after={cursor}"
            page = (await desk.call("GET", path)).json()
            for event in page["results"]:
                apply(state, event, ids)
            cursor = page["cursor"]
            if not page["results"]:
                break

        fresh = await fetched(desk, numbers)
        for number in numbers:
            if fresh[number]["deleted"]:
                assert state[number]["deleted"]
            else:
                assert state[number] == fresh[number]


def apply_to_people(people: dict[str, dict[str, Any]], event: dict[str, Any]) -> None:
    """What one event makes of the persons known so far."""
    data = event["data"]
    match event["type"]:
        case "person.created":
            people[data["person_id"]] = {
                "distinct_ids": set(data["distinct_ids"]),
                "properties": data["properties"],
                "is_identified": data["is_identified"],
            }
        case "person.changed":
            person = people[data["person_id"]]
            person["properties"] = {
                name: value
                for name, value in {**person["properties"], **data["properties"]}.items()
                if value is not None
            }
            person["is_identified"] = data["is_identified"]
        case "person.linked":
            people[data["person_id"]]["distinct_ids"].add(data["distinct_id"])
        case "person.merged":
            person, other = people[data["person_id"]], people.pop(data["merged_id"])
            person["distinct_ids"] |= other["distinct_ids"]
            person["properties"] = other["properties"] | person["properties"]
            person["is_identified"] |= other["is_identified"]
        case _:
            pass


@pytest.mark.parametrize("seed", range(3))
async def test_persons_can_be_rebuilt_from_their_events(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    people: dict[str, dict[str, Any]] = {}
    for _ in range(40):
        ids = chance.sample([f"id {number}" for number in range(8)], chance.randint(1, 2))
        said = {
            "distinct_id": ids[0],
            "distinct_ids": ids[1:],
            "properties": {chance.choice(["name", "plan"]): chance.choice(["a", "b", 1, True])},
            "is_identified": chance.choice([True, False]),
        }
        assert (await desk.call("POST", desk.persons, said)).status_code == 201

    path = f"/api/projects/{desk.project.id}/events/?limit=1000"
    for event in (await desk.call("GET", path)).json()["results"]:
        apply_to_people(people, event)

    fresh = (await desk.call("GET", desk.persons)).json()["results"]
    assert people == {
        person["id"]: {
            "distinct_ids": set(person["distinct_ids"]),
            "properties": person["properties"],
            "is_identified": person["is_identified"],
        }
        for person in fresh
    }
