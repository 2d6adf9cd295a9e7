"""Whose a ticket is: the predicate's truth table, and that every answer follows it."""

from typing import Any

import pytest
from msgspec import Struct

from rejoinder.channels.widget import queries
from rejoinder.channels.widget.rules.ownership import owns
from rejoinder.channels.widget.types import Viewer
from rejoinder.db.pool import Database
from rejoinder.events.event import Actor
from rejoinder.ids import new_id
from rejoinder.people.commands import upsert
from rejoinder.tickets.commands import life
from rejoinder.tickets.types import ChannelSource, NewTicket
from tests.builders import Desk
from tests.channels.widget.browser import Browser, a_session, identified
from tests.eventually import eventually

S1, S2 = a_session(), a_session()


class Owned(Struct, frozen=True, kw_only=True):
    channel_source: ChannelSource = "widget"
    distinct_id: str = ""
    widget_session_id: str = ""
    identity_verified: bool | None = None
    email_from: str | None = None


NOBODY = Viewer()
SESSION = Viewer(session_id=S1)
ADA = Viewer(distinct_id="ada", distinct_ids=frozenset({"ada", "ada-phone"}))
BOTH = Viewer(session_id=S1, distinct_id="ada", distinct_ids=frozenset({"ada", "ada-phone"}))
MAIL = Viewer(distinct_id="eve", distinct_ids=frozenset({"eve"}), email="ada@example.com")
VIEWERS = {"nobody": NOBODY, "session": SESSION, "ada": ADA, "both": BOTH, "mail": MAIL}

TRUTH: list[tuple[Owned, str]] = [
    (Owned(), ""),
    (Owned(widget_session_id=S1), "session both"),
    (Owned(widget_session_id=S1, identity_verified=False), "session both"),
    (Owned(widget_session_id=S2), ""),
    # A claimed distinct id is no proof, whoever claims it; who proved it sees the ticket.
    (Owned(distinct_id="ada"), "ada both"),
    (Owned(distinct_id="ada", identity_verified=True), "ada both"),
    (Owned(distinct_id="ada-phone"), "ada both"),
    (Owned(distinct_id="ada", widget_session_id=S2), "ada both"),
    (Owned(distinct_id="bob", widget_session_id=S1), "session both"),
    (Owned(distinct_id="bob", identity_verified=True), ""),
    # An address opens what was proven to come from it, by mail; its mention opens nothing.
    (Owned(channel_source="email", email_from="Ada@Example.com", identity_verified=True), "mail"),
    (Owned(channel_source="email", email_from="ada@example.com", identity_verified=False), ""),
    (Owned(channel_source="email", email_from="ada@example.com", identity_verified=None), ""),
    (Owned(channel_source="email", email_from="bob@example.com", identity_verified=True), ""),
    (Owned(channel_source="slack", email_from="ada@example.com", identity_verified=True), ""),
    (Owned(email_from="ada@example.com", identity_verified=True), ""),
]


@pytest.mark.parametrize(("ticket", "allowed"), TRUTH)
def test_the_truth_table(ticket: Owned, allowed: str) -> None:
    assert [name for name, viewer in VIEWERS.items() if owns(viewer, ticket)] == allowed.split()


def test_no_two_viewers_are_remembered_as_one() -> None:
    names = ("ada", f"ada\n{S1}", f"ada\n{S1}\n", f"{S1}\n", S1)
    viewers = [Viewer(session_id=S1), Viewer(session_id=S2)] + [
        Viewer(distinct_id=name, session_id=session, email=email)
        for name in names
        for session in ("", S1)
        for email in ("", f"{S1}\n", "a@example.com")
    ]

    assert len({viewer.key for viewer in viewers}) == len(viewers)


async def test_the_list_holds_exactly_what_the_predicate_allows(
    desk: Desk, database: Database
) -> None:
    async with desk.work.begin(Actor(desk.project.id, "system", "test")) as tx:
        made = [(await life.create(tx, a_new(owned)), owned) for owned, _ in TRUTH]

    for viewer in VIEWERS.values():
        listed = await queries.tickets_of_viewer(database, desk.project.id, viewer, None, 100, 0)
        expected = {ticket.id for ticket, owned in made if owns(viewer, owned)}
        assert {ticket.id for ticket in listed} == expected
        assert await queries.count_of_viewer(database, desk.project.id, viewer, None) == len(
            expected
        )


