"""What must hold whatever happens at once: nothing skipped, nothing private shown or logged."""

import asyncio
import logging
from collections import Counter
from datetime import datetime
from typing import Any

import pytest
import structlog

from rejoinder.db.pool import Database
from rejoinder.tickets import queries
from tests.builders import Desk
from tests.channels.widget.browser import Browser, identified, note, reply

WRITERS, MESSAGES = 16, 6


async def test_pollers_see_each_message_exactly_once(
    desk: Desk, browser: Browser, other_process: Desk, database: Database
) -> None:
    """Sixteen writers on one ticket, customers and teammates, through two processes."""
    first = await browser.say("first")
    ticket = first["ticket_id"]
    done = asyncio.Event()

    async def write(number: int) -> None:
        there = desk if number % 2 else other_process
        for index in range(MESSAGES):
            text = f"{number}-{index}"
            if number % 4 < 2:
                await Browser(there, browser.session).say(text, ticket)
            else:
                await reply(there, ticket, text)

    async def poll(there: Desk) -> list[str]:
        """Stops when it has looked once more after the last writer had ended, and found nothing."""
        poller, seen, after = Browser(there, browser.session), ["first"], first["created_at"]
        while True:
            was_done = done.is_set()
            thread = await poller.thread(ticket, after=after, limit=7)
            seen += [message["content"] for message in thread["messages"]]
            if thread["messages"]:
                after = thread["messages"][-1]["created_at"]
            elif was_done and len(seen) > WRITERS * MESSAGES:
                return seen
            await asyncio.sleep(0)

    async with asyncio.timeout(60):
        polling = [asyncio.create_task(poll(there)) for there in (desk, other_process, desk)]
        await asyncio.gather(*(write(number) for number in range(WRITERS)))
        done.set()
        seen = await asyncio.gather(*polling)

    written = ["first", *(f"{w}-{index}" for w in range(WRITERS) for index in range(MESSAGES))]
    for texts in seen:
        assert Counter(texts) == Counter(written)
    whole = await browser.thread(ticket)
    times = [datetime.fromisoformat(message["created_at"]) for message in whole["messages"]]
    by_team = sum(message["author_type"] != "customer" for message in whole["messages"])
    row = (await desk.call("GET", "1/")).json()
    assert [message["content"] for message in whole["messages"]] == seen[0]
    assert times == sorted(set(times))
    assert (row["message_count"], whole["unread_count"]) == (len(written), by_team)
    assert await queries.drifts(database, desk.project.id) == []


async def test_a_note_is_seen_nowhere(
    desk: Desk, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "zanzibar-4711"
    ticket = (await browser.say("One"))["ticket_id"]
    written = await note(desk, ticket, secret)
    await note(desk, ticket, f"{secret} again")
    await desk.call("PATCH", f"{ticket}/notes/{written['id']}/", {"message": f"{secret} edited"})
    await reply(desk, ticket)

    answers = [
        await browser.get(f"messages/{ticket}"),
        await browser.get(f"messages/{ticket}", after="2020-01-01T00:00:00Z"),
        await browser.get("tickets"),
        await browser.post(f"messages/{ticket}/read"),
        await browser.post("message", message="Two", distinct_id="d", ticket_id=ticket),
    ]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert not any(secret in answer.text for answer in answers)
    assert len(answers[0].json()["messages"]) == 2
    assert secret not in capsys.readouterr().out


async def test_the_secrets_api_tells_of_a_note_only_that_nothing_is_public(
    desk: Desk, browser: Browser
) -> None:
    ticket = (await browser.say("One"))["ticket_id"]
    before = await by_secret(desk, ticket)
    await note(desk, ticket, "zanzibar-4711")

    after = await by_secret(desk, ticket)

    assert "zanzibar" not in str(after)
    assert {name for name in after if before[name] != after[name]} <= {"updated_at"}


async def by_secret(desk: Desk, ticket: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {desk.project.secret_api_token}"}
    answer = await desk.client.get(f"/api/conversations/external/ticket/{ticket}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    "private", ["true", "True", "TRUE", "1", 1, "yes", "on", "private", 2, [True], {"a": 1}, None]
)
async def test_what_may_be_meant_to_be_private_is_never_public(
    desk: Desk, browser: Browser, private: object
) -> None:
    """What is no yes and no no is refused, rather than shown to the customer."""
    ticket = (await browser.say("One"))["ticket_id"]
    ways: list[tuple[str, dict[str, object]]] = [
        (f"{ticket}/reply/", {"message": "psst", "is_private": private}),
        (
            desk.comments,
            {
                "content": "psst",
                "scope": "conversations_ticket",
                "item_id": ticket,
                "item_context": {"is_private": private},
            },
        ),
    ]

    answers = [await desk.call("POST", path, body) for path, body in ways]

    assert {answer.status_code for answer in answers} <= {200, 201, 400}
    assert await browser.texts(ticket) == ["One"]


async def test_credentials_never_reach_a_log(
    desk: Desk, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    # Our own client in this test, not the server.
    caplog.set_level(logging.WARNING, "httpx")
    browser = identified(desk, "ada-from-the-log", session=Browser(desk).session)

    with structlog.testing.capture_logs() as lines:
        ticket = (await browser.say("One"))["ticket_id"]
        await browser.thread(ticket)
        await browser.get("tickets", limit="x")
        await browser.get("nowhere")
        await Browser(desk).get(f"messages/{ticket}")
        await browser.post("restore", restore_token="t" * 43)

    written = capsys.readouterr()
    told = written.out + written.err + caplog.text + repr(lines)
    for secret in (browser.session, *browser.identity.values(), ticket, "t" * 43):
        assert secret not in told
