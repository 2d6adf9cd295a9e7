"""Whatever team and customer do, in whatever order: API, model and a recount agree."""

import asyncio
import os
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final, TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from msgspec import Struct

from rejoinder.db.sql import Statement
from rejoinder.events.work import Work
from rejoinder.tickets.queries import drifts
from rejoinder.tickets.types import STATUSES
from tests.builders import Desk, a_desk
from tests.channels.widget.browser import Browser, configure
from tests.messages.model import Conversation, Said, for_the_customer, for_the_team, parts

T = TypeVar("T")

# The long form looks for what the usual run has no time to find.
LONG: Final = os.environ.get("REJOINDER_TEST_LONG") == "1"
EFFORT: Final = settings(
    max_examples=2_000 if LONG else 30,
    stateful_step_count=50 if LONG else 30,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow],
)
TAILS: Final = st.sampled_from(["", " in the café", " x" * 300])

RECOUNT: Final = Statement("""
    SELECT t.id, count(m.id), max(m.created_at),
        (array_agg(m.content ORDER BY m.created_at DESC))[1]
    FROM tickets t
    LEFT JOIN messages m ON m.project_id = t.project_id AND m.ticket_id = t.id
        AND NOT m.is_private AND m.deleted_at IS NULL
    WHERE t.project_id = $1 AND t.deleted_at IS NULL
    GROUP BY t.id
""")


class Recounted(Struct, frozen=True):
    id: UUID
    messages: int
    last_at: datetime | None
    last_text: str | None


