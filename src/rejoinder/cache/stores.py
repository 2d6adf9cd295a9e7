"""Which store a process uses."""

from collections.abc import Callable

from rejoinder.cache.cached import Store
from rejoinder.cache.local import LocalStore
from rejoinder.cache.shared import SharedStore


def open_store(redis_url: str, trusted: Callable[[], bool]) -> Store:
    """Redis if there is one, or else this process: while it hears of every change (`trusted`)."""
    return SharedStore(redis_url) if redis_url else LocalStore(trusted)
