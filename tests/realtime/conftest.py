"""Holds tests of replays to what they say of themselves."""

from collections.abc import Generator
from contextlib import nullcontext

import pytest

from tests.realtime.replays import held_to, replayed_by


@pytest.fixture(autouse=True)
def _as_said(request: pytest.FixtureRequest) -> Generator[None]:
    commands = replayed_by(request.function)
    with held_to(commands) if commands else nullcontext():
        yield
