"""Files that customers send, and those they are sent."""

from time import time
from typing import Any

import httpx
import pytest

from tests.builders import Desk
from tests.channels.widget.browser import WIDGET, Browser, configure, identified
from tests.messages.attachments.uploading import PNG, an_attachment, image


async def upload(browser: Browser, name: str = "shot.png", **options: Any) -> httpx.Response:
    headers = {
        "X-Conversations-Token": browser.desk.project.widget_public_token,
        "Origin": browser.origin,
    }
    return await browser.desk.client.post(
        WIDGET + "attachments",
        params=browser.credentials,
        headers=headers | options.pop("headers", {}),
        files={"file": (name, options.pop("content", PNG))},
    )


async def uploaded(browser: Browser, **options: Any) -> dict[str, Any]:
    answer = await upload(browser, **options)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def refused(browser: Browser, ids: list[str], ticket: str | None = None) -> httpx.Response:
    fields = {"distinct_id": "anonymous", "message": "Look", "attachment_ids": ids}
    return await browser.post("message", **fields, ticket_id=ticket)


@pytest.fixture
async def shop(browser: Browser) -> Browser:
    """Somebody on a page of a project that takes files."""
    await configure(browser.desk, widget_attachments_enabled=True)
    return browser


async def test_no_project_takes_files_before_it_says_so(browser: Browser) -> None:
    answer = await upload(browser)

    assert (answer.status_code, answer.json()) == (403, {"error": "Attachments are not enabled"})


async def test_a_customer_sends_a_picture_that_the_team_sees(shop: Browser) -> None:
    made = await uploaded(shop)

    said = await shop.say("Look", attachment_ids=[made["id"]])

    (theirs,) = (await shop.thread(said["ticket_id"]))["messages"]
    ours = (await shop.desk.call("GET", f"{said['ticket_id']}/messages/")).json()["results"]
    read = await shop.desk.client.get(made["url"])
    assert theirs["attachments"] == [made]
    assert ours[0]["attachments"] == [made]
    assert (read.status_code, read.content) == (200, PNG)


async def test_a_message_without_files_is_as_the_wire_has_it(shop: Browser) -> None:
    said = await shop.say("Hello")

    (message,) = (await shop.thread(said["ticket_id"]))["messages"]
    assert "attachments" not in message


async def test_a_customer_is_sent_files_and_pictures(shop: Browser) -> None:
    ticket = (await shop.say("Hello"))["ticket_id"]
    first, second = await an_attachment(shop.desk), await an_attachment(shop.desk)
    body = {
        "message": "Here",
        "attachment_ids": [first["id"]],
        "rich_content": image(f"attachment:{second['id']}"),
    }
    await shop.desk.call("POST", f"{ticket}/reply/", body)

    message = (await shop.thread(ticket))["messages"][-1]

    assert message["attachments"] == [first, second]
    assert message["rich_content"] == image(second["url"])


async def test_a_customer_never_sees_the_files_of_notes(shop: Browser) -> None:
    ticket = (await shop.say("Hello"))["ticket_id"]
    made = await an_attachment(shop.desk)
    body = {"message": "Psst", "attachment_ids": [made["id"]]}
    await shop.desk.call("POST", f"{ticket}/notes/", body)

    answer = await shop.get(f"messages/{ticket}")

    assert made["id"] not in answer.text
    assert "/attachments/" not in answer.text


async def test_only_who_uploaded_a_file_sends_it(shop: Browser, desk: Desk) -> None:
    neighbour = Browser(desk)
    ada = identified(desk, "ada")
    theirs = (await uploaded(neighbour))["id"]
    adas = (await uploaded(ada))["id"]
    teams = (await an_attachment(desk))["id"]
    ticket = (await shop.say("Hello"))["ticket_id"]

    answers = [await refused(shop, [wrong], ticket) for wrong in (theirs, adas, teams, "nonsense")]
    sent = await ada.say("Mine", attachment_ids=[adas])

    assert {answer.status_code for answer in answers} == {400}
    assert {tuple(answer.json()["details"]) for answer in answers} == {("attachment_ids",)}
    assert await shop.texts(ticket) == ["Hello"]
    assert sent["message_id"]


async def test_an_upload_needs_what_every_write_needs(shop: Browser, desk: Desk) -> None:
    await configure(desk, widget_domains=["https://shop.example"])
    elsewhere = {"Origin": "https://evil.example"}
    forged = Browser(desk, identity={"identity_distinct_id": "ada", "identity_hash": "0" * 64})
    nobody = Browser(desk, has_session=False)

    statuses = [
        (await upload(shop)).status_code,
        (await upload(shop, headers=elsewhere)).status_code,
        (await upload(shop, headers={"X-Conversations-Token": "wrong"})).status_code,
        (await upload(forged)).status_code,
        (await upload(nobody)).status_code,
        (await upload(shop, content=b"")).status_code,
    ]

    assert statuses == [201, 403, 403, 403, 400, 400]


async def test_a_page_is_another_one_when_its_links_were_renewed(
    shop: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = (await shop.say("Hello"))["ticket_id"]
    made = await an_attachment(shop.desk)
    body = {"message": "Here", "attachment_ids": [made["id"]]}
    await shop.desk.call("POST", f"{ticket}/reply/", body)
    first = await shop.get(f"messages/{ticket}")
    etag = {"If-None-Match": first.headers["etag"]}

    same = await shop.get(f"messages/{ticket}", headers=etag)
    transport: Any = shop.desk.client._transport  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  the way to its clock
    monkeypatch.setattr(transport.app.app.state["links"], "_clock", lambda: time() + 3600)
    later = await shop.get(f"messages/{ticket}", headers=etag)

    assert (first.status_code, same.status_code, later.status_code) == (200, 304, 200)
    assert first.json()["messages"][1]["content"] == later.json()["messages"][1]["content"]
    assert first.text != later.text
