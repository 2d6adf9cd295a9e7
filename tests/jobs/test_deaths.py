import subprocess
import sys
from pathlib import Path

from rejoinder.db.pool import Database
from rejoinder.jobs.queue import enqueue
from rejoinder.jobs.types import NewJob
from tests.jobs.workers import Row, rows

ROOT = Path(__file__).parents[2]
LEFT = "Its worker ended or lost the database while it ran."


def run_a_worker(dsn: str) -> int:
    command = [sys.executable, "-m", "tests.jobs.dying", dsn]
    return subprocess.run(command, cwd=ROOT, timeout=30, check=False).returncode


async def test_a_job_that_kills_its_worker_three_times_is_given_up_and_no_other(
    frail_queue: Database, dsn: str
) -> None:
    await enqueue(frail_queue, NewJob("die", {}), *(NewJob("live", n) for n in range(20)))

    endings = [run_a_worker(dsn) for _ in range(4)]

    assert endings == [-9, -9, -9, 0]
    assert await rows(frail_queue) == [Row("die", 3, 3, "given up", LEFT)]
