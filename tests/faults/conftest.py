from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.served import Served, a_served

Serve = Callable[..., Served]


@pytest.fixture
def serve(tmp_path: Path) -> Generator[Serve]:
    """Starts a server on data of its own, with these settings; it ends with the test."""
    with ExitStack() as stack:

        def start(**settings: str) -> Served:
            return stack.enter_context(a_served(tmp_path, **settings))

        yield start
