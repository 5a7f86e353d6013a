"""How far a head's probabilities can be taken at their word: points with intervals, and no curve
through too few of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt
from typing import Any

from eventrisk.show import pictures
from eventrisk.show.blocks import Block, Paragraph, Picture, ranged, table

MIN_POINTS = 3  # fewer do not show how a curve runs
Z = 1.96  # of an interval of 95 %
WHAT = "How often a judgement was right against how sure it was"
SIZES = "in parts of one size"


def blocks(head: str, m: Mapping[str, Any]) -> Iterator[Block]:
    """The reliability diagram of a head and its table, or why there is none."""
    points = _points(m)
    if len(points) < MIN_POINTS:
        judgements = sum(count for *_, count in points)
        yield Paragraph(
            f"Calibration is not drawn: {judgements} judgements are too few for it, or all of "
            "them are right, or wrong."
        )
        return
    bars = [(confidence, right, *wilson(right, count)) for confidence, right, count in points]
    caption = f"{WHAT}, with 95 % intervals"
    yield Picture(pictures.calibration(bars), caption, f"{head}_calibration.svg")
    rows = [(confidence, ranged(right, (low, high))) for confidence, right, low, high in bars]
    yield table(("mean probability", "share right"), rows, f"{WHAT}, {SIZES}", folded=True)


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (0…1) of ``count`` judgements (Wilson, 1927)."""
    spread = Z * sqrt(share * (1 - share) / count + (Z / (2 * count)) ** 2)
    middle, scale = share + Z**2 / (2 * count), 1 + Z**2 / count
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def _points(m: Mapping[str, Any]) -> list[tuple[float, float, int]]:
    """Mean probability, share right and number of judgements of each part; where a report does not
    give the number, all parts have the same.
    """
    parts = m["calibration"]
    judgements = m["n"] if "brier" in m else sum(part["given"] for part in m["labels"].values())
    each = max(1, round(judgements / len(parts)))
    return [(float(p[0]), float(p[1]), int(p[2]) if len(p) > 2 else each) for p in parts]
