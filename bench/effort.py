"""How much is measured, and for how long: everything, or enough to see a change."""

from msgspec import Struct

from bench.seed import Plan

SMALL = Plan(tickets=1_000)


class Inbox(Struct, frozen=True):
    """The first project holds half of the plan's tickets; a round is a browser that saw nothing."""

    plan: Plan
    rounds: int
    tickets: int


class Effort(Struct, frozen=True, kw_only=True):
    name: str
    plan: Plan
    rounds: int
    seconds: float
    sizes: list[Plan]
    """Databases beside the plan's own, in which each request is timed by itself."""
    size_rounds: int
    size_seconds: float
    widgets: int
    """Each asks every five seconds."""
    widget_seconds: float
    streams: int
    inbox: Inbox
    idle_seconds: float
    without: frozenset[str] = frozenset()
    """Parts that are only measured when they are asked for."""


FULL = Effort(
    name="full",
    plan=Plan(tickets=1_000_000),
    rounds=3,
    seconds=2.0,
    sizes=[SMALL, Plan(tickets=10_000), Plan(tickets=100_000)],
    size_rounds=3,
    size_seconds=0.5,
    widgets=10_000,
    widget_seconds=15.0,
    streams=20_000,
    inbox=Inbox(Plan(tickets=20_000), rounds=7, tickets=8),
    idle_seconds=10.0,
)
QUICK = Effort(
    name="quick",
    plan=Plan(tickets=50_000),
    rounds=1,
    seconds=0.5,
    sizes=[SMALL],
    size_rounds=1,
    size_seconds=0.2,
    widgets=5_000,
    widget_seconds=3.0,
    streams=500,
    inbox=Inbox(Plan(tickets=2_000), rounds=1, tickets=5),
    idle_seconds=3.0,
    without=frozenset({"levers"}),
)
