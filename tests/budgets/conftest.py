from collections.abc import AsyncGenerator

import pytest

from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.budgets.application import App, an_app


@pytest.fixture(scope="package")
async def app(settings: Settings, work: Work) -> AsyncGenerator[App]:
    async with an_app(settings, work) as app:
        yield app
