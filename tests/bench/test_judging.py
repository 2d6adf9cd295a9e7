"""Goals, growth and the drawing of both."""

from xml.etree import ElementTree as ET

import pytest

from bench.chart import chart
from bench.goals import Goal, verdict
from bench.sizes import Curve


@pytest.mark.parametrize(
    ("goal", "enough", "not_enough"),
    [
        (Goal("of the floor", 0.9), 0.91, 0.89),
        (Goal("of the reference", 25), 30.0, 20.0),
        (Goal("p99 ms", 10), 9.0, 11.0),
        (Goal("CPU ms", 0.12), 0.1, 0.2),
    ],
)
def test_a_goal_is_met_on_its_own_side(goal: Goal, enough: float, not_enough: float) -> None:
    assert verdict("create", goal, enough).is_met
    assert not verdict("create", goal, not_enough).is_met


def test_growth_is_from_the_smallest_to_the_largest_database() -> None:
    curve = Curve("list 100", "lists", promised=True, ms={1_000_000: 3.0, 1_000: 2.0, 10_000: 9.0})

    (growth,) = curve.verdicts()

    assert (growth.measured, growth.is_met) == (1.5, False)


def test_what_reaches_further_where_there_is_more_is_promised_nothing() -> None:
    curve = Curve("deep offset", "lists", promised=False, ms={1_000: 1.0, 1_000_000: 30.0})

    assert curve.verdicts() == []


def test_the_drawing_has_a_line_and_a_name_for_each_request() -> None:
    curves = [
        Curve("list 100", "lists", promised=True, ms={1_000: 2.0, 1_000_000: 2.1}),
        Curve("search <&>", "searches", promised=True, ms={1_000: 0.9, 1_000_000: 40.0}),
    ]

    drawn = ET.fromstring(chart(curves, "Cost"))

    names = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    lines = list(drawn.iter("{http://www.w3.org/2000/svg}polyline"))
    assert len(lines) == len(curves)
    assert {"list 100", "search <&>", "1k", "1M", "lists", "searches"} <= {*names}
