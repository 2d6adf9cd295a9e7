"""`rejoinder jobs`, on a queue with a job that was given up."""

import json
from datetime import timedelta
from typing import Any

import pytest

from rejoinder.db.pool import connect
from rejoinder.jobs import queries
from rejoinder.jobs.types import NewJob
from rejoinder.settings import Settings
from tests.cli.shell import run_here


@pytest.fixture
async def dead(dsn: str) -> int:
    """The id of a job that was given up."""
    async with connect(dsn, Settings(database_url=dsn)) as database:
        await queries.add(database, [NewJob("greet", {"name": "Ada"})])
        (job,) = await queries.claim(database, "me", {"greet": 1}, 1, timedelta(minutes=1))
        await queries.give_up(database, "me", job, "ValueError: No luck")
    return job.id


def jobs(dsn: str, *arguments: str) -> Any:
    done = run_here("jobs", *arguments, "--json", "--database-url", dsn)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


async def test_a_dead_letter_says_what_it_was_and_why_it_died(dsn: str, dead: int) -> None:
    (letter,) = jobs(dsn, "dead")["jobs"]

    assert letter["id"] == dead
    assert letter["payload"] == {"name": "Ada"}
    assert letter["error"] == "ValueError: No luck"
    assert jobs(dsn, "dead", "--name", "other") == {"jobs": []}


async def test_a_requeued_job_begins_again(dsn: str, dead: int) -> None:
    assert jobs(dsn, "requeue", str(dead)) == {"count": 1}

    (standing,) = jobs(dsn, "status")["jobs"]
    assert (standing["waiting"], standing["given_up"]) == (1, 0)


async def test_a_discarded_job_is_gone(dsn: str, dead: int) -> None:
    assert jobs(dsn, "discard", str(dead)) == {"count": 1}
    assert jobs(dsn, "status") == {"jobs": []}


async def test_a_job_that_was_not_given_up_is_left_alone(dsn: str, dead: int) -> None:
    jobs(dsn, "requeue", "--all")

    for action in ("requeue", "discard"):
        done = run_here("jobs", action, str(dead), "--database-url", dsn)
        assert (done.exit_code, done.stdout) == (1, "")


async def test_requeueing_wants_to_be_told_what(dsn: str) -> None:
    assert run_here("jobs", "requeue", "--database-url", dsn).exit_code == 1
