"""T-STOP: a server that is told to stop finishes what it does, and sends its streams away."""

import asyncio
import time

import pytest

from tests.faults.conftest import Serve
from tests.faults.ordeal import PAUSE_S, ROUNDS, Ordeal, suffer

pytestmark = pytest.mark.timeout(900)

DRAINED = 20.0
# Each of four projects has somebody on the stream of its log, and on that of a ticket.
STREAMS = 8


async def test_a_stop_under_load_loses_nothing_and_tells_streams_to_come_back(serve: Serve) -> None:
    served = serve()
    took: list[float] = []

    async def stop(ordeal: Ordeal) -> None:
        for _ in range(ROUNDS):
            await asyncio.sleep(PAUSE_S)
            ordeal.note("SIGTERM")
            begun = time.monotonic()
            assert await asyncio.to_thread(served.stop) == 0
            took.append(time.monotonic() - begun)
            await asyncio.to_thread(served.start)

    figures = await suffer("T-STOP", served, stop)

    assert max(took) < DRAINED
    assert (figures.streams_ended, figures.streams_told) == (STREAMS * ROUNDS, STREAMS * ROUNDS)
