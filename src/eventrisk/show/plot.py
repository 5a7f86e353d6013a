"""Small line plots as SVG, drawn with nothing but strings: the same figures give the same bytes on
any machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

WIDTH, HEIGHT = 320, 250  # pixels
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 10, 38  # pixels; room for the axes
# Colours that are readable on light and dark grounds.
INK, MARKED, GRID, SOFT = "#2b5c8a", "#b5413a", "#d9dde3", "#7d8794"
TICKS = 5  # steps of an axis

Point = tuple[float, float]


class _Frame:
    """Where data stands on the picture."""

    def __init__(self, points: Sequence[Point]) -> None:
        (self.low_x, self.high_x), (self.low_y, self.high_y) = (
            _ends([p[axis] for p in points]) for axis in (0, 1)
        )

    def at(self, point: Point) -> Point:
        across = (point[0] - self.low_x) / (self.high_x - self.low_x)
        up = (point[1] - self.low_y) / (self.high_y - self.low_y)
        x, y = (
            LEFT + across * (WIDTH - LEFT - RIGHT),
            HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM),
        )
        return round(x, 1), round(y, 1)


def plot(
    points: Sequence[Point],
    names: tuple[str, str],
    *,
    diagonal: bool = False,
    marked: Sequence[Point] = (),
    bars: Sequence[Point] = (),
) -> str:
    """A line through the points, or, where ``bars`` give the ends of an interval for each, the
    points alone with their intervals; ``names`` are those of the two axes, ``diagonal`` is where
    both are alike.
    """
    corners: list[Point] = []
    ends = [(x, y) for (x, _), ends in zip(points, bars, strict=False) for y in ends]
    if diagonal:
        low = min(min(p) for p in [*points, *ends])
        corners = [(low, low), (1.0, 1.0)]
    frame = _Frame([*points, *marked, *corners, *ends])
    parts = [*_axes(frame, names)]
    if diagonal:
        parts.append(_line(frame, corners, f'stroke="{SOFT}" stroke-dasharray="4 3"'))
    if bars:
        parts += [_line(frame, ends[n : n + 2], f'stroke="{INK}"') for n in range(0, len(ends), 2)]
    else:
        parts.append(_line(frame, points, f'stroke="{INK}" stroke-width="1.6"'))
    parts += [_dot(frame.at(p), 2.6, INK) for p in points] + [
        _dot(frame.at(p), 5, MARKED) for p in marked
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="system-ui, sans-serif" font-size="10" '
        f'fill="none">'
        f"{''.join(parts)}</svg>"
    )


def _axes(frame: _Frame, names: tuple[str, str]) -> Iterable[str]:
    for share in (step / TICKS for step in range(TICKS + 1)):
        x = frame.low_x + share * (frame.high_x - frame.low_x)
        y = frame.low_y + share * (frame.high_y - frame.low_y)
        (across, _), (_, up) = frame.at((x, frame.low_y)), frame.at((frame.low_x, y))
        yield (
            f'<path d="M{LEFT} {up}H{WIDTH - RIGHT}M{across} {TOP}V{HEIGHT - BOTTOM}" '
            f'stroke="{GRID}"/>'
        )
        yield _words(
            across, HEIGHT - BOTTOM + 15, f"{x:.2f}" if frame.high_x <= 2 else f"{x:.0f}", "middle"
        )
        yield _words(LEFT - 5, up + 3, f"{y:.2f}", "end")
    yield _words((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, names[0], "middle")
    middle = (TOP + HEIGHT - BOTTOM) / 2
    yield (
        f'<text transform="translate(11 {middle}) rotate(-90)" text-anchor="middle" fill="{SOFT}">'
        f"{escape(names[1])}</text>"
    )


def _words(x: float, y: float, text: str, anchor: str) -> str:
    return (
        f'<text x="{round(x, 1)}" y="{round(y, 1)}" text-anchor="{anchor}" '
        f'fill="{SOFT}">{escape(text)}</text>'
    )


def _line(frame: _Frame, points: Sequence[Point], style: str) -> str:
    return f'<polyline points="{" ".join(f"{x},{y}" for x, y in map(frame.at, points))}" {style}/>'


def _dot(at: Point, radius: float, colour: str) -> str:
    return f'<circle cx="{at[0]}" cy="{at[1]}" r="{radius}" fill="{colour}"/>'


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis; one value alone gets room on both sides."""
    low, high = min(values), max(values)
    return (low, high) if high - low > 1e-9 else (low - 0.05, high + 0.05)
