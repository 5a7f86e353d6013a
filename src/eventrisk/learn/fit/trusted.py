"""How far held-out figures are trusted when probabilities are calibrated: rules say too much of
texts they were mended on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.adjusted import following_events
from eventrisk.learn.fit.decision import MIN_UNSEEN, SHARPNESS
from eventrisk.learn.fit.examples import Example

SEEN_WEIGHT = 0.1  # in calibration, of texts that rules were mended on


def calibration_weights(examples: Sequence[Example]) -> NDArray[np.float64]:
    """The part ``(n_texts,)`` of each text in calibration: where enough texts are there that no
    rule was mended on, the others have little, since on them the events are righter than elsewhere.
    """
    unseen = np.array([e.unseen for e in examples])
    seen_weight = SEEN_WEIGHT if unseen.sum() >= MIN_UNSEEN else 1.0
    return np.where(unseen, 1.0, seen_weight)


def followed(
    proba: NDArray[np.float64],
    numbers: Sequence[Mapping[str, float]],
    y_true: NDArray[np.int64],
    weights: NDArray[np.float64],
    following: float,
) -> tuple[NDArray[np.float64], float]:
    """Probabilities ``(n_texts, n_classes)`` that follow the events of each text, whose features
    are ``numbers``, and the sharpness under which the true classes ``(n_texts,)`` are likeliest.
    """

    def sharpened(sharpness: float) -> NDArray[np.float64]:
        pairs = zip(proba, numbers, strict=True)
        return np.array([following_events(p, n, following, sharpness) for p, n in pairs])

    def loss(sharpness: float) -> float:
        chosen = sharpened(sharpness)[np.arange(len(y_true)), y_true]
        return -float(weights @ np.log(np.maximum(chosen, 1e-12)))

    best = float(min(SHARPNESS, key=loss))
    return sharpened(best), best
