"""How good classifications are, in the few numbers that the model card prints."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.calibrate import brier, expected_error
from eventrisk.learn.sentiment import CLASSES


def class_metrics(found: NDArray[np.float64], truth: NDArray[np.int64]) -> dict[str, Any]:
    """``n``, accuracy, macro-F1, wrong sign, Brier score, calibration error, and macro-F1 of the majority class."""
    given = found.argmax(axis=1)
    majority = np.full(len(truth), Counter(truth.tolist()).most_common(1)[0][0])
    negative, positive = CLASSES.index("negative"), CLASSES.index("positive")
    flipped = ((given == negative) & (truth == positive)) | ((given == positive) & (truth == negative))
    return {
        "n": len(truth),
        "accuracy": float(np.mean(given == truth)),
        "macro_f1": macro_f1(given, truth),
        "wrong_sign": float(np.mean(flipped)),
        "brier": brier(found, truth),
        "ece": expected_error(found, truth),
        "majority_macro_f1": macro_f1(majority, truth),
        "f1": {name: class_f1(given, truth, k) for k, name in enumerate(CLASSES)},
    }


def class_f1(given: NDArray[np.int64], truth: NDArray[np.int64], k: int) -> float:
    """F1 of one class, 0 where it neither occurs nor is given."""
    right = int(np.sum((given == k) & (truth == k)))
    return 2 * right / max(1, int(np.sum(given == k)) + int(np.sum(truth == k)))


def macro_f1(given: NDArray[np.int64], truth: NDArray[np.int64]) -> float:
    """Mean F1 over the classes that occur."""
    return float(np.mean([class_f1(given, truth, k) for k in sorted(set(truth.tolist()))]))
