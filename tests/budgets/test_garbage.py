"""What a request allocates is gone with it: the collector would hold up all others to find it."""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from tests.budgets.application import App

_TICKETS = "/api/projects/{project_id}/conversations/tickets"
_WIDGET = "/api/conversations/v1/widget"
_LOOKED_FOR = ("rejoinder", "litestar")
_HOT = (
    f"GET {_TICKETS}",
    f"GET {_TICKETS}/unread_count",
    f"GET {_TICKETS}/{{ref}}",
    f"GET {_TICKETS}/{{ref}}/messages",
    f"POST {_TICKETS}",
    f"PATCH {_TICKETS}/{{ref}}",
    f"POST {_TICKETS}/{{ref}}/reply",
    f"GET {_WIDGET}/messages/{{ticket_id}}",
    f"POST {_WIDGET}/message",
)


@contextmanager
def garbage() -> Generator[set[str]]:
    """The types, our own and the framework's, of what only the collector can take away."""
    found: set[str] = set()
    gc.collect()
    gc.disable()
    try:
        yield found
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        kinds: set[type[Any]] = {type(each) for each in gc.garbage}
        found |= {kind.__qualname__ for kind in kinds if kind.__module__.startswith(_LOOKED_FOR)}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


async def test_no_hot_route_leaves_anything_to_the_collector(app: App) -> None:
    asker = await app.asker()
    for operation in _HOT:
        await asker.ask(operation)
    left: dict[str, set[str]] = {}

    for operation in _HOT:
        with garbage() as found:
            asked = await asker.ask(operation)
        assert asked.succeeded
        left |= {operation: found} if found else {}

    assert left == {}
