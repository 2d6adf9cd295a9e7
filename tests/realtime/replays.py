"""Which commands a test replays: says so, and is held to it."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., object])
Command = Callable[..., object]


def replays(*commands: Command) -> Callable[[Test], Test]:
    """The test runs these commands, and compares what their events say with a fresh read."""

    def marked(test: Test) -> Test:
        setattr(test, "replays", commands)  # noqa: B010  a function has no such attribute to see
        return test

    return marked


def replayed_by(test: object) -> tuple[Command, ...]:
    return getattr(test, "replays", ())


def name_of(command: Command) -> str:
    return f"{command.__module__}.{command.__name__}"


@contextmanager
def held_to(commands: tuple[Command, ...]) -> Generator[None]:
    """Fails when one of them did not run meanwhile."""
    wanted = {command.__code__: name_of(command) for command in commands}
    ran: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in wanted:
            ran.add(frame.f_code)

    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)
    missed = [name for code, name in wanted.items() if code not in ran]
    assert not missed, missed
