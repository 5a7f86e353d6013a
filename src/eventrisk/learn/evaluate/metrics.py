"""Confusions and calibration of classes, from arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.evaluate import intervals

OPPOSITES = ("negative", "positive")
MIN_JUDGEMENTS = 20  # in a part: of fewer, a share says nothing
MIN_PARTS = 3  # that show how calibration runs
BINS = 10  # parts of one size in which judgements are compared with their probability


def confusion(
    y_true: NDArray[np.int64], y_pred: NDArray[np.int64], classes: int
) -> NDArray[np.float64]:
    """The confusion matrix ``(n_classes, n_classes)``: gold in rows, predicted in columns.

    ``y_true`` and ``y_pred`` are ``(n_texts,)``, numbers of classes from 0. Raises IndexError for a
    number of ``classes`` or more.
    """
    matrix = np.zeros((classes, classes))
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix


def macro_f1(y_true: NDArray[np.int64], y_pred: NDArray[np.int64]) -> float:
    """Mean F1 (0…1) over the gold classes; ``y_true`` and ``y_pred`` are ``(n_texts,)``, numbers of
    classes from 0.
    """
    classes = 1 + int(max(y_true.max(), y_pred.max()))
    return float(intervals.macro_f1(confusion(y_true, y_pred, classes)))


def signed(classes: Sequence[str]) -> bool:
    """Whether two of the classes are opposites, so that a sign can be wrong."""
    return set(OPPOSITES) <= set(classes)


def reliability(probabilities: NDArray[np.float64], right: NDArray[np.bool_]) -> list[list[float]]:
    """The reliability diagram: for each part of the judgements, the least sure first, the mean
    probability, the share that is right, and how many there are (DeGroot and Fienberg, 1983).

    ``probabilities`` (0…1) and ``right`` are ``(n_judgements,)``, one judgement or more.
    There are ten parts of about one size; fewer where a part would have fewer than
    ``MIN_JUDGEMENTS``, and one where that leaves less than three, or all are right or wrong.
    """
    parts = min(BINS, len(right) // MIN_JUDGEMENTS)
    if parts < MIN_PARTS or right.all() or not right.any():
        return [[float(probabilities.mean()), float(right.mean()), len(right)]]
    edges = np.quantile(probabilities, np.linspace(0, 1, parts + 1)[1:-1])
    part = np.searchsorted(edges, probabilities)
    at = [np.flatnonzero(part == number) for number in range(parts)]
    return [
        [round(float(probabilities[i].mean()), 4), round(float(right[i].mean()), 4), len(i)]
        for i in at
        if len(i)
    ]
