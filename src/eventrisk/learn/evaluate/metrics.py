"""How good classifications are, in the few numbers that the model card prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.calibrate import brier, expected_error
from eventrisk.learn.evaluate import intervals
from eventrisk.learn.sentiment import CLASSES

OPPOSITES = ("negative", "positive")


def class_metrics(
    found: NDArray[np.float64], truth: NDArray[np.int64], classes: Sequence[str] = CLASSES
) -> dict[str, Any]:
    """``n``, accuracy, macro-F1, Brier score, calibration error, macro-F1 of the majority class, F1
    by class.

    Where the classes have a sign, ``wrong_sign`` too: the share of negative taken for positive or
    the other way round.
    """
    matrix = confusion(found.argmax(axis=1), truth, len(classes))
    majority = confusion(np.full(len(truth), matrix.sum(axis=1).argmax()), truth, len(classes))
    return {
        "n": len(truth),
        "accuracy": float(intervals.accuracy(matrix)),
        "macro_f1": float(intervals.macro_f1(matrix)),
        **{name: float(of(matrix)) for name, of in signed(classes).items()},
        "brier": brier(found, truth),
        "ece": expected_error(found, truth),
        "majority_macro_f1": float(intervals.macro_f1(majority)),
        "f1": dict(zip(classes, intervals.f1(intervals.tallies(matrix)).tolist(), strict=True)),
    }


def signed(classes: Sequence[str]) -> dict[str, intervals.Statistic]:
    """The figure ``wrong_sign`` of confusion matrices, where the classes have a sign."""
    if not set(OPPOSITES) <= set(classes):
        return {}
    corners = [classes.index(name) for name in OPPOSITES]
    return {"wrong_sign": lambda matrix: intervals.wrong_sign(matrix, *corners)}


def confusion(
    given: NDArray[np.int64], truth: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    """The confusion matrix of ``count`` classes: rows true, columns given."""
    matrix = np.zeros((count, count))
    np.add.at(matrix, (truth, given), 1)
    return matrix


def macro_f1(given: NDArray[np.int64], truth: NDArray[np.int64]) -> float:
    """Mean F1 over the classes that occur."""
    return float(
        intervals.macro_f1(confusion(given, truth, 1 + int(max(given.max(), truth.max()))))
    )
