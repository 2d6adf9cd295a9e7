from collections.abc import AsyncGenerator, Iterator

import pytest

from rejoinder.cache.shared import SharedStore
from tests.cache.clock import Clock
from tests.cache.valkey import Valkey


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    with Valkey(tmp_path_factory.mktemp("v")) as server:
        yield server


@pytest.fixture
async def shared(valkey: Valkey, clock: Clock) -> AsyncGenerator[SharedStore]:
    store = SharedStore(valkey.url, clock=clock)
    yield store
    await store.close()
