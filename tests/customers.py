"""Customers for tests: what they write comes in by the door that all channels use."""

from uuid import UUID

from rejoinder.channels import intake
from rejoinder.channels.intake import Incoming
from rejoinder.events.event import Actor
from rejoinder.events.work import Work


async def write(work: Work, project_id: int, ticket_id: str, text: str = "Hello?") -> None:
    """One more message on the ticket."""
    incoming = Incoming(
        channel_source="widget",
        ticket_id=UUID(ticket_id),
        content=text,
        distinct_id="cleo",
        identity_verified=False,
    )
    async with work.begin(Actor(project_id, "person", "cleo")) as tx:
        await intake.receive(tx, incoming, lambda _: True)
