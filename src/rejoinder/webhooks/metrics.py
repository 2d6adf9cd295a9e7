"""What Prometheus is told of webhooks: counts of this process, and gauges read from the table."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

from rejoinder import clock
from rejoinder.db.pool import Queryable
from rejoinder.webhooks import queries
from rejoinder.webhooks.types import Due, Outcome

ATTEMPTS: Final = Counter(
    "rejoinder_webhook_attempts", "Events sent to a receiver, by what came of it.", ["outcome"]
)
DELAY: Final = Histogram(
    "rejoinder_webhook_delay_seconds",
    "From the event to the receiver's answer, where the first attempt was taken.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600),
)
WEBHOOKS: Final = Gauge("rejoinder_webhooks", "Webhooks there are.", ["state"])
PENDING: Final = Gauge("rejoinder_webhook_deliveries_pending", "Events not yet delivered.")
FAILING: Final = Gauge("rejoinder_webhook_deliveries_failing", "Those that failed at least once.")
WAITED: Final = Gauge("rejoinder_webhook_waited_seconds", "How long the longest due event waits.")


def count(due: Due, outcome: Outcome) -> None:
    """Counts an attempt that was made."""
    if outcome.state != "delivered":
        ATTEMPTS.labels("failed").inc()
        return
    ATTEMPTS.labels("delivered").inc()
    if not outcome.was_failing:
        DELAY.observe(max((clock.now() - due.at).total_seconds(), 0))


async def measure(db: Queryable) -> None:
    """Brings the gauges up to date; to be called before they are read."""
    standing = await queries.standing(db)
    WEBHOOKS.labels("enabled").set(standing.enabled)
    WEBHOOKS.labels("disabled").set(standing.disabled)
    PENDING.set(standing.pending)
    FAILING.set(standing.failing)
    WAITED.set(standing.waited)