def a_new(owned: Owned) -> NewTicket:
    fields: dict[str, Any] = {name: getattr(owned, name) for name in owned.__struct_fields__}
    return NewTicket(
        id=new_id(),
        channel_detail=None,
        status="new",
        priority=None,
        assignee=None,
        anonymous_traits={"email": "ada@example.com"},
        ai_resolved=False,
        escalation_reason=None,
        sla_due_at=None,
        snoozed_until=None,
        tags=[],
        email_subject=None,
        **fields,
    )


async def test_a_stranger_is_refused_everywhere(browser: Browser) -> None:
    ticket = (await browser.say("Mine"))["ticket_id"]
    stranger = Browser(browser.desk)

    answers = [
        await stranger.get(f"messages/{ticket}"),
        await stranger.post(f"messages/{ticket}/read"),
        await stranger.get("stream", ticket_id=ticket),
    ]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert [answer.json() for answer in answers] == [{"error": "Forbidden"}] * 3
    assert await stranger.tickets() == []


async def test_another_projects_widget_finds_nothing(browser: Browser, other_desk: Desk) -> None:
    ticket = (await browser.say("Mine"))["ticket_id"]
    elsewhere = Browser(other_desk, browser.session)

    answer = await elsewhere.get(f"messages/{ticket}")

    assert (answer.status_code, answer.json()) == (404, {"error": "Ticket not found"})
    assert await elsewhere.tickets() == []


async def test_an_identity_sees_its_tickets_in_any_browser(desk: Desk) -> None:
    ticket = (await identified(desk, "ada").say("One"))["ticket_id"]

    assert await identified(desk, "ada").tickets() == [ticket]
    assert await identified(desk, "bob").tickets() == []


async def test_an_identity_also_sees_what_its_browser_opened_anonymously(desk: Desk) -> None:
    anonymous = Browser(desk)
    before = (await anonymous.say("Before logging in", distinct_id="guest"))["ticket_id"]
    both = identified(desk, "ada", session=anonymous.session)
    after = (await both.say("After"))["ticket_id"]

    assert await both.tickets() == [after, before]
    assert await identified(desk, "ada").tickets() == [after]
    assert await anonymous.tickets() == [before]


async def test_an_address_in_the_traits_opens_nothing(desk: Desk) -> None:
    traits = {"email": "ada@example.com"}
    await Browser(desk).say("One", traits=traits, distinct_id="ada")

    stranger = Browser(desk)
    await stranger.say("Two", traits=traits, distinct_id="ada")

    assert len(await stranger.tickets()) == 1


async def test_an_identity_sees_the_tickets_of_its_whole_person(desk: Desk) -> None:
    ada = identified(desk, "ada")
    first = (await Browser(desk).say("One", distinct_id="ada-phone"))["ticket_id"]
    assert await ada.tickets() == []

    async with desk.work.begin(Actor(desk.project.id, "system", "test")) as tx:
        await upsert(tx, ["ada", "ada-phone"])

    await eventually(ada.tickets, [first])
    assert await ada.texts(first) == ["One"]


async def test_a_forged_identity_is_forbidden(desk: Desk) -> None:
    ada = identified(desk, "ada")
    forged = Browser(desk, identity=ada.identity | {"identity_distinct_id": "Ada"})
    upper = Browser(desk, identity=ada.identity | {"identity_hash": "A" * 64})

    for browser in (forged, upper):
        answer = await browser.get("tickets")
        said = await browser.post("message", message="Hi", distinct_id="ada")
        assert (answer.status_code, answer.json()) == (403, {"error": "Forbidden"})
        assert (said.status_code, said.json()) == (403, {"error": "Forbidden"})


async def test_a_rotated_secret_keeps_proving_until_it_is_deleted(desk: Desk) -> None:
    ada = identified(desk, "ada")
    ticket = (await ada.say("One"))["ticket_id"]

    await desk.call("POST", f"{desk.url}rotate_secret_token/")
    during = await ada.tickets()
    await desk.call("POST", f"{desk.url}delete_secret_token_backup/")
    after = await ada.get("tickets")

    assert during == [ticket]
    assert after.status_code == 403
