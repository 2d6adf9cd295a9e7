"""A browser for each test."""

import pytest

from tests.builders import Desk
from tests.channels.widget.browser import Browser


@pytest.fixture
def browser(desk: Desk) -> Browser:
    """Somebody on a customer's page whom nobody knows yet."""
    return Browser(desk)
