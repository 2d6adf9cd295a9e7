"""More requests than can be served: the rest is refused early, and what is let in is served."""

import pytest

from tests.overload.conftest import LONG, House
from tests.overload.traffic import Plan, Report, Stream, run

SECONDS = 20.0 if LONG else 3.0


def measured(house: House, rate: float, connections: int, seconds: float = SECONDS) -> Report:
    stream = Stream(house.one.work() + house.other.work(), rate, connections)
    (report,) = run(Plan(house.port, seconds, [stream]))
    print(f"{rate:7.0f}/s offered: {report}")
    return report


@pytest.fixture(scope="module")
def peak(house: House) -> float:
    """The most that is answered in a second, to clients who ask again as soon as they may."""
    return max(measured(house, 10_000, clients, 3).goodput for clients in (16, 64, 256))


@pytest.mark.timeout(400)
def test_ten_times_too_much_is_refused_and_the_rest_is_served(house: House, peak: float) -> None:
    flood = measured(house, 10 * peak, 3_000)
    after = measured(house, peak / 3, 64)

    share = flood.goodput / peak
    print(f"peak {peak:.0f}/s; at ten times that {share:.0%} of it; after: p99 {after.p99:.0f} ms")
    assert flood.refused > 0
    assert (flood.without_retry, flood.broken, flood.other) == (0, 0, 0)
    assert share > (0.5 if LONG else 0.3), flood
    assert (after.refused, after.broken, after.other) == (0, 0, 0)
    assert house.figure("rejoinder_http_waiting") == 0
