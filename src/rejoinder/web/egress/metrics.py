"""What Prometheus is told of outgoing requests."""

from typing import Final

from prometheus_client import Counter, Histogram

REQUESTS: Final = Counter(
    "rejoinder_egress_requests", "Outgoing requests, by how they ended.", ["purpose", "outcome"]
)
SECONDS: Final = Histogram(
    "rejoinder_egress_seconds",
    "Time of an outgoing request, name resolution included.",
    ["purpose"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


def count(purpose: str, outcome: str, seconds: float) -> None:
    REQUESTS.labels(purpose, outcome).inc()
    SECONDS.labels(purpose).observe(seconds)
