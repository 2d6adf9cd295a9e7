from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from msgspec.structs import replace

from rejoinder.db.pool import connect
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.browser.mailbox import Mailbox, a_mailbox
from tests.builders import Desk, a_desk
from tests.conftest import a_client


@pytest.fixture
async def mailbox() -> AsyncGenerator[Mailbox]:
    async with a_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
async def office(
    dsn: str, mailbox: Mailbox, settings: Settings, tmp_path: Path
) -> AsyncGenerator[Desk]:
    """A desk at a server that runs its jobs and sends mail."""
    settings = replace(
        settings,
        database_url=dsn,
        data_dir=tmp_path,
        background_jobs=True,
        public_url="https://desk.example.org",
        smtp_url=mailbox.url,
        mail_from="Support <support@example.org>",
    )
    async with connect(dsn, settings) as database, a_client(settings) as client:
        yield await a_desk(Work(database), client)
