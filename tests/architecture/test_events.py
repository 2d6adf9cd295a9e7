"""What happens is said: by every command that changes something, and on the page of events."""

import re
from importlib import import_module

import pytest

from rejoinder import wiring
from rejoinder.events.event import Event
from tests.architecture.effects import entry_points, reach, writing_queries
from tests.architecture.tree import PACKAGE, ROOT, Module

PAGE = ROOT / "docs" / "api" / "events.md"


def events() -> list[type[Event]]:
    """Every event of every package; those that tests make are none."""
    for path in PACKAGE.rglob("events.py"):
        import_module(Module(path).dotted)
    found: list[type[Event]] = []
    waiting = [Event]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        found += kinds
        waiting += kinds
    ours = [event for event in found if event.__module__.startswith("rejoinder.")]
    return sorted(ours, key=name_of)


def name_of(event: type[Event]) -> str:
    return str(event.__struct_config__.tag)


@pytest.mark.parametrize("command", entry_points())
def test_a_command_that_changes_rows_says_so(command: str) -> None:
    called = reach(command)

    assert "emit" in called or not called & writing_queries()


@pytest.mark.parametrize("event", events(), ids=name_of)
def test_an_event_says_what_it_means(event: type[Event]) -> None:
    assert event.__doc__
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name_of(event))


def test_the_page_of_events_lists_exactly_those_there_are() -> None:
    listed = re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", PAGE.read_text(), re.MULTILINE)

    assert sorted(listed) == [name_of(event) for event in events()]


@pytest.mark.parametrize("event", events(), ids=name_of)
def test_the_page_of_events_names_the_fields(event: type[Event]) -> None:
    (row,) = re.findall(rf"^\| `{re.escape(name_of(event))}` \|.*$", PAGE.read_text(), re.MULTILINE)

    fields = {field for field in event.__struct_fields__ if field != "ticket_id"}
    assert fields <= set(re.findall(r"`(\w+)`", row))


def test_every_reaction_is_to_an_event_and_names_a_job() -> None:
    names = {name_of(event) for event in events()}

    assert names >= wiring.REACTIONS.keys() | wiring.MAILED.keys() | wiring.ANALYTICS.keys()
    assert names >= wiring.UNREAD_CLEARED_BY
