"""How PostgreSQL reads on in the log of events."""

import pytest

from rejoinder.events.event import Position
from rejoinder.realtime.filters import Wanted
from rejoinder.realtime.log import read_on
from tests.plans.noting import Noting

PROJECT = 1


@pytest.mark.parametrize(
    "wanted", [Wanted(frozenset(), None), Wanted(frozenset({"ticket.created"}), None)]
)
async def test_the_log_is_walked_from_a_position_on(noting: Noting, wanted: Wanted) -> None:
    await read_on(noting, PROJECT, Position(0, 0), wanted, 100)

    for indexes in (*noting.indexes, *noting.generic):
        assert indexes == {"events_log"}
    assert noting.read_through == set()
