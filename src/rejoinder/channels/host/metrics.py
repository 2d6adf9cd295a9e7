"""What Prometheus is told about captured events."""

from typing import Final

from prometheus_client import Counter

EVENTS: Final = Counter(
    "rejoinder_captured_events", "Events that pages and servers sent, by what became of them.",
    ["outcome"],
)  # fmt: skip
USED: Final = EVENTS.labels("used")
DROPPED: Final = EVENTS.labels("dropped")
REFUSED: Final = EVENTS.labels("refused")
FORWARDED: Final = EVENTS.labels("forwarded")
OVERFLOWED: Final = EVENTS.labels("overflowed")
