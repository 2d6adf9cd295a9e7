"""How long a refusal takes says nothing about what was right in it (T-TIME)."""

import os
import random
import secrets
from math import sqrt
from statistics import mean, median, variance
from time import perf_counter, thread_time

from msgspec import Struct

from tests.builders import Desk

LONG = os.environ.get("REJOINDER_TEST_LONG") == "1"
TRIES = 10_000 if LONG else 300
# A comparison that ends at the first wrong letter shows in |t|, here of the processor's time alone.
MOST_T = 4.5
# On the clock a busy machine shows, too.
MOST_T_OF_WAITS = 12.0


class Took(Struct, frozen=True):
    """Seconds of one request: on the clock, and of the processor."""

    waited: float
    worked: float


async def asked(desk: Desk, key: str) -> Took:
    began, began_to_work = perf_counter(), thread_time()
    answer = await desk.call("GET", "?limit=1", key=key)
    took = Took(perf_counter() - began, thread_time() - began_to_work)
    assert answer.status_code == 401
    return took


def t_of(one: list[float], other: list[float]) -> float:
    """Welch's t, without the tenth that a busy machine held up most."""
    one, other = (sorted(times)[: len(times) * 9 // 10] for times in (one, other))
    spread = variance(one) / len(one) + variance(other) / len(other)
    return (mean(one) - mean(other)) / sqrt(spread)


async def test_a_key_that_begins_right_is_refused_like_any_other(desk: Desk) -> None:
    near: list[Took] = []
    far: list[Took] = []
    for _ in range(TRIES):
        tries = [
            (near, desk.key[:-4] + secrets.token_hex(2)),
            (far, "phx_" + secrets.token_urlsafe(len(desk.key))[: len(desk.key) - 4]),
        ]
        # Who comes second finds other things in the processor's caches.
        for times, key in random.sample(tries, 2):
            times.append(await asked(desk, key))

    t = t_of([each.worked for each in near], [each.worked for each in far])
    waits = t_of([each.waited for each in near], [each.waited for each in far])
    medians = [median(each.waited for each in times) * 1e6 for times in (near, far)]
    print(f"{TRIES} pairs: {medians[0]:.0f} and {medians[1]:.0f} µs, t = {t:.2f}, {waits:.2f}")  # noqa: T201  the figures
    assert abs(t) < MOST_T
    assert abs(waits) < MOST_T_OF_WAITS
