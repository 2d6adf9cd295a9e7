"""What a cache stands in front of, and readers and writers that hold it to its promise."""

import asyncio
import random

from rejoinder.cache.cached import Store

KEY = "rejoinder:unread:1"


class Truth:
    """A number that only grows, read as slowly as PostgreSQL at its worst."""

    def __init__(self, seed: int = 0) -> None:
        self.value = 0
        self.announced = 0
        self.loads = 0
        self._random = random.Random(seed)

    async def load(self) -> int:
        self.loads += 1
        await self.pause()
        value = self.value
        await self.pause()
        return value

    async def pause(self) -> None:
        for _ in range(self._random.randrange(4)):
            await asyncio.sleep(0)

    async def write(self, store: Store) -> None:
        """A change, committed; its caller is answered after the drop."""
        self.value += 1
        committed = self.value
        await store.drop(KEY)
        self.announced = max(self.announced, committed)

    async def read(self, store: Store) -> None:
        """A reader who comes after a drop sees what was dropped for."""
        at_least = self.announced
        seen = await store.get(KEY, int, self.load)
        assert at_least <= seen <= self.value


async def contend(truth: Truth, stores: list[Store], *, rounds: int) -> None:
    """One writer in ten; each on a store of its own choice."""
    choice = random.Random(rounds)

    async def one() -> None:
        for _ in range(rounds):
            act = truth.write if choice.random() < 0.1 else truth.read
            await act(choice.choice(stores))
            await truth.pause()

    async with asyncio.TaskGroup() as tasks:
        for _ in range(8):
            tasks.create_task(one())
