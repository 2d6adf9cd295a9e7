"""What Prometheus is told. Labels are bounded: known methods, route templates, statuses."""

from functools import cache
from typing import Final

from prometheus_client import Counter, Gauge, Histogram

from rejoinder.db.pool import Database

REQUESTS: Final = Counter(
    "rejoinder_http_requests", "Requests answered.", ["method", "route", "status"]
)
SECONDS: Final = Histogram(
    "rejoinder_http_request_seconds",
    "Time from the first byte of the request to the last of the answer.",
    ["method", "route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
IN_FLIGHT: Final = Gauge("rejoinder_http_in_flight", "Requests being worked on.")
WAITING: Final = Gauge("rejoinder_http_waiting", "Requests that wait for others of their project.")
BUSIEST: Final = Gauge(
    "rejoinder_http_in_flight_of_busiest_project",
    "Requests being worked on for the project that has the most.",
)
SHARE: Final = Gauge(
    "rejoinder_http_project_share",
    "Requests worked on at once for one project while others ask.",
)
REFUSED: Final = Counter(
    "rejoinder_http_refused", "Requests refused because there was too much to do.", ["for"]
)
CONNECTIONS: Final = Gauge("rejoinder_database_connections", "Connections of the pool.", ["state"])
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count(method: str, route: str, status: int, seconds: float) -> None:
    """Counts one answered request."""
    if method not in _METHODS:
        method = "OTHER"
    _counter(method, route, status).inc()
    _histogram(method, route).observe(seconds)


def watch(database: Database) -> None:
    """Shows the pool of `database` from now on."""
    CONNECTIONS.labels("open").set_function(database.pool.get_size)
    CONNECTIONS.labels("idle").set_function(database.idle)


# Looking a child up by its labels takes a lock and costs more than counting.
@cache
def _counter(method: str, route: str, status: int) -> Counter:
    return REQUESTS.labels(method, route, status)


@cache
def _histogram(method: str, route: str) -> Histogram:
    return SECONDS.labels(method, route)
