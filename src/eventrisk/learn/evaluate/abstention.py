"""When to say *not sure* (selective prediction): the confidence from which a prediction is relied
on, and what it costs to ask for more.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TARGET_ACCURACY = 0.97  # share of the predictions relied on that has to be right
MIN_COVERAGE = 0.5  # where that is out of reach, so large a share is relied on all the same
# 0.34 (of three classes the likeliest cannot be less sure) … 0.99
GRID = tuple(round(0.34 + 0.01 * step, 2) for step in range(66))


class OperatingPoint(NamedTuple):
    """When predictions below ``confidence`` are set aside: the share of texts left (0…1), and the
    share of these that is right.
    """

    confidence: float
    coverage: float
    accuracy: float


def grid(classes: int) -> tuple[float, ...]:
    """The confidences that are tried: from the least that the likeliest of so many classes can
    have, in hundredths.
    """
    return GRID if classes <= 3 else tuple(step / 100 for step in range(100 // classes, 100))


def risk_coverage(
    probabilities: NDArray[np.float64], y_true: NDArray[np.int64]
) -> list[OperatingPoint]:
    """The risk-coverage curve (El-Yaniv and Wiener, JMLR 2010) of probabilities
    ``(n_texts, n_classes)``, each 0…1: a point for each confidence of the grid that leaves any
    text. ``y_true`` ``(n_texts,)`` holds numbers of classes.
    """
    top, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == y_true
    sure = [(confidence, top >= confidence) for confidence in grid(probabilities.shape[1])]
    return [
        OperatingPoint(confidence, float(left.mean()), float(right[left].mean()))
        for confidence, left in sure
        if left.any()
    ]


def confidence_threshold(probabilities: NDArray[np.float64], y_true: NDArray[np.int64]) -> float:
    """The lowest confidence (0…1) from which ``TARGET_ACCURACY`` of the predictions is right.

    ``probabilities`` ``(n_texts, n_classes)`` are calibrated, of texts that neither the model nor
    its calibration saw; ``y_true`` ``(n_texts,)`` holds numbers of classes. Where no confidence
    reaches that, it is the highest that still leaves ``MIN_COVERAGE`` of the texts; where none does
    even that, since all classes are alike to the model, it is 0.
    """
    curve = risk_coverage(probabilities, y_true)
    accurate = [point.confidence for point in curve if point.accuracy >= TARGET_ACCURACY]
    covering = [point.confidence for point in curve if point.coverage >= MIN_COVERAGE]
    return min(accurate, default=max(covering, default=0.0))
