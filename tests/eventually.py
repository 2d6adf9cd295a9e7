"""Waiting for what another process was told."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

_PATIENCE = 15.0


async def eventually(ask: Callable[[], Awaitable[T]], expected: T) -> None:
    """Asks until the answer is as expected; raises TimeoutError when it takes too long."""
    async with asyncio.timeout(_PATIENCE):
        while await ask() != expected:  # noqa: ASYNC110  nothing tells us when it was heard
            await asyncio.sleep(0.005)
