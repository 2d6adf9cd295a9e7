"""What Prometheus is told of jobs: gauges read from the queue, counts and times of this process."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

from rejoinder.db.pool import Queryable
from rejoinder.jobs import queries

WAITING: Final = Gauge("rejoinder_jobs_waiting", "Jobs that are due.", ["job"])
RUNNING: Final = Gauge("rejoinder_jobs_running", "Jobs that a worker has.", ["job"])
GIVEN_UP: Final = Gauge("rejoinder_jobs_given_up", "Jobs kept as dead letters.", ["job"])
WAITED: Final = Gauge("rejoinder_jobs_waited_seconds", "How long the longest due waits.", ["job"])
FAILURES: Final = Counter("rejoinder_job_failures", "Runs that failed.", ["job"])
SECONDS: Final = Histogram(
    "rejoinder_job_seconds",
    "Time of a run, however it ended.",
    ["job"],
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300),
)


async def measure(db: Queryable) -> None:
    """Brings the gauges up to date; to be called before they are read."""
    standings = await queries.standing(db)
    for gauge in (WAITING, RUNNING, GIVEN_UP, WAITED):
        gauge.clear()
    for standing in standings:
        WAITING.labels(standing.name).set(standing.waiting)
        RUNNING.labels(standing.name).set(standing.running)
        GIVEN_UP.labels(standing.name).set(standing.given_up)
        WAITED.labels(standing.name).set(standing.waited)
