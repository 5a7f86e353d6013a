"""When to say *not sure*: the least confidence at which a judgement is relied on, and what it costs
to ask for more.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

KEPT_RIGHT = 0.97  # share of the kept judgements that has to be right
KEPT_AT_LEAST = 0.5  # where that is out of reach, so much is kept all the same
GRID = tuple(
    round(0.34 + 0.01 * step, 2) for step in range(66)
)  # 0.34 (three classes cannot be less sure) … 0.99
THREE = 3  # classes


class Kept(NamedTuple):
    """When judgements below ``confidence`` are set aside: the share that is kept, and how much of
    it is right.
    """

    confidence: float
    coverage: float
    accuracy: float


def grid(classes: int) -> tuple[float, ...]:
    """The confidences that are tried: from the least that the best of so many classes can have, in
    hundredths.
    """
    return GRID if classes <= THREE else tuple(step / 100 for step in range(100 // classes, 100))


def risk_coverage(found: NDArray[np.float64], truth: NDArray[np.int64]) -> list[Kept]:
    """For each confidence of the grid that keeps any text, how much is kept and how much of that is
    right (0…1).
    """
    top, right = found.max(axis=1), found.argmax(axis=1) == truth
    kept = [(confidence, top >= confidence) for confidence in grid(found.shape[1])]
    return [
        Kept(c, float(which.mean()), float(right[which].mean())) for c, which in kept if which.any()
    ]


def least_confidence(found: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """The lowest confidence at which ``KEPT_RIGHT`` of what is kept is right.

    ``found`` are calibrated probabilities of texts that neither the model nor its calibration saw.
    Where no confidence keeps that promise, it is the highest that still keeps ``KEPT_AT_LEAST`` of
    the texts; where none does even that, since all classes are alike to the model, it is 0.
    """
    curve = risk_coverage(found, truth)
    right_enough = [kept.confidence for kept in curve if kept.accuracy >= KEPT_RIGHT]
    enough = [kept.confidence for kept in curve if kept.coverage >= KEPT_AT_LEAST]
    return min(right_enough, default=max(enough, default=0.0))
