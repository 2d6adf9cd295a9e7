"""What must hold whatever happens at once: nothing skipped, nothing private shown or logged."""

import asyncio
import logging
from collections import Counter
from datetime import datetime

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
