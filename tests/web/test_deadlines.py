"""One timer ends whatever takes too long."""

import asyncio
import time

import pytest

from rejoinder.web.deadlines import Deadlines


async def test_each_task_has_its_own_time() -> None:
    deadlines = Deadlines(0.1)
    ended: list[float] = []

    async def lasting(delay: float) -> None:
        await asyncio.sleep(delay)
        began = time.monotonic()
        deadline = deadlines.begin()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.sleep(5)
        assert deadline.passed
        ended.append(time.monotonic() - began)

    await asyncio.gather(*(lasting(number * 0.03) for number in range(5)))

    assert all(0.1 <= took < 0.2 for took in ended)


async def test_who_is_done_in_time_is_left_alone() -> None:
    deadlines = Deadlines(0.05)

    deadline = deadlines.begin()
    deadlines.end(deadline)
    await asyncio.sleep(0.1)

    assert not deadline.passed
