import asyncio

import pytest

from rejoinder.cache.shared import SharedStore
from tests.cache.clock import Clock
from tests.cache.truth import KEY, Truth, contend
from tests.cache.valkey import Valkey


async def test_a_value_is_read_once_and_then_kept_for_every_process(
    shared: SharedStore, valkey: Valkey
) -> None:
    truth = Truth()
    other = SharedStore(valkey.url)

    for store in (shared, other, shared, other):
        await truth.read(store)
    await other.close()

    assert truth.loads == 1


async def test_there_is_one_key_that_dies_within_thirty_seconds(
    shared: SharedStore, valkey: Valkey
) -> None:
    await Truth().read(shared)

    assert KEY in valkey.say("KEYS", "*")
    assert valkey.say("DBSIZE") == ":1\r\n"
    assert valkey.say("GET", KEY).endswith("\r\n0\r\n")
    assert 25_000 < int(valkey.say("PTTL", KEY)[1:]) <= 30_000


async def test_a_drop_deletes_the_key(shared: SharedStore, valkey: Valkey) -> None:
    await Truth().read(shared)

    await shared.drop(KEY)

    assert valkey.say("DBSIZE") == ":0\r\n"


async def test_what_was_read_before_a_drop_is_never_stored_after_it(
    shared: SharedStore, valkey: Valkey
) -> None:
    reading, dropped = asyncio.Event(), asyncio.Event()

    async def load() -> int:
        reading.set()
        await dropped.wait()
        return 1

    reader = asyncio.create_task(shared.get(KEY, int, load))
    await reading.wait()
    await shared.drop(KEY)
    dropped.set()
    await reader

    assert valkey.say("DBSIZE") == ":0\r\n"


async def test_no_reader_in_any_process_sees_less_than_a_finished_drop_promised(
    shared: SharedStore, valkey: Valkey
) -> None:
    truth = Truth()
    other = SharedStore(valkey.url)

    await contend(truth, [shared, other], rounds=250)
    await other.close()

    assert truth.loads < 2_000


async def test_what_somebody_else_wrote_there_is_not_taken_for_a_value(
    shared: SharedStore, valkey: Valkey
) -> None:
    valkey.say("SET", KEY, "garbage")

    await Truth().read(shared)


@pytest.mark.parametrize("fault", ["kill", "freeze"])
async def test_without_redis_every_value_is_read_where_it_stands(
    shared: SharedStore, valkey: Valkey, fault: str
) -> None:
    truth = Truth()
    await truth.read(shared)

    getattr(valkey, fault)()
    async with asyncio.timeout(0.2):
        await truth.write(shared)
        await contend(truth, [shared], rounds=20)

    assert truth.loads > 20


async def test_a_redis_that_froze_while_a_value_was_read_delays_it_once(
    shared: SharedStore, valkey: Valkey
) -> None:
    async def load() -> int:
        valkey.freeze()
        return 1

    async with asyncio.timeout(0.2):
        assert await shared.get(KEY, int, load) == 1
        assert await shared.get(KEY, int, load) == 1


async def test_a_full_redis_still_answers_and_forgets_what_it_holds(
    shared: SharedStore, valkey: Valkey
) -> None:
    truth = Truth()
    await truth.read(shared)
    valkey.say("CONFIG", "SET", "maxmemory", "1")

    await truth.read(shared)
    assert truth.loads == 1
    await truth.write(shared)
    await truth.read(shared)
    await truth.read(shared)

    assert truth.loads == 3


async def test_a_wiped_redis_is_filled_again(shared: SharedStore, valkey: Valkey) -> None:
    truth = Truth()
    await truth.read(shared)

    valkey.say("FLUSHALL")
    await truth.read(shared)
    await truth.read(shared)

    assert truth.loads == 2


async def test_redis_is_used_again_soon_after_it_came_back(
    shared: SharedStore, valkey: Valkey, clock: Clock
) -> None:
    truth = Truth()
    valkey.kill()
    await truth.read(shared)

    valkey.start()
    await truth.read(shared)
    assert valkey.say("DBSIZE") == ":0\r\n"
    clock.advance(2)
    await truth.read(shared)

    assert valkey.say("DBSIZE") == ":1\r\n"


async def test_after_a_drop_that_failed_nothing_from_before_it_is_trusted(
    shared: SharedStore, valkey: Valkey, clock: Clock
) -> None:
    truth = Truth()
    await truth.read(shared)

    valkey.freeze()
    await truth.write(shared)
    valkey.thaw()
    for _ in range(3):
        clock.advance(10)
        await truth.read(shared)
    assert truth.loads == 4
    clock.advance(1)
    valkey.say("DEL", KEY)  # by then it has died by itself
    await truth.read(shared)
    await truth.read(shared)

    assert truth.loads == 5


async def test_a_reader_never_sees_an_older_value_while_redis_comes_and_goes(
    shared: SharedStore, valkey: Valkey, clock: Clock
) -> None:
    truth = Truth()

    async def disturb() -> None:
        for _ in range(4):
            valkey.freeze()
            await asyncio.sleep(0.06)
            clock.advance(2)
            valkey.thaw()
            await asyncio.sleep(0.02)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(disturb())
        tasks.create_task(contend(truth, [shared], rounds=200))
