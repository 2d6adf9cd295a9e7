"""One project's crowd: others hardly notice."""

from tests.overload.conftest import LONG, House
from tests.overload.traffic import Plan, Report, Stream, run

SECONDS = 20.0 if LONG else 4.0
# Somebody else on a busy machine may take the processor away for a while; a crowd must not.
SLACK_MS = 1_500.0


def asked(house: House, *crowd: Stream) -> list[Report]:
    calm = Stream(house.other.work(), 40, 64)
    reports = run(Plan(house.port, SECONDS, [calm, *crowd]))
    for name, report in zip(("the others", "the crowd"), reports, strict=False):
        print(f"{name}: {report}")
    return reports


def test_a_crowd_of_one_project_leaves_the_others_their_time(house: House) -> None:
    (before,) = asked(house)
    crowd = Stream(house.one.work(), 3_000, 400)
    others, flood = asked(house, crowd)

    print(f"p99 of the others: {before.p99:.0f} ms alone, {others.p99:.0f} ms beside a crowd")
    assert (others.refused, others.broken, others.other) == (0, 0, 0)
    assert (flood.without_retry, flood.broken, flood.other) == (0, 0, 0)
    assert house.figure("rejoinder_http_project_share") > 0
    assert house.figure("rejoinder_http_refused_total", **{"for": "project"}) > 0
    assert others.p99 < 10 * before.p99 + SLACK_MS
