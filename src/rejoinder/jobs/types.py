"""A job, and what a name stands for: the function, and how patiently it is tried."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Generic, TypeVar

from msgspec import Raw, Struct

C = TypeVar("C")


class NewJob(Struct, frozen=True):
    """Something to be queued; `payload` is anything that becomes JSON."""

    name: str
    payload: object
    delay: timedelta = timedelta()


class Job(Struct, frozen=True):
    """A job in the hands of a worker; `attempts` counts the run that is about to begin."""

    id: int
    name: str
    payload: Raw
    attempts: int


class Kind(Struct, Generic[C], frozen=True, kw_only=True):
    """What the jobs of one name do, given the worker's context, and how they are tried.

    The pause before the next attempt doubles from `first_pause` to `longest_pause`.
    `at_once` bounds them in each process, so that slow ones leave room for others.
    """

    run: Callable[[C, Job], Awaitable[object]]
    attempts: int | None = 5
    first_pause: timedelta = timedelta(seconds=5)
    longest_pause: timedelta = timedelta(hours=1)
    timeout: timedelta = timedelta(minutes=1)
    at_once: int = 2


class Every(Struct, Generic[C], frozen=True):
    """What is done again and again, in one process at a time; a failure waits for a later time."""

    interval: timedelta
    run: Callable[[C], Awaitable[object]]
    timeout: timedelta = timedelta(minutes=5)
