"""A worker process in which some jobs end the process: `python -m tests.jobs.dying DSN`."""

import asyncio
import os
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


async def live(_done: list[Any], _job: Job) -> None:
    await asyncio.sleep(0.005)


async def main(dsn: str) -> None:
    """Ends by itself when all that is left was given up."""
    kinds = {"die": kind(die), "live": kind(live)}
    async with connect(dsn, Settings()) as database, working(database, kinds, pace=APART):
        await until_given_up(database)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
