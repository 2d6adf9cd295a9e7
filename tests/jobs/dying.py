"""A worker process that some jobs would end: `python -m tests.jobs.dying DSN [bytes of memory]`."""

import asyncio
import os
import resource
import signal
import sys
from typing import Any

import msgspec

from rejoinder.db.pool import connect
from rejoinder.jobs.types import Job
from rejoinder.settings import Settings
from tests.jobs.workers import HURRY, MS, kind, until_given_up, working

APART = msgspec.structs.replace(HURRY, spread=500 * MS)


async def die(_done: list[Any], _job: Job) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def hog(_done: list[Any], _job: Job) -> None:
    hoard: list[bytes] = []
    while True:
        hoard.append(b"x" * (1 << 24))


async def live(_done: list[Any], _job: Job) -> None:
    await asyncio.sleep(0.005)


async def main(dsn: str, most: str = "") -> None:
    """Ends by itself when all that is left was given up."""
    if most:
        resource.setrlimit(resource.RLIMIT_AS, (int(most), int(most)))
    kinds = {"die": kind(die), "hog": kind(hog, attempts=3), "live": kind(live)}
    async with connect(dsn, Settings()) as database, working(database, kinds, pace=APART):
        await until_given_up(database)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
