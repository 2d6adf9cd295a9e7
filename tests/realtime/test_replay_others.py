"""Old state plus events is the new state: for what is done to tickets otherwise than one by one."""

import random
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest

from rejoinder.channels.email.commands import compose
from rejoinder.channels.external import commands as external
from rejoinder.channels.external.types import Change
from rejoinder.channels.host.commands import learn
from rejoinder.channels.host.types import Captured
from rejoinder.errors import RejoinderError
from rejoinder.events.event import Actor
from rejoinder.people import commands as people
from rejoinder.people.types import Claim
from rejoinder.tickets.access import locked_tickets
from rejoinder.tickets.commands import bulk, hand_over, life, merge, upkeep
from rejoinder.tickets.types import RoleAssignee
from tests.builders import Desk
from tests.realtime.rebuilding import reader
from tests.realtime.replays import replays
from tests.realtime.test_replay import LATER, apply, apply_to_people, fetched

_OVERDUE = """
UPDATE tickets SET snoozed_until = now() - interval '1 s'
WHERE project_id = $1 AND snoozed_until IS NOT NULL AND deleted_at IS NULL
"""
_LONG_GONE = "UPDATE tickets SET deleted_at = deleted_at - interval '20 d' WHERE project_id = $1"


def actor(desk: Desk) -> Actor:
    return Actor(desk.project.id, "system", "test")


async def act(desk: Desk, chance: random.Random, ids: list[str], role: UUID) -> None:
    """One thing that is done to many tickets, by another system, or by time."""
    some = {"ids": chance.sample(ids, min(len(ids), 2))}
    match chance.randrange(9):
        case 0:
            changes = {"status": chance.choice(["open", "resolved"]), "snoozed_until": LATER}
            await desk.call("POST", "bulk_update/", {**some, "changes": changes})
        case 1:
            await desk.call("POST", "bulk_delete/", some)
        case 2:
            await desk.call("POST", "bulk_restore/", some)
        case 3:
            said = {"recipient_distinct_id": "cleo", "message": f"Text {chance.random()}"}
            answer = await desk.call("POST", "compose/", said)
            ids += [answer.json()["id"]] if answer.status_code == 201 else []
        case 4:
            await desk.work.database.pool.execute(_OVERDUE, desk.project.id)
            await upkeep.wake_snoozed(desk.work)
        case _:
            await act_on_one(desk, chance, UUID(chance.choice(ids)), role)


async def act_on_one(desk: Desk, chance: random.Random, ticket_id: UUID, role: UUID) -> None:
    async with desk.work.begin(actor(desk)) as tx:
        for ticket in await locked_tickets(tx, [ticket_id]):
            match chance.randrange(3):
                case 0:
                    action = chance.choice(["add", "remove"])
                    await bulk.retag_all(tx, [ticket], "add" if action == "add" else "set", ["vip"])
                case 1:
                    await hand_over.hand_over(tx, role, None)
                case _:
                    wanted = Change(priority="high", assignee=RoleAssignee(role), tags=["a"])
                    await external.apply(tx, ticket, wanted)


@replays(
    bulk.update_all,
    bulk.delete_all,
    bulk.restore_all,
    bulk.retag_all,
    hand_over.hand_over,
    external.apply,
    compose,
    life.create,
    upkeep.wake_snoozed,
)
@pytest.mark.parametrize("seed", range(3))
async def test_tickets_changed_together_can_be_rebuilt(desk: Desk, seed: int) -> None:
    chance, role = random.Random(seed), (await desk.a_role()).id
    await desk.set(enabled=True)
    await desk.call("POST", desk.persons, {"distinct_id": "cleo"})
    log = await reader(desk)
    ids = [(await desk.a_ticket())["id"] for _ in range(3)]
    state: dict[int, dict[str, Any]] = {}
    numbers: dict[str, int] = {}
    for _ in range(4):
        for _ in range(25):
            await act(desk, chance, ids, role)

        for event in await log.news():
            logged = {"type": event.type, "ticket_id": event.ticket_id, "data": event.data}
            apply(state, logged, numbers)

        fresh = await fetched(desk, sorted(state))
        for number, ticket in fresh.items():
            assert state[number]["deleted"] == ticket["deleted"]
            assert ticket["deleted"] or state[number] == ticket


@replays(upkeep.purge_deleted, merge.release)
async def test_what_a_purge_leaves_can_be_rebuilt(desk: Desk) -> None:
    log = await reader(desk)
    for _ in range(3):
        await desk.a_ticket()
    await desk.call("POST", "1/merge/", {"into": 2})
    await desk.call("DELETE", "2/")
    await desk.work.database.pool.execute(_LONG_GONE, desk.project.id)
    await upkeep.purge_deleted(desk.work)
    state: dict[int, dict[str, Any]] = {}
    numbers: dict[str, int] = {}

    for event in await log.news():
        logged = {"type": event.type, "ticket_id": event.ticket_id, "data": event.data}
        apply(state, logged, numbers)

    fresh = await fetched(desk, [1, 2, 3])
    assert sorted(state) == [1, 3]
    assert fresh == {**state, 2: {"deleted": True}}


@replays(people.upsert, people.edit, people.claim, learn)
@pytest.mark.parametrize("seed", range(3))
async def test_persons_that_strangers_speak_of_can_be_rebuilt(desk: Desk, seed: int) -> None:
    chance, log = random.Random(seed), await reader(desk)
    persons: dict[str, dict[str, Any]] = {}
    for _ in range(40):
        await speak_of_persons(desk, chance)

    for event in await log.news():
        apply_to_people(persons, {"type": event.type, "data": event.data})

    fresh = (await desk.call("GET", f"{desk.persons}?limit=100")).json()["results"]
    assert persons == {
        person["id"]: {
            "distinct_ids": set(person["distinct_ids"]),
            "properties": person["properties"],
            "is_identified": person["is_identified"],
        }
        for person in fresh
    }


async def speak_of_persons(desk: Desk, chance: random.Random) -> None:
    first, second = chance.sample([f"id {number}" for number in range(8)], 2)
    some = {chance.choice(["name", "plan"]): chance.choice(["a", "b", 1, None])}
    known = (await desk.call("GET", desk.persons)).json()["results"]
    match chance.randrange(5):
        case 0 if known:
            await desk.call("PATCH", f"{desk.persons}{known[0]['id']}/", {"properties": some})
        case 1:
            said = {"distinct_id": first, "distinct_ids": [second], "properties": {"plan": "c"}}
            await desk.call("POST", desk.persons, said)
        case 2:
            event = Captured(name="$set", distinct_id=first, properties={"$set": {"plan": "d"}})
            await learn(desk.work, desk.project.id, [event], check=_anything, allow=_always)
        case _:
            claim = Claim(
                distinct_id=first,
                also=chance.choice([second, None]),
                set={"name": "e"},
                unset=["plan"],
                identifies=chance.choice([True, False]),
            )
            with suppress(RejoinderError):
                async with desk.work.begin(actor(desk)) as tx:
                    await people.claim(tx, claim)


def _anything(_: object) -> None: ...


async def _always() -> None: ...
