"""Every route sends as many statements as it may, and no more for a hundred rows than for one."""

from collections.abc import Mapping
from typing import Any, cast

import httpx
import pytest

from tests.budgets.application import App
from tests.budgets.asking import Asked
from tests.budgets.budgets import BUDGETS, CHANGING, ENDING, LEAVING, PUBLIC, READING
from tests.budgets.crowd import MANY, crowd
from tests.channels.widget.browser import reply
from tests.isolation.operations import operations

_P = "/api/projects/{project_id}"
_TICKET = f"GET {_P}/conversations/tickets/{{ref}}"
# There is nothing there, or nobody may.
REFUSED = {
    "GET /assets/{name}",
    "GET /api/schema/{path}",
    "GET /static/{name}",
    "GET /static/{version}/{name}",
    "POST /api/login",
}
# Lists that the table narrows to the one thing it is about.
WHOLE = {
    f"GET {_P}/conversations/tickets": {"ids": "", "assignee": ""},
    f"GET {_P}/persons": {"distinct_id": ""},
    f"GET {_P}/events": {"ticket": ""},
}


def test_every_route_has_a_budget() -> None:
    assert sorted(BUDGETS) == operations()


@pytest.mark.parametrize("budgets", [READING, PUBLIC, CHANGING, ENDING, LEAVING])
async def test_no_route_exceeds_its_budget(app: App, budgets: Mapping[str, int]) -> None:
    asker = await app.asker()
    if budgets is CHANGING:
        # Only what was read can be marked as unread, and only what is unread can be read.
        await asker.ask(_TICKET)
        await reply(asker.world.desk, asker.world.ids["widget_ticket"])

    asked = {operation: await asker.ask(operation) for operation in budgets}

    assert {operation for operation, each in asked.items() if not each.succeeded} <= REFUSED
    assert beyond(budgets, asked) == {}


async def test_a_hundred_rows_cost_no_more_than_one(app: App) -> None:
    asker = await app.asker()
    await crowd(app.database, asker.world)

    asked = {
        operation: await asker.ask(operation, {"limit": str(MANY), **WHOLE.get(operation, {})})
        for operation in READING
    }

    few = {op: rows for op, each in asked.items() if 0 < (rows := shown(each.answer)) < MANY}
    assert few == {}
    assert beyond(READING, asked) == {}


def beyond(budgets: Mapping[str, int], asked: Mapping[str, Asked]) -> dict[str, tuple[int, int]]:
    """The operations that sent more than they may: how many statements, and how many they may."""
    return {
        operation: (len(each.statements), budgets[operation])
        for operation, each in asked.items()
        if len(each.statements) > budgets[operation]
    }


def shown(answer: httpx.Response | None) -> int:
    """How many rows the answer has, if it is a list."""
    if answer is None:
        return 0
    body = answer.json()
    if isinstance(body, dict):
        fields = cast("dict[str, Any]", body)
        body = fields.get("results", fields.get("messages"))
    return len(cast("list[Any]", body)) if isinstance(body, list) else 0
