"""Every command is replayed by a test: who has the events can follow what it changed."""

from collections.abc import Iterator
from importlib import import_module

from tests.architecture.effects import announcing
from tests.architecture.tree import ROOT
from tests.realtime.replays import name_of, replayed_by

NOT_REPLAYED = {
    "rejoinder.auth.commands.refuse_sign_in": "It changes nothing; the log alone has it.",
    "rejoinder.channels.email.commands.give_up": "It changes nothing; the log alone has it.",
    "rejoinder.channels.widget.commands.redeem": "Session ids open tickets, so no event has one.",
    "rejoinder.messages.drafts.commands.keep": "A draft is its author's alone until it is sent.",
    "rejoinder.messages.drafts.commands.drop": "A draft is its author's alone until it is sent.",
    "rejoinder.organizations.members.commands.deactivate": "Auth's, replayed with the accounts.",
    "rejoinder.organizations.members.commands.deactivate_member": "As above, if one may.",
    "rejoinder.tickets.commands.upkeep.repair_counters": "Counters are counted from tickets.",
    "rejoinder.webhooks.commands.redeliver": "Deliveries are how events travel, not what they say.",
    "rejoinder.webhooks.commands.redeliver_range": "Deliveries are how events travel, as above.",
}
"""Those whose changes no reader of the log has to follow, each with the reason."""


def replayed() -> Iterator[str]:
    """What tests say that they replay; while they run they are held to it."""
    for path in (ROOT / "tests" / "realtime").glob("test_replay*.py"):
        for test in vars(import_module(f"tests.realtime.{path.stem}")).values():
            yield from map(name_of, replayed_by(test))


def test_every_command_is_replayed_or_says_why_not() -> None:
    missing = set(announcing()) - set(replayed()) - set(NOT_REPLAYED)

    assert sorted(missing) == []


def test_no_exception_is_older_than_its_reason() -> None:
    assert set(NOT_REPLAYED) <= set(announcing())
    assert set(NOT_REPLAYED) & set(replayed()) == set()
