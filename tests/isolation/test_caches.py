"""What is kept to be answered again is answered to nobody else, and to nobody who has left."""

import asyncio
from itertools import product
from typing import Any

import httpx
import pytest
from msgspec import structs

from rejoinder.organizations.commands import create_project
from tests.builders import ROOT, Desk, SignedIn
from tests.channels.widget.browser import WIDGET, Browser, a_session, identified


async def listed(desk: Desk, key: str, tag: str = "", **options: Any) -> httpx.Response:
    headers: dict[str, str] = options.pop("headers", {})
    return await desk.call("GET", key=key, headers={"If-None-Match": tag, **headers}, **options)


@pytest.fixture
async def second(desk: Desk) -> Desk:
    """Another project of the same organization."""
    async with desk.work.begin(ROOT) as tx:
        project = await create_project(tx, desk.organization_id, "Sales")
    return structs.replace(desk, project=project)


async def test_nobody_has_what_another_one_was_sent(
    desk: Desk, other_desk: Desk, second: Desk
) -> None:
    for each in (desk, other_desk, second):
        await each.a_ticket()
    ben, vera = await desk.a_user("agent"), await desk.a_user("viewer")
    askers = [
        (desk, desk.key),
        (desk, await desk.a_key("*", user=ben)),
        (desk, await desk.a_key("*", user=vera)),
        (second, desk.key),
        (other_desk, other_desk.key),
    ]
    tags = [(await listed(*asker)).headers["etag"] for asker in askers]

    assert len(set(tags)) == len(tags)
    for place, asker in enumerate(askers):
        statuses = [(await listed(*asker, tag)).status_code for tag in tags]
        assert statuses == [304 if n == place else 200 for n in range(len(tags))]


async def test_a_tag_opens_nothing(desk: Desk, other_desk: Desk) -> None:
    await desk.a_ticket()
    tag = (await listed(desk, desk.key)).headers["etag"]

    for each in (tag, "*", f"W/{tag}", f'"x", {tag}'):
        assert (await listed(desk, "phx_unknown", each)).status_code == 401
        assert (await listed(desk, other_desk.key, each)).status_code == 404


async def test_who_was_removed_is_not_told_that_nothing_has_changed(desk: Desk) -> None:
    await desk.a_ticket()
    ben = await desk.session(await desk.a_user("agent"))
    tag = (await ben.call("GET")).headers["etag"]
    assert (await again(ben, tag)).status_code == 304

    await desk.call("DELETE", f"/api/organizations/{desk.organization_id}/members/{ben.user.id}/")

    assert (await again(ben, tag)).status_code == 404


async def again(browser: SignedIn, tag: str) -> httpx.Response:
    return await browser.call("GET", headers={"If-None-Match": tag})


async def test_links_lead_to_the_host_that_was_asked(desk: Desk) -> None:
    for _ in range(2):
        await desk.a_ticket()
    hosts = ("one.example", "two.example", "one.example")
    answers = [
        await listed(desk, desk.key, headers={"Host": host}, params={"limit": 1}) for host in hosts
    ]

    links = [answer.json()["next"].partition("/api")[0] for answer in answers]
    assert links == [f"http://{host}" for host in hosts]
    assert answers[0].headers["etag"] == answers[2].headers["etag"] != answers[1].headers["etag"]


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Original-URL",
     "X-Rewrite-URL", "Forwarded", "X-Host", "X-HTTP-Method-Override", "Accept-Language"],
)  # fmt: skip
async def test_no_other_header_is_heard(desk: Desk, header: str) -> None:
    for _ in range(2):
        await desk.a_ticket()
    hostile = {header: "/zanzibar;host=evil.example"}

    poisoned = await listed(desk, desk.key, headers=hostile, params={"limit": 1})
    after = await listed(desk, desk.key, params={"limit": 1})

    assert b"zanzibar" not in poisoned.content
    assert (poisoned.content, poisoned.headers["etag"]) == (after.content, after.headers["etag"])


