"""Who is told of what in the inbox."""

import asyncio

import pytest

from rejoinder.db.sql import Statement
from tests.builders import Desk
from tests.channels.widget.browser import Browser
from tests.notifications.team import a_teammate, assign, mentioning, note, settled
from tests.tickets.log import events_of
from tests.web.app import envelope

FIELDS = [
    "id", "kind", "ticket_id", "ticket_number", "message_id", "text", "actor_name", "created_at",
    "read_at",
]  # fmt: skip


async def test_a_mention_in_a_note_reaches_who_is_mentioned(desk: Desk) -> None:
    ben = await a_teammate(desk)
    ticket = await desk.a_ticket()

    note_id = await note(desk, ticket["id"], mentioning(ben.user, text="Can you help? " * 20))

    page = await ben.notifications()
    (mention,) = page["results"]
    assert list(mention) == FIELDS
    assert (mention["kind"], mention["ticket_number"]) == ("mention", ticket["ticket_number"])
    assert (mention["ticket_id"], mention["message_id"]) == (ticket["id"], note_id)
    assert mention["text"] == ("Can you help? " * 20)[:160]
    assert (mention["actor_name"], mention["read_at"]) == (desk.ada.email, None)
    assert (page["next"], page["unread_count"]) == (None, 1)
    created = (await events_of(desk))[-1]
    assert created["type"] == "notification.created"
    assert (created["user_id"], created["kind"]) == (ben.user.id, "mention")
    assert created["ticket_id"] is None


async def test_nobody_is_told_of_what_they_did_themselves(desk: Desk) -> None:
    ada = await a_teammate(desk)
    ticket = (await desk.a_ticket())["id"]
    to_herself = {"assignee": {"type": "user", "id": ada.user.id}}

    await ada.call("POST", f"{desk.tickets}{ticket}/notes/", mentioning(ada.user))
    await ada.call("PATCH", f"{desk.tickets}{ticket}/", to_herself)

    assert await ada.kinds() == []


async def test_only_members_can_be_mentioned_and_each_once(desk: Desk) -> None:
    ben = await a_teammate(desk)
    ticket = (await desk.a_ticket())["id"]

    body = mentioning(str(ben.user.id), ben.user, 999_999, "nobody", -1, "9" * 5_000, "")
    await note(desk, ticket, body)

    assert await ben.kinds() == ["mention"]
    created = [each for each in await events_of(desk) if each["type"] == "notification.created"]
    assert [each["user_id"] for each in created] == [ben.user.id]


async def test_an_edit_tells_only_those_whom_it_adds(desk: Desk) -> None:
    ben, cleo = await a_teammate(desk), await a_teammate(desk)
    ticket = (await desk.a_ticket())["id"]
    note_id = await note(desk, ticket, mentioning(ben.user))
    await settled(desk)

    edited = await desk.call(
        "PATCH", f"{ticket}/notes/{note_id}/", mentioning(ben.user, cleo.user, text="Both!")
    )

    assert edited.status_code == 200, edited.text
    assert (await ben.kinds(), await cleo.kinds()) == (["mention"], ["mention"])


async def test_a_deleted_note_says_nothing_any_more(desk: Desk) -> None:
    ben = await a_teammate(desk)
    ticket = (await desk.a_ticket())["id"]
    note_id = await note(desk, ticket, mentioning(ben.user))
    await settled(desk)

    await desk.call("DELETE", f"{ticket}/notes/{note_id}/")

    assert [each["text"] for each in (await ben.notifications())["results"]] == [""]


async def test_an_assignment_reaches_the_user_who_has_the_ticket_now(desk: Desk) -> None:
    ben = await a_teammate(desk)
    ticket = await desk.a_ticket(message="My order is lost")
    role = await desk.a_role()
    await settled(desk)
    await assign(desk, ticket["id"], ben.user)

    (assigned,) = (await ben.notifications())["results"]
    await desk.call("PATCH", f"{ticket['id']}/", {"assignee": {"type": "role", "id": str(role.id)}})

    assert (assigned["kind"], assigned["message_id"]) == ("assigned", None)
    assert assigned["text"] == "My order is lost"
    assert await ben.kinds() == ["assigned"]


async def test_a_customers_messages_are_one_notification_until_it_is_read(desk: Desk) -> None:
    ben = await a_teammate(desk)
    browser = Browser(desk)
    ticket = (await browser.say("Hello?", traits={"name": "Cleo"}))["ticket_id"]
    await assign(desk, ticket, ben.user)
    await settled(desk)

    for text in ("Anybody?", "Still there?"):
        await browser.say(text, ticket)
        await settled(desk)
    reply, _ = (await ben.notifications())["results"]
    left = await ben.read(ids=[reply["id"]])
    await browser.say("Thanks", ticket)
    kinds = await ben.kinds()

    assert (reply["kind"], reply["text"], reply["actor_name"]) == ("reply", "Still there?", "Cleo")
    assert left == 1
    assert kinds == ["reply", "reply", "assigned"]


