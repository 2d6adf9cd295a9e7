from collections.abc import AsyncGenerator

import pytest
from msgspec import Struct

from rejoinder.cache.cached import Cached, Store
from rejoinder.cache.shared import SharedStore
from rejoinder.cache.stores import open_store
from rejoinder.events.announcement import Announcement
from tests.cache.truth import Truth
from tests.cache.valkey import Valkey

CLEARED_BY = frozenset({"ticket.created", "message.received"})


@pytest.fixture(params=["local", "shared"])
async def store(request: pytest.FixtureRequest, valkey: Valkey) -> AsyncGenerator[Store]:
    store = open_store(valkey.url if request.param == "shared" else "", lambda: True)
    yield store
    await store.close()


def heard(project_id: int, *types: str) -> Announcement:
    return Announcement("elsewhere", project_id, frozenset(types))


@pytest.mark.parametrize(
    ("announcement", "loads"),
    [
        (heard(1, "ticket.created"), 2),
        (heard(1, "ticket.tagged", "message.received"), 2),
        (heard(1), 2),
        (heard(1, "ticket.tagged"), 1),
        (heard(2, "ticket.created"), 1),
    ],
)
async def test_only_an_event_that_can_change_it_drops_the_value(
    store: Store, announcement: Announcement, loads: int
) -> None:
    truth = Truth()
    unread = Cached(store, "unread", int, cleared_by=CLEARED_BY)

    await unread.get(1, truth.load)
    await unread.heard(announcement)
    await unread.get(1, truth.load)

    assert truth.loads == loads


async def test_projects_and_names_do_not_share_values(store: Store) -> None:
    truth = Truth()
    unread = Cached(store, "unread", int, cleared_by=CLEARED_BY)
    counts = Cached(store, "counts", int, cleared_by=CLEARED_BY)

    await unread.get(1, truth.load)
    await unread.get(2, truth.load)
    await counts.get(1, truth.load)

    assert truth.loads == 3


async def test_a_struct_comes_back_as_it_was(valkey: Valkey) -> None:
    store = SharedStore(valkey.url)
    cached = Cached(store, "pair", _Pair, cleared_by=CLEARED_BY)

    await cached.get(1, _a_pair)
    found = await cached.get(1, _never)
    await store.close()

    assert found == await _a_pair()


class _Pair(Struct, frozen=True):
    left: int
    right: str | None


async def _a_pair() -> _Pair:
    return _Pair(1, "é")


async def _never() -> _Pair:
    raise AssertionError
