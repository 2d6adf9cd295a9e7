"""A drawing of cost against size: one panel for each kind of request, both axes logarithmic."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import ceil, floor, log10
from xml.sax.saxutils import escape

from bench.sizes import Curve

_PANEL = (590, 330)
_PLOT = (70, 40, 290, 230)  # left, top, width and height inside a panel
_COLUMNS = 2
_HEAD = 50
_LINE = 15
# Distinguishable also without seeing red or green, on white and on black.
_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8f7f00", "#7f7f7f")
_DASHES = ("", "6 3", "2 3")
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #57606a }
.title { font-size: 16px; font-weight: 600 } .name { font-weight: 600 }
.line { fill: none; stroke-width: 2 } .grid { stroke: #8888; stroke-width: .5 }
@media (prefers-color-scheme: dark) { text { fill: #9ea7b3 } }
"""


def chart(curves: Sequence[Curve], title: str) -> str:
    """An SVG that is read on light and dark pages alike."""
    ordered = sorted(curves, key=lambda curve: curve.panel)
    panels = [(name, list(each)) for name, each in groupby(ordered, lambda curve: curve.panel)]
    scale = _Scale(curves)
    width, height = _PANEL
    rows = ceil(len(panels) / _COLUMNS)
    size = f"0 0 {width * _COLUMNS} {_HEAD + height * rows}"
    drawn = [
        f'<g transform="translate({width * (place % _COLUMNS)} '
        f'{_HEAD + height * (place // _COLUMNS)})">{"".join(_panel(name, of, scale))}</g>'
        for place, (name, of) in enumerate(panels)
    ]
    head = f'<text class="title" x="20" y="28">{escape(title)}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" role="img">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>{head}{''.join(drawn)}</svg>\n"
    )


class _Scale:
    """Where a size and a time lie inside a panel; all panels have the same."""

    def __init__(self, curves: Sequence[Curve]) -> None:
        self.sizes = sorted({size for curve in curves for size in curve.ms})
        times = [ms for curve in curves for ms in curve.ms.values()]
        self.decades = range(floor(log10(min(times))), ceil(log10(max(times))) + 1)

    def x(self, size: int) -> float:
        left, _, width, _ = _PLOT
        first, last = log10(self.sizes[0]), log10(self.sizes[-1])
        return left + width * (log10(size) - first) / ((last - first) or 1)

    def y(self, ms: float) -> float:
        _, top, _, height = _PLOT
        first, last = self.decades[0], self.decades[-1]
        return top + height * (last - log10(ms)) / ((last - first) or 1)


def _panel(name: str, curves: Sequence[Curve], scale: _Scale) -> Iterable[str]:
    left, top, width, height = _PLOT
    yield f'<text class="name" x="{left}" y="{top - 14}">{escape(name)}</text>'
    for power in scale.decades:
        y = scale.y(10.0**power)
        yield f'<line class="grid" x1="{left}" x2="{left + width}" y1="{y:.1f}" y2="{y:.1f}"/>'
        label = f"{10.0**power:g} ms"
        yield f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
    for size in scale.sizes:
        x = scale.x(size)
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{top + height}"/>'
        y = top + height + 18
        yield f'<text x="{x:.1f}" y="{y}" text-anchor="middle">{_short(size)}</text>'
    yield (
        f'<text x="{left + width / 2}" y="{top + height + 36}" text-anchor="middle">tickets</text>'
    )
    # From the dearest down, as the lines end.
    for place, curve in enumerate(sorted(curves, key=_last, reverse=True)):
        yield from _line(curve, place, scale)


def _line(curve: Curve, place: int, scale: _Scale) -> Iterable[str]:
    """The curve, and its name in the legend beside the plot."""
    left, top, width, _ = _PLOT
    colour = _COLOURS[place % len(_COLOURS)]
    dash = _DASHES[place // len(_COLOURS) % len(_DASHES)]
    points = " ".join(f"{scale.x(size):.1f},{scale.y(ms):.1f}" for size, ms in curve.ms.items())
    stroke = f'class="line" stroke="{colour}" stroke-dasharray="{dash}"'
    yield f'<polyline {stroke} points="{points}"/>'
    x, y = left + width + 14, top + 6 + _LINE * place
    yield f'<line {stroke} x1="{x}" x2="{x + 22}" y1="{y - 4}" y2="{y - 4}"/>'
    yield f'<text x="{x + 28}" y="{y}">{escape(curve.name)}</text>'


def _last(curve: Curve) -> float:
    return curve.ms[max(curve.ms)]


def _short(size: int) -> str:
    for unit, letter in ((1_000_000, "M"), (1_000, "k")):
        if size >= unit:
            return f"{size // unit}{letter}"
    return str(size)
