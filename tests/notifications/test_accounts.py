"""Links that let somebody in, from the request to the mail and back."""

import re
from email.message import EmailMessage

from tests.notifications.conftest import Office


def link_in(mail: EmailMessage) -> str:
    (link,) = re.findall(r"https://desk\.example\.org/\S+", mail.get_content())
    return link


async def test_an_invite_is_mailed_with_a_link_that_works(office: Office) -> None:
    desk = office.desk
    path = f"/api/organizations/{desk.organization_id}/"
    await desk.call("PATCH", path, {"name": "Acme\n\nhttps://evil.example"})
    await desk.call("POST", path + "invites/", {"email": "cleo@example.com"})

    mail = await office.mailbox.next()
    token = link_in(mail).removeprefix("https://desk.example.org/invites/")
    shown = await desk.client.get(f"/api/invites/{token}/")

    assert (mail["To"], mail["Subject"]) == ("cleo@example.com", "You are invited")
    assert "customers together at Acme https://evil.example." in mail.get_content()
    assert shown.json()["email"] == "cleo@example.com"


async def test_a_new_password_is_chosen_with_a_mailed_link(office: Office) -> None:
    desk = office.desk
    await desk.client.post("/api/password_reset/", json={"email": desk.ada.email})

    mail = await office.mailbox.next()
    token = link_in(mail).removeprefix("https://desk.example.org/reset-password#")
    confirmed = await desk.client.post(
        "/api/password_reset/confirm/", json={"token": token, "password": "open sesame"}
    )

    assert mail["To"] == desk.ada.email
    assert confirmed.json()["email"] == desk.ada.email
