"""What strangers may say about persons: PostHog's rules, and nothing that opens a door."""

from typing import Any
from uuid import uuid4

import pytest

from rejoinder.channels.widget.queries import distinct_ids
from rejoinder.errors import Invalid
from rejoinder.events.event import Actor
from rejoinder.people import commands, queries
from rejoinder.people.types import Claim, Person
from tests.builders import Desk


async def claim(desk: Desk, distinct_id: str, also: str | None = None, **fields: Any) -> Person:
    actor = Actor(desk.project.id, "person", distinct_id)
    async with desk.work.begin(actor) as tx:
        return await commands.claim(tx, Claim(distinct_id=distinct_id, also=also, **fields))


async def known(desk: Desk, *ids: str, identified: bool = True, **properties: object) -> Person:
    """A person whom the project's own server told us about."""
    actor = Actor(desk.project.id, "user", "1")
    async with desk.work.begin(actor) as tx:
        return await commands.upsert(tx, ids, properties, is_identified=identified)


async def owner(desk: Desk, distinct_id: str) -> dict[str, Any] | None:
    found = await desk.call("GET", desk.persons, params={"distinct_id": distinct_id})
    return next(iter(found.json()["results"]), None)


async def opened_by(desk: Desk, distinct_id: str) -> set[str]:
    """The ids whose tickets somebody sees who proved to have this one."""
    return set(await distinct_ids(desk.work.database, desk.project.id, distinct_id))


async def test_identifying_makes_the_anonymous_visitor_part_of_the_person(desk: Desk) -> None:
    browser = str(uuid4())
    await claim(desk, browser, set={"plan": "free", "seen": 1})

    person = await claim(desk, "ada", browser, set={"plan": "pro"}, identifies=True)

    assert person.is_identified
    found = await owner(desk, browser)
    assert found is not None
    assert found["distinct_ids"] == ["ada", browser]
    assert found["properties"] == {"plan": "pro", "seen": 1}


async def test_two_identified_persons_stay_two(desk: Desk) -> None:
    await claim(desk, "ada", identifies=True)
    await claim(desk, "ben", identifies=True)

    await claim(desk, "ada", "ben", identifies=True)

    ada, ben = await owner(desk, "ada"), await owner(desk, "ben")
    assert ada is not None
    assert ben is not None
    assert (ada["distinct_ids"], ben["distinct_ids"]) == (["ada"], ["ben"])


async def test_an_identified_person_is_not_taken_over_by_a_new_id(desk: Desk) -> None:
    await known(desk, "victim", secret=1)

    await claim(desk, "mallory", "victim", identifies=True)

    mallory = await owner(desk, "mallory")
    assert mallory is not None
    assert (mallory["distinct_ids"], mallory["properties"]) == (["mallory"], {})


async def test_properties_are_set_once_set_and_unset(desk: Desk) -> None:
    await claim(desk, "ada", set={"a": 1, "b": 1, "c": 1})

    await claim(desk, "ada", set={"a": 2}, set_once={"b": 2, "d": 2}, unset=["c"])

    found = await owner(desk, "ada")
    assert found is not None
    assert found["properties"] == {"a": 2, "b": 1, "d": 2}


async def test_a_claim_that_is_no_news_says_nothing(desk: Desk) -> None:
    async def count() -> int:
        return await desk.work.database.pool.fetchval(
            "SELECT count(*) FROM events WHERE project_id = $1", desk.project.id
        )

    await claim(desk, "ada", set={"a": 1}, identifies=True)
    before = await count()

    await claim(desk, "ada", set={"a": 1}, set_once={"a": 2}, identifies=True)

    assert await count() == before


async def test_an_address_that_was_vouched_for_is_not_replaced(desk: Desk) -> None:
    await known(desk, "victim", email="victim@example.com")

    await claim(desk, "victim", set={"email": "mallory@example.com", "plan": "pro"})

    found = await owner(desk, "victim")
    assert found is not None
    assert found["properties"] == {"email": "victim@example.com", "plan": "pro"}


async def test_an_address_is_only_claimed_until_somebody_vouches_for_it(desk: Desk) -> None:
    person = await claim(desk, "ada", set={"email": "ada@example.com"})
    project = desk.project.id

    assert not await queries.has_vouched_email(desk.work.database, project, person.id)
    await known(desk, "ada", email="ada@example.com")
    assert await queries.has_vouched_email(desk.work.database, project, person.id)


async def test_the_browsers_earlier_id_opens_its_tickets_to_the_person(desk: Desk) -> None:
    browser = str(uuid4())

    await claim(desk, "ada", browser, identifies=True)

    assert await opened_by(desk, "ada") == {"ada", browser}


async def test_nobody_sees_anothers_tickets_by_claiming_their_id(desk: Desk) -> None:
    await claim(desk, "mallory", "victim", identifies=True)

    assert await opened_by(desk, "mallory") == {"mallory"}
    assert await opened_by(desk, "victim") == {"victim"}


async def test_nobody_sees_anothers_tickets_by_becoming_their_former_self(desk: Desk) -> None:
    mallory = str(uuid4())
    await known(desk, "victim", "victims-phone")

    await claim(desk, "victim", mallory, identifies=True)

    assert await opened_by(desk, mallory) == {mallory}


async def test_what_the_project_links_itself_opens(desk: Desk) -> None:
    await known(desk, "ada", "adas-phone")

    assert await opened_by(desk, "ada") == {"ada", "adas-phone"}


async def test_a_person_gathers_only_so_many_ids(desk: Desk) -> None:
    await known(desk, *(f"browser-{number}" for number in range(500)))

    await claim(desk, "browser-0", str(uuid4()), identifies=True)

    found = await owner(desk, "browser-0")
    assert found is not None
    assert len(found["distinct_ids"]) == 500


@pytest.mark.parametrize(
    "fields", [{"distinct_id": "x" * 401}, {"distinct_id": "a", "set": {"x": "y" * 65_536}}]
)
async def test_what_is_too_large_is_refused(desk: Desk, fields: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        await claim(desk, **fields)
