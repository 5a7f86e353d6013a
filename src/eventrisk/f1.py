"""F1, the harmonic mean of precision and recall: the one formula of all figures."""

from __future__ import annotations

from typing import Any


def f1(right: Any, predicted: Any, gold: Any) -> Any:
    """F1 (0…1) of counts: how many items were predicted rightly, predicted, and are gold; 0 where
    nothing was predicted and nothing is gold.

    The counts are numbers or arrays of one shape, such as ``(n_labels,)``; so is the result.
    """
    both = predicted + gold
    return 2 * right / (both + (both == 0))


def exact_scores(right: int, predicted: int, gold: int) -> dict[str, float]:
    """Precision ``p``, recall ``r`` and F1 ``f`` (0…1) from the numbers of spans that are right,
    predicted and labelled; 0 where nothing is predicted or labelled.
    """
    return {
        "p": right / predicted if predicted else 0.0,
        "r": right / gold if gold else 0.0,
        "f": float(f1(right, predicted, gold)),
    }
