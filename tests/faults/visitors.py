"""Writers in the widget: they open tickets, write on them, read, and try others' tickets."""

import asyncio
from typing import Any

from tests.faults.load import Act, Intent, Load, Writer
from tests.faults.world import Place, Visitor

WIDGET = "/api/conversations/v1/widget/"
_MOST_TICKETS = 4


class Customer(Writer):
    def __init__(self, load: Load, place: Place, visitor: Visitor, name: str) -> None:
        super().__init__(load, place, name, "")
        self.visitor = visitor
        self.tickets: list[str] = []
        self.opened = asyncio.Event()

    @property
    def who(self) -> dict[str, str]:
        return {"widget_session_id": self.visitor.session}

    @property
    def headers(self) -> dict[str, str]:
        return {"X-Conversations-Token": self.place.widget_token}

    def choose(self) -> Act:
        if not self.tickets:
            return self._open
        acts = [(60, self._go_on), (10, self._open), (20, self._read), (10, self._try_in_vain)]
        weights, functions = zip(*acts, strict=True)
        return self.dice.choices(functions, weights)[0]

    async def say_last_words(self) -> None:
        """Everybody else has ended: who has seen these has seen everything."""
        for ticket in self.tickets:
            said = await self._write(ticket, last=True)
            if said is not None:
                self.load.last_words[ticket] = said["message_id"]

    async def _go_on(self) -> None:
        await self._write(self.dice.choice(self.tickets))

    async def _open(self) -> None:
        if len(self.tickets) < _MOST_TICKETS:
            await self._write(None)

    async def _write(self, ticket: str | None, *, last: bool = False) -> dict[str, Any] | None:
        token = self.token()
        body: dict[str, Any] = {
            **self.who,
            "distinct_id": self.visitor.distinct_id,
            "message": f"I ask for {token}.",
            "ticket_id": ticket,
        }
        repeatable = last or self.dice.random() < 0.5
        if repeatable:
            body["client_id"] = token
        said = await self.write(
            Intent(
                what="ticket" if ticket is None else "message",
                route="POST widget/message",
                path=f"{WIDGET}message",
                body=body,
                token=token,
                repeatable=repeatable,
                headers=self.headers,
            )
        )
        if said is not None and ticket is None:
            self.tickets.append(said["ticket_id"])
            self.load.tickets[self.place.project].append(said["ticket_id"])
            self.opened.set()
        return said

    async def _read(self) -> None:
        path = f"{WIDGET}messages/{self.dice.choice(self.tickets)}/read"
        await self.ask("POST widget/read", path, self.who, headers=self.headers)

    async def _try_in_vain(self) -> None:
        token = self.token()
        theirs = [t for t in self.load.tickets[self.place.project] if t not in self.tickets]
        if not theirs:
            return
        body: dict[str, Any] = {
            **self.who,
            "distinct_id": self.visitor.distinct_id,
            "message": f"Nobody hears {token}.",
            "ticket_id": self.dice.choice(theirs),
        }
        await self.write(
            Intent(
                what="message",
                route="POST widget/message",
                path=f"{WIDGET}message",
                body=body,
                token=token,
                headers=self.headers,
            )
        )
