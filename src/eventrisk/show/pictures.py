"""Every picture of a report: the one place that knows which figures are drawn, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eventrisk.show.plot import plot


def calibration(points: Sequence[tuple[float, float, float, float]]) -> str:
    """The reliability diagram: how often a prediction was right against its probability, each point
    with the ends of its interval. No line joins them, which would say more than they do.
    """
    shown = [(confidence, right) for confidence, right, _, _ in points]
    bars = [(low, high) for *_, low, high in points]
    return plot(shown, ("mean probability", "share right"), diagonal=True, bars=bars)


def coverage(figures: Mapping[str, Any]) -> str:
    """The risk-coverage curve: share of errors against the share of texts kept, with the confidence
    that was chosen marked, where one was.
    """
    chosen = figures.get("confidence")
    points = [(confidence, (share, 1 - right)) for confidence, share, right in figures["coverage"]]
    return plot(
        [point for _, point in points],
        ("share of texts kept", "share wrong of these"),
        marked=[point for confidence, point in points if confidence == chosen],
    )


def learning(points: Sequence[Sequence[float]], figure: str) -> str:
    """The learning curve: the main figure against the number of texts learned from."""
    return plot([(float(n), float(score)) for n, score in points], ("texts learned from", figure))
