"""Confusions and calibration of classes, from arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.evaluate import intervals

OPPOSITES = ("negative", "positive")
BINS = 10  # parts of one size in which judgements are compared with their probability


def confusion(
    y_true: NDArray[np.int64], y_pred: NDArray[np.int64], classes: int
) -> NDArray[np.float64]:
    """The confusion matrix ``(classes, classes)``: gold in rows, predicted in columns."""
    matrix = np.zeros((classes, classes))
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix


def macro_f1(y_true: NDArray[np.int64], y_pred: NDArray[np.int64]) -> float:
    """Mean F1 (0…1) over the gold classes, given as numbers from 0."""
    classes = 1 + int(max(y_true.max(), y_pred.max()))
    return float(intervals.macro_f1(confusion(y_true, y_pred, classes)))


def signed(classes: Sequence[str]) -> bool:
    """Whether two of the classes are opposites, so that a sign can be wrong."""
    return set(OPPOSITES) <= set(classes)


def reliability(probabilities: NDArray[np.float64], right: NDArray[np.bool_]) -> list[list[float]]:
    """The reliability diagram, by scikit-learn: for each tenth of the judgements, the least sure
    first, the mean probability and the share that is right.
    """
    from sklearn.calibration import calibration_curve

    if right.all() or not right.any():
        return [[float(probabilities.mean()), float(right.mean())]]
    share, mean = calibration_curve(right, probabilities, n_bins=BINS, strategy="quantile")
    return [[round(float(m), 4), round(float(s), 4)] for m, s in zip(mean, share, strict=True)]
