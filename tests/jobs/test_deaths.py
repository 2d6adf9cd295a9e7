import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from rejoinder.db.pool import Database
from rejoinder.jobs.queue import enqueue
from rejoinder.jobs.types import NewJob
from tests.jobs.workers import Row, rows

ROOT = Path(__file__).parents[2]
MEGABYTE = 1 << 20
LEFT = "Its worker ended or lost the database while it ran."


def run_a_worker(dsn: str, *arguments: str, inside: Path | None = None) -> int:
    command = [sys.executable, "-m", "tests.jobs.dying", dsn, *arguments]
    if inside:
        command = ["sh", "-c", f'echo $$ >{inside}/cgroup.procs && exec "$@"', "sh", *command]
    return subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode


@pytest.fixture
def little_memory() -> Generator[Path]:
    """A control group whose processes are killed when together they take 256 MB."""
    here = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    own = next((line.rpartition(":")[2] for line in here if ":memory:" in line), "")
    group = Path(f"/sys/fs/cgroup/memory{own}/rejoinder-test")
    try:
        group.mkdir()
        group.joinpath("memory.limit_in_bytes").write_text(str(256 * MEGABYTE), encoding="utf-8")
    except OSError as error:
        pytest.skip(f"A control group with a limit of memory (version 1) needs root: {error}")
    yield group
    group.rmdir()


async def test_a_job_that_kills_its_worker_three_times_is_given_up_and_no_other(
    frail_queue: Database, dsn: str
) -> None:
    await enqueue(frail_queue, NewJob("die", {}), *(NewJob("live", n) for n in range(20)))

    endings = [run_a_worker(dsn) for _ in range(4)]

    assert endings == [-9, -9, -9, 0]
    assert await rows(frail_queue) == [Row("die", 3, 3, "given up", LEFT)]


async def test_a_job_that_takes_all_the_memory_it_may_have_fails_alone(
    frail_queue: Database, dsn: str
) -> None:
    await enqueue(frail_queue, NewJob("hog", {}), *(NewJob("live", n) for n in range(20)))

    ending = run_a_worker(dsn, str(512 * MEGABYTE))

    assert ending == 0
    [row] = await rows(frail_queue)
    assert (row.name, row.attempts, row.deaths, row.state) == ("hog", 3, 0, "given up")
    assert row.error is not None
    assert row.error.startswith("MemoryError")


async def test_a_job_for_which_the_kernel_kills_the_worker_is_given_up_and_no_other(
    frail_queue: Database, dsn: str, little_memory: Path
) -> None:
    await enqueue(frail_queue, NewJob("hog", {}), *(NewJob("live", n) for n in range(20)))

    endings = [run_a_worker(dsn, inside=little_memory) for _ in range(4)]

    assert endings == [-9, -9, -9, 0]
    assert await rows(frail_queue) == [Row("hog", 3, 3, "given up", LEFT)]
