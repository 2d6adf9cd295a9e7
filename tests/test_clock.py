"""Waiting for something with an end."""

import asyncio

from rejoinder.clock import within


async def test_what_comes_in_the_moment_the_wait_ends_has_come() -> None:
    event = asyncio.Event()
    asyncio.get_running_loop().call_soon(event.set)

    assert await within(0, event)


async def test_what_does_not_come_in_time_has_not_come() -> None:
    assert not await within(0, asyncio.Event())