class Conversations(RuleBasedStateMachine):
    """One project, one customer with one browser, and Ada of the team."""

    tickets = Bundle[Conversation]("tickets")
    written = Bundle[Said]("written")

    def __init__(self, work: Work, desk: Desk, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self.loop = loop
        self.desk = self.wait(a_desk(work, desk.client))
        role = self.wait(self.desk.a_role())
        self.assignees: dict[str, object] = {"user": self.desk.ada.id, "role": str(role.id)}
        self.customer = Browser(self.desk)
        self.status_on_reply: str | None = None
        self.conversations: list[Conversation] = []
        self.touched: Conversation | None = None
        self.numbers = count(1)

    @initialize(status=st.sampled_from([None, "pending"]))
    def begin(self, status: str | None) -> None:
        self.status_on_reply = status
        self.wait(configure(self.desk, status_on_team_reply=status))

    @rule(target=tickets, tail=TAILS)
    def customer_opens_a_ticket(self, tail: str) -> Conversation:
        text = self.a_text(tail)
        answer = self.wait(self.customer.say(text))
        self.touched = Conversation(answer["ticket_id"])
        self.touched.add(said_by_customer(self.touched, answer, text))
        self.conversations.append(self.touched)
        return self.touched

    @rule(ticket=tickets, tail=TAILS)
    def customer_writes(self, ticket: Conversation, tail: str) -> None:
        text = self.a_text(tail)
        fields = {"message": text, "ticket_id": ticket.id, "distinct_id": "anonymous"}
        answer = self.asks(ticket, "message", **fields)
        if answer:
            ticket.add(said_by_customer(ticket, answer, text))

    @rule(ticket=tickets)
    def customer_reads(self, ticket: Conversation) -> None:
        if self.asks(ticket, f"messages/{ticket.id}/read"):
            ticket.unread_by_customer = 0

    @rule(target=written, ticket=tickets, tail=TAILS, is_private=st.booleans())
    def team_writes(
        self, ticket: Conversation, tail: str, *, is_private: bool
    ) -> Said | MultipleResults[Said]:
        text = self.a_text(tail)
        path = f"{ticket.id}/{'notes' if is_private else 'reply'}/"
        answer = self.does(ticket, "POST", path, {"message": text})
        if not answer:
            return multiple()
        at = datetime.fromisoformat(answer["created_at"])
        said = Said(ticket, answer["id"], text, at, is_private=is_private)
        return ticket.add(said, status=self.status_on_reply)

    @rule(said=written, tail=TAILS, in_comments=st.booleans())
    def team_edits(self, said: Said, tail: str, *, in_comments: bool) -> None:
        text = self.a_text(tail)
        if in_comments or not said.is_private:
            path, field = f"{self.desk.comments}{said.id}/", "content"
        else:
            path, field = f"{said.conversation.id}/notes/{said.id}/", "message"
        if self.does(said, "PATCH", path, {field: text}):
            said.edit(text)

    @rule(said=written, in_comments=st.booleans())
    def team_deletes(self, said: Said, *, in_comments: bool) -> None:
        if in_comments or not said.is_private:
            done = self.does(said, "PATCH", f"{self.desk.comments}{said.id}/", {"deleted": True})
        else:
            done = self.does(said, "DELETE", f"{said.conversation.id}/notes/{said.id}/")
        if done:
            said.delete()

    @rule(ticket=tickets)
    def team_reads(self, ticket: Conversation) -> None:
        if self.does(ticket, "GET", f"{ticket.id}/"):
            ticket.unread_by_team = 0

    @rule(ticket=tickets, status=st.sampled_from(STATUSES))
    def team_changes_the_status(self, ticket: Conversation, status: str) -> None:
        if self.does(ticket, "PATCH", f"{ticket.id}/", {"status": status}):
            ticket.set_status(status)

    @rule(ticket=tickets, kind=st.sampled_from(["user", "role", None]))
    def team_assigns_the_ticket(self, ticket: Conversation, kind: str | None) -> None:
        assignee = {"type": kind, "id": self.assignees[kind]} if kind else None
        if self.does(ticket, "PATCH", f"{ticket.id}/", {"assignee": assignee}):
            ticket.assignee = assignee

    @rule(ticket=tickets, hours=st.sampled_from([1, 1000, None]))
    def team_snoozes_the_ticket_or_wakes_it(self, ticket: Conversation, hours: int | None) -> None:
        until = None if hours is None else datetime.now(UTC) + timedelta(hours=hours)
        body = {"snoozed_until": until and until.isoformat()}
        if self.does(ticket, "PATCH", f"{ticket.id}/", body):
            ticket.snooze(until)

    @rule(target=tickets, ticket=tickets, data=st.data())
    def team_splits_the_ticket(
        self, ticket: Conversation, data: st.DataObject
    ) -> Conversation | MultipleResults[Conversation]:
        moved = [each for each in ticket.thread if data.draw(st.booleans())]
        body = {"message_ids": [each.id for each in moved]}
        answer = self.wait(self.desk.call("POST", f"{ticket.id}/split/", body))
        self.touched = ticket
        if ticket.is_deleted or not may_be_split(ticket, moved):
            assert answer.status_code == (404 if moved and ticket.is_deleted else 400)
            return multiple()
        assert answer.status_code == 201, answer.text
        new = Conversation(answer.json()["id"], status="open", assignee=ticket.assignee)
        ticket.split(moved, new)
        self.conversations.append(new)
        return new

    @rule(ticket=tickets, into=tickets)
    def team_merges_the_ticket(self, ticket: Conversation, into: Conversation) -> None:
        answer = self.wait(self.desk.call("POST", f"{ticket.id}/merge/", {"into": into.id}))
        self.touched = ticket
        if ticket.is_deleted and into is not ticket and not into.is_deleted:
            assert answer.status_code == 404
        elif ticket.is_deleted or into.is_deleted or into is ticket:
            assert answer.status_code == 400
        elif ticket.merged_into is into:
            assert answer.status_code == 200
        elif ticket.merged_into or into.merged_into:
            assert answer.json()["code"] == "already_merged"
        else:
            ticket.merge(into)
            for part in self.conversations:
                part.merged_into = into if part.merged_into is ticket else part.merged_into

    @rule(ticket=tickets)
    def team_undoes_a_merge(self, ticket: Conversation) -> None:
        if self.does(ticket, "POST", f"{ticket.id}/unmerge/"):
            ticket.unmerge()

    @rule(ticket=tickets)
    def team_deletes_the_ticket_or_restores_it(self, ticket: Conversation) -> None:
        if ticket.is_deleted:
            answer = self.wait(self.desk.call("POST", f"{ticket.id}/restore_deleted/"))
        else:
            answer = self.wait(self.desk.call("DELETE", f"{ticket.id}/"))
        assert answer.is_success, answer.text
        ticket.is_deleted = not ticket.is_deleted
        self.touched = ticket

    @invariant()
    def the_team_sees_every_ticket_as_it_is(self) -> None:
        shown = self.wait(self.desk.call("GET", params={"order_by": "-created_at"})).json()

        expected = list(map(for_the_team, self.visible))
        assert [parts(*pair) for pair in zip(shown["results"], expected, strict=True)] == expected
        unresolved = (each for each in self.visible if each.status != "resolved")
        assert self.wait(self.desk.unread()) == sum(each.unread_by_team for each in unresolved)

    @invariant()
    def the_customer_sees_every_ticket_as_it_is(self) -> None:
        shown = self.wait(self.customer.get("tickets")).json()

        expected = list(map(for_the_customer, self.visible))
        assert [parts(*pair) for pair in zip(shown["results"], expected, strict=True)] == expected

    @invariant()
    def both_read_the_same_thread_but_for_notes(self) -> None:
        ticket = self.touched
        if ticket is None or ticket.is_deleted:
            return
        team = self.wait(self.desk.call("GET", f"{ticket.id}/messages/")).json()["results"]
        customer = self.wait(self.customer.thread(ticket.id))

        assert [(each["id"], each["content"], each["version"]) for each in team] == [
            (each.id, each.text, each.version) for each in ticket.thread
        ]
        assert [(each["id"], each["content"]) for each in customer["messages"]] == [
            (each.id, each.text) for each in ticket.public
        ]
        assert customer["ticket_status"] == ticket.status
        assert customer["unread_count"] == ticket.unread_by_customer

    @invariant()
    def a_recount_finds_the_same(self) -> None:
        database, project_id = self.desk.work.database, self.desk.project.id
        found = self.wait(database.many(Recounted, RECOUNT, project_id))

        assert self.wait(drifts(database, project_id)) == []
        assert {row.id: row for row in found} == {
            (key := UUID(each.id)): Recounted(
                key, len(each.public), each.last and each.last.at, each.last and each.last.text
            )
            for each in self.visible
        }

    @property
    def visible(self) -> list[Conversation]:
        """Newest first."""
        return [each for each in reversed(self.conversations) if not each.is_deleted]

    def a_text(self, tail: str) -> str:
        """Never the same twice: a repeat within two minutes is no message of its own."""
        return f"{next(self.numbers)}{tail}"

    def does(
        self, what: Conversation | Said, method: str, path: str, body: object = None
    ) -> dict[str, Any] | None:
        """The team does something to what is there; the answer, or None when it is gone."""
        return self.settle(what, self.desk.call(method, path, body))

    def asks(self, ticket: Conversation, path: str, **fields: object) -> dict[str, Any] | None:
        """The same for the customer."""
        return self.settle(ticket, self.customer.post(path, **fields))

    def settle(
        self, what: Conversation | Said, request: Coroutine[Any, Any, Any]
    ) -> dict[str, Any] | None:
        self.touched = what.conversation if isinstance(what, Said) else what
        is_gone = what.is_gone if isinstance(what, Said) else what.is_deleted
        answer = self.wait(request)
        assert (answer.status_code == 404) == is_gone, answer.text
        assert is_gone or answer.is_success, answer.text
        return None if is_gone else answer.json() if answer.content else {"status": "deleted"}

    def wait(self, request: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(request, self.loop).result(60)


def may_be_split(ticket: Conversation, moved: list[Said]) -> bool:
    """Something is moved, and something stays; also of what is public, if any of that is moved."""
    public = [each for each in moved if not each.is_private]
    return bool(moved) and moved != ticket.thread and (not public or public != ticket.public)


def said_by_customer(ticket: Conversation, answer: dict[str, Any], text: str) -> Said:
    at = datetime.fromisoformat(answer["created_at"])
    return Said(ticket, answer["message_id"], text, at, by_customer=True)


@pytest.mark.timeout(4 * 3_600)  # the long form, and the search for a shorter failure
async def test_api_model_and_recount_agree_after_every_step(work: Work, desk: Desk) -> None:
    loop = asyncio.get_running_loop()

    class HereAndNow(Conversations):
        def __init__(self) -> None:
            super().__init__(work, desk, loop)

    # In a thread of its own, because Hypothesis waits where our loop must go on.
    await asyncio.to_thread(run_state_machine_as_test, HereAndNow, settings=EFFORT)
