"""Composing: a ticket that the team begins, by mail or in the widget."""

import asyncio
from typing import Any

import pytest

from rejoinder.db.sql import Statement
from tests.browser.mailbox import Mailbox
from tests.builders import Desk
from tests.tickets.log import types_of

AGES = Statement(
    "UPDATE messages SET created_at = created_at - interval '3 minutes' WHERE project_id = $1"
)
BY_MAIL: dict[str, Any] = {
    "recipient_email": "cleo@example.com",
    "message": "Your parcel is here.",
    "email_subject": "Parcel",
    "tags": ["Parcels"],
}


async def configs(desk: Desk) -> list[dict[str, Any]]:
    return (await desk.call("GET", f"{desk.url}conversations/email_configs/")).json()["results"]


async def a_person(desk: Desk, **properties: object) -> None:
    body = {"distinct_id": "cleo", "properties": properties}
    assert (await desk.call("POST", desk.persons, body)).status_code == 201


async def test_a_ticket_by_mail_is_open_and_says_whose_it_is(office: Desk) -> None:
    answer = await office.call("POST", "compose/", BY_MAIL)

    ticket = (await office.call("GET", "1/")).json()
    assert answer.status_code == 201
    assert answer.json() == {"id": ticket["id"], "ticket_number": 1}
    expected = {
        "channel_source": "email",
        "status": "open",
        "anonymous_traits": {"email": "cleo@example.com"},
        "identity_verified": None,
        "email_subject": "Parcel",
        "email_from": "cleo@example.com",
        "tags": ["parcels"],
        "message_count": 1,
        "unread_team_count": 0,
        "unread_customer_count": 1,
    }
    assert {name: ticket[name] for name in expected} == expected
    (message,) = (await office.call("GET", "1/messages/")).json()["results"]
    assert (message["author_type"], message["content"]) == ("human", BY_MAIL["message"])
    assert await types_of(office) == ["ticket.created", "message.sent"]


async def test_the_message_is_mailed(office: Desk, mailbox: Mailbox) -> None:
    await office.call("POST", "compose/", BY_MAIL)

    mail = await mailbox.next()

    assert (mail["To"], mail["Subject"]) == ("cleo@example.com", "Parcel")
    assert mail.get_content().strip() == "Your parcel is here."


async def test_the_same_within_two_minutes_is_the_same_ticket(office: Desk) -> None:
    first = await office.call("POST", "compose/", BY_MAIL)

    again = await office.call("POST", "compose/", BY_MAIL)
    await office.work.database.run(AGES, office.project.id)
    later = await office.call("POST", "compose/", BY_MAIL)

    assert (again.status_code, again.json()) == (200, first.json())
    assert (later.status_code, later.json()["ticket_number"]) == (201, 2)


async def test_of_two_at_once_one_composes(office: Desk) -> None:
    both = await asyncio.gather(*(office.call("POST", "compose/", BY_MAIL) for _ in range(2)))

    assert sorted(answer.status_code for answer in both) in ([201, 409], [200, 201])
    refused = [answer.json() for answer in both if answer.status_code == 409]
    assert {each["error_type"] for each in refused} <= {"compose_in_progress"}
    assert len(await office.listed()) == 1


async def test_a_person_gets_mail_at_the_address_on_file_only(office: Desk) -> None:
    await a_person(office, email="Cleo@Example.com")
    wanted = {**BY_MAIL, "recipient_distinct_id": "cleo"}

    right = await office.call("POST", "compose/", wanted)
    wrong = await office.call("POST", "compose/", {**wanted, "recipient_email": "eve@example.com"})

    assert right.status_code == 201
    assert (await office.call("GET", "1/")).json()["person"]["distinct_ids"] == ["cleo"]
    assert (wrong.status_code, wrong.json()["error_type"]) == (400, "recipient_mismatch")


async def test_the_project_has_one_configuration(office: Desk) -> None:
    (config,) = await configs(office)
    other = {**BY_MAIL, "email_config_id": "018f3b6e-1c2d-7a4b-9e8f-0123456789ab"}

    named = await office.call("POST", "compose/", {**BY_MAIL, "email_config_id": config["id"]})
    unknown = await office.call("POST", "compose/", other)

    assert (config["from_email"], config["is_default"]) == ("support@example.org", True)
    assert named.status_code == 201
    assert (unknown.status_code, unknown.json()["error_type"]) == (400, "email_config_not_found")


async def test_without_a_server_there_is_no_mail(desk: Desk) -> None:
    answer = await desk.call("POST", "compose/", BY_MAIL)

    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": "The email channel is not enabled.", "error_type": "email_not_enabled"},
    )
    assert await configs(desk) == []


async def test_a_known_person_is_written_to_in_the_widget(desk: Desk) -> None:
    await a_person(desk, name="Cleo")

    answer = await desk.call(
        "POST", "compose/", {"recipient_distinct_id": "cleo", "message": "Hello"}
    )

    ticket = (await desk.call("GET", f"{answer.json()['id']}/")).json()
    assert answer.status_code == 201
    assert (ticket["channel_source"], ticket["status"]) == ("widget", "open")
    assert (ticket["distinct_id"], ticket["person"]["name"]) == ("cleo", "Cleo")
    assert ticket["unread_customer_count"] == 1


@pytest.mark.parametrize(
    ("fields", "attr"),
    [
        ({}, "recipient_email"),
        ({"recipient_distinct_id": "nobody"}, "recipient_distinct_id"),
        ({"recipient_email": "cleo"}, "recipient_email"),
        ({"recipient_email": "cleo@example.com\r\nBcc: eve@example.com"}, "recipient_email"),
        ({"recipient_email": "cleo@example.com, eve@example.com"}, "recipient_email"),
        ({"recipient_email": "cleo@example.com", "message": " "}, "message"),
        ({"recipient_email": "cleo@example.com", "email_config_id": "x"}, "email_config_id"),
        ({"recipient_email": "cleo@example.com", "email_subject": "x" * 501}, "email_subject"),
        ({"recipient_email": "cleo@example.com", "tags": ["x" * 256]}, "tags"),
        ({"recipient_email": "cleo@example.com", "rich_content": {"type": "x"}}, "rich_content"),
    ],
)
async def test_what_cannot_be_composed_is_refused_by_name(
    desk: Desk, fields: dict[str, Any], attr: str
) -> None:
    answer = await desk.call("POST", "compose/", {"message": "Hello", **fields})

    assert (answer.status_code, answer.json()["attr"]) == (400, attr)


async def test_nothing_is_composed_where_conversations_are_switched_off(desk: Desk) -> None:
    await desk.set(enabled=False)

    answer = await desk.call("POST", "compose/", BY_MAIL)

    assert (answer.status_code, answer.json()) == (400, {"detail": "Support is not enabled."})


async def test_a_viewer_composes_nothing(desk: Desk) -> None:
    key = await desk.a_key("*", user=await desk.a_user("viewer"))

    answer = await desk.call("POST", "compose/", BY_MAIL, key=key)

    assert answer.status_code == 403
