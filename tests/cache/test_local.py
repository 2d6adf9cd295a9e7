import asyncio

import pytest

from rejoinder.cache.local import LocalStore
from tests.cache.clock import Clock
from tests.cache.truth import KEY, Truth, contend


@pytest.fixture
def store(clock: Clock) -> LocalStore:
    return LocalStore(lambda: True, most=3, clock=clock)


async def test_a_value_is_read_once_and_then_kept(store: LocalStore) -> None:
    truth = Truth()

    for _ in range(5):
        await truth.read(store)

    assert truth.loads == 1


async def test_a_value_is_kept_for_thirty_seconds(store: LocalStore, clock: Clock) -> None:
    truth = Truth()

    for _ in range(4):
        await truth.read(store)
        clock.advance(29 if truth.loads == 1 else 2)

    assert truth.loads == 2


async def test_what_was_read_before_a_drop_is_never_kept_after_it(store: LocalStore) -> None:
    reading, dropped = asyncio.Event(), asyncio.Event()

    async def load() -> int:
        reading.set()
        await dropped.wait()
        return 1

    reader = asyncio.create_task(store.get(KEY, int, load))
    await reading.wait()
    await store.drop(KEY)
    dropped.set()
    await reader

    assert await store.get(KEY, int, _two) == 2


async def test_a_reader_who_fails_leaves_room_for_the_next(store: LocalStore) -> None:
    async def fail() -> int:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await store.get(KEY, int, fail)

    assert await store.get(KEY, int, _two) == 2


async def test_nothing_kept_is_answered_while_changes_may_go_unheard(clock: Clock) -> None:
    hearing = [True]
    truth = Truth()
    store = LocalStore(lambda: hearing[0], clock=clock)
    await truth.read(store)

    hearing[0] = False
    await truth.read(store)
    await truth.read(store)

    assert truth.loads == 3


async def test_the_store_stays_within_its_bound(store: LocalStore) -> None:
    truth = Truth()

    for key in ["a", "b", "c", "d", "d", "c", "b"]:
        await store.get(key, int, truth.load)
    assert truth.loads == 4
    await store.get("a", int, truth.load)

    assert truth.loads == 5


async def test_no_reader_sees_less_than_a_finished_drop_promised(store: LocalStore) -> None:
    truth = Truth()

    await contend(truth, [store], rounds=500)

    assert truth.loads < 4_000


async def _two() -> int:
    return 2
