"""Writers on the REST API: what a team and its programs do, and what they try in vain."""

from typing import Any

from tests.faults.load import Act, Intent, Load, Writer
from tests.faults.postbox import customer
from tests.faults.world import Place

_STATUSES = ("new", "open", "pending", "on_hold", "resolved")


class Teammate(Writer):
    def __init__(self, load: Load, place: Place, name: str) -> None:
        super().__init__(load, place, name, load.world.key)
        self._created = 0
        self._doomed: list[str] = []
        self._notes: list[tuple[str, str]] = []
        acts = [
            (10, self._create),
            (30, self._reply),
            (15, self._note),
            (15, self._change),
            (12, self._read),
            (5, self._attach),
            (6, self._try_in_vain),
            (4, self._delete_note),
            (3, self._delete_ticket),
        ]
        self._weights, self._acts = zip(*acts, strict=True)
        # The second ticket is the first that may be deleted.
        self.untried = [self._create, *self._acts]

    def choose(self) -> Act:
        return self.dice.choices(self._acts, self._weights)[0]

    def _ticket(self) -> str:
        """One of the project's, without a slash; 0 is none."""
        known = self.load.tickets[self.place.project]
        return self.dice.choice(known) if known else "0"

    def _with_key(self, token: str, *, always: bool = False) -> dict[str, Any]:
        """Half of what could be repeated is; the other half goes out once."""
        if not always and self.dice.random() < 0.5:
            return {}
        return {"repeatable": True, "headers": {"Idempotency-Key": token}}

    async def _create(self) -> None:
        token = self.token()
        body = {"message": f"Where is {token}?", "distinct_id": self.name}
        if self._created % 3 == 0:
            body["channel_source"] = "email"
            body["email_from"] = customer(self.place.project, self.name)
        created = await self.write(
            Intent(
                what="ticket",
                route="POST tickets",
                path=self.place.tickets,
                body=body,
                token=token,
                **self._with_key(token),
            )
        )
        if created is None:
            return
        self._created += 1
        if self._created % 3 == 2:
            self._doomed.append(created["id"])
        else:
            self.load.tickets[self.place.project].append(created["id"])

    async def _reply(self, **fields: Any) -> None:
        token = self.token()
        await self.write(
            Intent(
                what="message",
                route="POST reply",
                path=f"{self.place.tickets}{self._ticket()}/reply/",
                body={"message": f"Here is {token}.", **fields},
                token=token,
                **self._with_key(token),
            )
        )

    async def _note(self) -> None:
        token, ticket = self.token(), self._ticket()
        noted = await self.write(
            Intent(
                what="note",
                route="POST notes",
                path=f"{self.place.tickets}{ticket}/notes/",
                body={"message": f"Between us: {token}"},
                token=token,
                private=True,
                **self._with_key(token),
            )
        )
        if noted is not None:
            self._notes.append((ticket, noted["id"]))

    async def _change(self) -> None:
        token = self.token()
        await self.write(
            Intent(
                what="patch",
                route="PATCH ticket",
                path=f"{self.place.tickets}{self._ticket()}/",
                body={"tags": [token], "status": self.dice.choice(_STATUSES)},
                token=token,
                **self._with_key(token),
            )
        )

    async def _read(self) -> None:
        ticket = f"{self.place.tickets}{self._ticket()}/"
        if self.dice.random() < 0.8:
            await self.ask("GET ticket", ticket)
        else:
            await self.ask("POST mark_unread", f"{ticket}mark_unread/")

    async def _attach(self) -> None:
        """A file in a reply; every third is forgotten on the way."""
        uploaded = await self.ask(
            "POST attachments",
            f"{self.place.url}conversations/attachments/",
            params={"name": "note.txt"},
            content=b"Some text. " * self.dice.randint(1, 2_000),
            headers={"Content-Type": "application/octet-stream"},
        )
        if uploaded is not None and uploaded.is_success and self.dice.random() < 0.67:
            await self._reply(attachment_ids=[uploaded.json()["id"]])

    async def _delete_note(self) -> None:
        if self._notes:
            ticket, note = self._notes.pop()
            await self.write(
                Intent(
                    what="delete note",
                    route="DELETE note",
                    path=f"{self.place.tickets}{ticket}/notes/{note}/",
                    message_id=note,
                )
            )

    async def _delete_ticket(self) -> None:
        if self._doomed:
            ticket = self._doomed.pop()
            await self.write(
                Intent(
                    what="delete ticket",
                    route="DELETE ticket",
                    path=f"{self.place.tickets}{ticket}/",
                )
            )

    async def _try_in_vain(self) -> None:
        """On another project's ticket, without a credential, with a wrong value."""
        token = self.token()
        others = [place for place in self.load.world.places if place != self.place]
        foreign = self.load.tickets[self.dice.choice(others).project]
        path = f"{self.place.tickets}{self.dice.choice(foreign) if foreign else 0}/reply/"
        body: dict[str, Any] = {"message": f"Nobody reads {token}."}
        match self.dice.randrange(3):
            case 0:
                intent = Intent(
                    what="message", route="POST reply", path=path, body=body, token=token
                )
            case 1:
                nobody = {"Authorization": "Bearer phx_nobody"}
                path = f"{self.place.tickets}{self._ticket()}/reply/"
                intent = Intent(
                    what="message",
                    route="POST reply",
                    path=path,
                    body=body,
                    token=token,
                    headers=nobody,
                )
            case _:
                path = f"{self.place.tickets}{self._ticket()}/"
                body = {"tags": [token], "status": "lost"}
                intent = Intent(
                    what="patch", route="PATCH ticket", path=path, body=body, token=token
                )
        await self.write(intent)
