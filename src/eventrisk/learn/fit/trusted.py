"""How far held-out figures are trusted when probabilities are calibrated: rules say too much of
texts they were mended on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.adjusted import EVEN, Sharpness, following_events, is_whole
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
    examples: Sequence[Example],
    y_true: NDArray[np.int64],
    weights: NDArray[np.float64],
    following: float,
) -> tuple[NDArray[np.float64], Sharpness]:
    """Probabilities ``(n_texts, n_classes)`` that follow the events of each example, and the
    sharpness under which the true classes ``(n_texts,)`` are likeliest; as they are where
    ``following`` is 0.
    """
    if not following:
        return proba, EVEN
    long = np.array([is_whole(e.reading) for e in examples])

    def sharpened(chosen: NDArray[np.intp], sharpness: float) -> NDArray[np.float64]:
        numbers = (examples[i].event_features for i in chosen)
        pairs = zip(proba[chosen], numbers, strict=True)
        return np.array([following_events(p, n, following, sharpness) for p, n in pairs])

    def best_of(chosen: NDArray[np.intp]) -> float:
        def loss(sharpness: float) -> float:
            true = sharpened(chosen, sharpness)[np.arange(len(chosen)), y_true[chosen]]
            return -float(weights[chosen] @ np.log(np.maximum(true, 1e-12)))

        return float(min(SHARPNESS, key=loss)) if chosen.size else 1.0

    made = proba.copy()
    factors = []
    for part in (np.flatnonzero(~long), np.flatnonzero(long)):
        factors.append(best_of(part))
        if part.size:
            made[part] = sharpened(part, factors[-1])
    return made, Sharpness(*factors)
