from collections.abc import AsyncGenerator

import pytest
from msgspec import Struct

from rejoinder.db.pool import connect
from rejoinder.events.reactions import queue_reactions
from rejoinder.events.work import Work
from rejoinder.notifications.mailer import Mailer
from rejoinder.settings import Settings
from rejoinder.wiring import reactions
from tests.browser.mailbox import Mailbox, a_mailbox
from tests.builders import Desk, a_desk
from tests.conftest import a_client


class Office(Struct, frozen=True):
    """A server that runs its jobs, the team at it, and everybody's mail."""

    desk: Desk
    work: Work
    mailer: Mailer
    mailbox: Mailbox


@pytest.fixture
async def mailbox() -> AsyncGenerator[Mailbox]:
    async with a_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
async def office(dsn: str, mailbox: Mailbox) -> AsyncGenerator[Office]:
    settings = Settings(
        database_url=dsn,
        public_url="https://desk.example.org",
        rate_limits=False,
        smtp_url=mailbox.url,
        mail_from="Support <support@example.org>",
    )
    async with connect(dsn, settings) as database, a_client(settings) as client:
        work = Work(database, reactors=[queue_reactions(reactions(settings))])
        desk = await a_desk(work, client)
        yield Office(desk, work, Mailer(settings), mailbox)


@pytest.fixture
def desk(office: Office) -> Desk:
    return office.desk