async def test_of_many_who_ask_at_once_each_gets_their_own(desk: Desk, other_desk: Desk) -> None:
    """Reads that wait together become one statement, and creations one transaction."""
    desks = [desk, other_desk]
    first = [await each.a_ticket(message="first") for each in desks]

    async def turn(n: int) -> list[tuple[Any, Any]]:
        each = desks[n % 2]
        read, made = await asyncio.gather(
            each.call("GET", "1/"), each.call("POST", json={"escalation_reason": str(n)})
        )
        return [(read.json()["id"], first[n % 2]["id"]), (made.json()["escalation_reason"], str(n))]

    found = await asyncio.gather(*map(turn, range(200)))

    assert [pair for pairs in found for pair in pairs if pair[0] != pair[1]] == []
    for n, each in enumerate(desks):
        reasons = {
            ticket["escalation_reason"]
            for ticket in (await each.call("GET", params={"limit": 200})).json()["results"]
        }
        assert reasons == {None, *(str(number) for number in range(n, 200, 2))}


async def test_a_widgets_list_is_one_viewers_alone(desk: Desk, other_desk: Desk) -> None:
    """Sessions and ids collide over projects; each list is asked twice, so that one is kept."""
    session = a_session()
    viewers = [
        Browser(desk, session),
        Browser(other_desk, session),
        identified(desk, "ada"),
        identified(other_desk, "ada"),
        identified(desk, "ada", session=session),
    ]
    said = [await viewer.say("Hello", distinct_id="x") for viewer in viewers[:-1]]
    own = [[each["ticket_id"]] for each in said]

    for _ in range(2):
        found = [await viewer.tickets() for viewer in viewers]
        assert found[:-1] == own
        assert sorted(found[-1]) == sorted(own[0] + own[2])


async def test_what_is_remembered_for_a_widget_is_remembered_with_its_parameters(
    desk: Desk,
) -> None:
    browser = Browser(desk)
    ids = [(await browser.say(f"Hello {n}"))["ticket_id"] for n in range(4)][::-1]
    await desk.call("PATCH", f"{ids[0]}/", {"status": "resolved"})
    asked = [
        {"limit": limit, "offset": offset} | ({"status": status} if status else {})
        for limit, offset, status in product((1, 3), (0, 1), ("", "new", "resolved"))
    ]
    of_status = {"": ids, "new": ids[1:], "resolved": ids[:1]}

    for parameters in [*asked, *asked[::-1]]:
        first, status = int(parameters["offset"]), str(parameters.get("status", ""))
        expected = of_status[status][first : first + int(parameters["limit"])]
        answer = await browser.get("tickets", **parameters)
        assert [each["id"] for each in answer.json()["results"]] == expected, parameters
        tag = {"If-None-Match": answer.headers["etag"]}
        assert (await browser.get("tickets", headers=tag, **parameters)).status_code == 304


async def test_no_header_changes_what_a_widget_is_remembered_by(desk: Desk) -> None:
    browser = Browser(desk)
    ticket = (await browser.say("Hello"))["ticket_id"]
    hostile = {
        "X-Forwarded-Host": "evil.example",
        "X-Original-URL": "/api/conversations/v1/widget/tickets?limit=1",
        "X-HTTP-Method-Override": "POST",
        "Accept-Language": "zanzibar",
        "Cookie": "widget_session_id=zanzibar",
    }
    for path in ("tickets", f"messages/{ticket}"):
        poisoned = await browser.get(path, headers=hostile)
        after = await browser.get(path)
        assert (poisoned.status_code, poisoned.content) == (200, after.content)
        assert poisoned.headers["etag"] == after.headers["etag"]


async def test_what_customers_and_teammates_are_sent_is_stored_nowhere(desk: Desk) -> None:
    browser = Browser(desk)
    ticket = (await browser.say("Hello"))["ticket_id"]

    answers = [
        await browser.get("tickets"),
        await browser.get(f"messages/{ticket}"),
        await browser.post(f"messages/{ticket}/read"),
        await desk.client.post(f"{WIDGET}message", json={}),
        await desk.call("GET", "1/"),
        await desk.call("GET", desk.url),
    ]

    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
