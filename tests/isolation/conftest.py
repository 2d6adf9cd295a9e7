import httpx
import pytest

from rejoinder.events.work import Work
from tests.isolation.world import World, a_world


@pytest.fixture(scope="package")
async def victim(work: Work, client: httpx.AsyncClient) -> World:
    return await a_world(work, client)


@pytest.fixture(scope="package")
async def own(work: Work, client: httpx.AsyncClient) -> World:
    """The world of whoever attacks: of another organization, with objects of the same kinds."""
    return await a_world(work, client)