async def test_messages_of_an_unassigned_ticket_concern_nobody(desk: Desk) -> None:
    ben = await a_teammate(desk)
    await Browser(desk).say("Hello?")

    assert await ben.kinds() == []


async def test_a_reaction_that_runs_again_tells_nobody_again(desk: Desk) -> None:
    ben = await a_teammate(desk)
    browser = Browser(desk)
    ticket = (await browser.say("Hello?"))["ticket_id"]
    await assign(desk, ticket, ben.user)
    await settled(desk)
    await browser.say("Anybody?", ticket)
    await note(desk, ticket, mentioning(ben.user))
    before = await ben.notifications()
    await ben.read(all=True)

    again = Statement(
        "INSERT INTO jobs (name, payload) SELECT 'notifications.notify', jsonb_build_object("
        "'project_id', project_id, 'event_id', id, 'type', type, 'ticket_id', ticket_id,"
        "'cause', null, 'depth', 0) FROM events WHERE project_id = $1 AND ticket_id IS NOT NULL"
    )
    await desk.work.database.run(again, desk.project.id)
    after = await ben.notifications()

    assert [each["id"] for each in after["results"]] == [each["id"] for each in before["results"]]
    assert after["unread_count"] == 0


async def test_a_teammate_reads_their_own_notifications(desk: Desk) -> None:
    ben, cleo = await a_teammate(desk), await a_teammate(desk)
    tickets = [(await desk.a_ticket())["id"] for _ in range(4)]
    for ticket in tickets:
        await note(desk, ticket, mentioning(ben.user, cleo.user))
    results = (await ben.notifications())["results"]

    by_id = await ben.read(ids=[results[0]["id"]])
    unread = (await ben.notifications(unread="true"))["results"]
    by_ticket = await ben.read(ticket=results[1]["ticket_id"])
    others = await cleo.read(ids=[results[2]["id"]])
    left = await ben.read(all=True)

    assert (by_id, by_ticket, others, left) == (3, 2, 4, 0)
    assert [each["id"] for each in unread] == [each["id"] for each in results[1:]]
    assert (await cleo.notifications())["unread_count"] == 4
    read = [each for each in await events_of(desk) if each["type"] == "notification.read"]
    assert [(each["user_id"], each["count"]) for each in read] == [(ben.user.id, 1)] * 2 + [
        (ben.user.id, 2)
    ]


async def test_pages_of_notifications_follow_each_other(desk: Desk) -> None:
    ben = await a_teammate(desk)
    for _ in range(5):
        await note(desk, (await desk.a_ticket())["id"], mentioning(ben.user))
    everything = (await ben.notifications())["results"]

    page = await ben.notifications(limit=2)
    seen = page["results"]
    while page["next"]:
        page = await ben.call("GET", page["next"].removeprefix("https://desk.example.org"))
        seen += page["results"]

    assert seen == everything
    assert len(seen) == 5


async def test_the_notifications_of_a_deleted_ticket_wait_until_it_is_back(desk: Desk) -> None:
    ben = await a_teammate(desk)
    ticket = (await desk.a_ticket())["id"]
    await note(desk, ticket, mentioning(ben.user))
    await settled(desk)

    await desk.call("DELETE", f"{ticket}/")
    gone = await ben.notifications()
    await desk.call("POST", f"{ticket}/restore_deleted/")

    assert (gone["results"], gone["unread_count"]) == ([], 0)
    assert await ben.kinds() == ["mention"]


@pytest.mark.parametrize(
    "body",
    [{}, {"all": False}, {"all": True, "ids": ["0198a5c0-0000-7000-8000-000000000000"]}],
)
async def test_what_is_read_is_said_in_one_way(desk: Desk, body: object) -> None:
    refused = await desk.call("POST", f"{desk.url}notifications/read/", body)

    expected = envelope(
        "validation_error", "invalid_input", "Give one of `ids`, `ticket` and `all`."
    )
    assert (refused.status_code, refused.json()) == (400, expected)


@pytest.mark.parametrize("body", [{"ids": []}, {"ids": ["x"]}, {"ticket": 1}, {"all": "yes"}])
async def test_a_bad_body_is_refused(desk: Desk, body: object) -> None:
    assert (await desk.call("POST", f"{desk.url}notifications/read/", body)).status_code == 400


async def test_two_who_mark_everything_at_once_do_not_wait_for_each_other(desk: Desk) -> None:
    ben = await a_teammate(desk)
    for _ in range(10):
        await note(desk, (await desk.a_ticket())["id"], mentioning(ben.user))
    await settled(desk)

    assert await asyncio.gather(*(ben.read(all=True) for _ in range(8))) == [0] * 8
