"""The pictures of a model card and of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eventrisk.show.plot import plot


def calibration(
    points: Sequence[Sequence[float]], label: str = "mean probability of the label"
) -> str:
    """How often a judgement was right against how sure it was."""
    return plot(
        [(float(sure), float(right)) for sure, right in points],
        (label, "share right"),
        diagonal=True,
    )


def coverage(m: Mapping[str, Any]) -> str:
    """Share of errors against the share of texts kept, with the confidence chosen marked."""
    kept = [(point[1], 1 - point[2]) for point in m["coverage"]]
    chosen = [(point[1], 1 - point[2]) for point in m["coverage"] if point[0] == m["confidence"]]
    return plot(kept, ("share of texts kept", "share wrong of these"), marked=chosen)


def learning(points: Sequence[Sequence[float]], figure: str) -> str:
    """The main figure against the number of texts learned from."""
    return plot([(float(n), float(score)) for n, score in points], ("texts learned from", figure))


PICTURES = {"calibration.svg": lambda m: calibration(m["calibration"]), "coverage.svg": coverage}
