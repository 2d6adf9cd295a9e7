"""What a fault cost: counted from the history, kept for the report if one is asked for."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from tests.faults.history import Attempt, Fault, History, Outcome, Sighting, StreamEnd, Write

FILE: Final = "REJOINDER_TEST_FIGURES"
"""The environment variable that names the file which figures are kept in."""

_ERROR: Final = 500


class Figures(Struct, frozen=True, kw_only=True):
    """One ordeal; times are seconds."""

    name: str
    faults: int
    writes: dict[Outcome, int]
    requests: int
    unanswered: int
    statuses: dict[int, int]
    without_retry_after: int
    longest: float
    troubles: list[float]
    """After each fault: until the last request that failed because of it had its answer."""
    arrived: int
    twice: int
    mails: int
    mails_twice: int
    streams_ended: int
    streams_told: int

    def kept(self) -> "Figures":
        if path := os.environ.get(FILE):
            with Path(path).open("ab") as file:
                file.write(msgspec.json.encode(self) + b"\n")
        return self


def figures(name: str, history: History) -> Figures:
    attempts = history.of(Attempt)
    sightings = history.of(Sighting)
    hooks = Counter(one.event_id for one in sightings if one.how == "hook")
    mails = Counter(one.message_id for one in sightings if one.how == "mail")
    ends = history.of(StreamEnd)
    return Figures(
        name=name,
        faults=len(history.of(Fault)),
        writes=dict(Counter(write.outcome for write in history.of(Write))),
        requests=len(attempts),
        unanswered=sum(attempt.status == 0 for attempt in attempts),
        statuses=dict(Counter(one.status for one in attempts if one.status >= _ERROR)),
        without_retry_after=sum(one.status > _ERROR and not one.retry_after for one in attempts),
        longest=max(attempt.end - attempt.start for attempt in attempts),
        troubles=_troubles(history.of(Fault), attempts),
        arrived=len(hooks),
        twice=hooks.total() - len(hooks),
        mails=len(mails),
        mails_twice=mails.total() - len(mails),
        streams_ended=len(ends),
        streams_told=sum(end.told for end in ends),
    )


def _troubles(faults: Sequence[Fault], attempts: Sequence[Attempt]) -> list[float]:
    troubles: list[float] = []
    ends = [*(fault.at for fault in faults), float("inf")][1:]
    for fault, until in zip(faults, ends, strict=True):
        failed = [one.end for one in attempts if fault.at < one.end < until and _failed(one)]
        troubles.append(max(failed, default=fault.at) - fault.at)
    return troubles


def _failed(attempt: Attempt) -> bool:
    return attempt.status == 0 or attempt.status >= _ERROR
