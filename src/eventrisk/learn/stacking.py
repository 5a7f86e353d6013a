"""What a base model says, as a block of features for the model that is built on it.

A model trained on few releases cannot learn the language of the genre from them. It reads what the
base says of a text as one block among its own words, and learns how far to trust it: stacking,
after Wolpert (Neural Networks 5, 1992).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = "base"
LEAST = 0.005  # probability; a base that is surer than that could not be taught anything
PREFIX = "base."


def opinion(labels: Sequence[str], chances: NDArray[np.float64]) -> dict[str, float]:
    """Probabilities of classes that exclude one another as log-odds against their mean, by
    label.
    """
    logs = np.log(np.maximum(chances, LEAST))
    return dict(zip(labels, (logs - logs.mean()).tolist(), strict=True))


def opinions(labels: Sequence[str], chances: NDArray[np.float64]) -> dict[str, float]:
    """Probabilities of labels that stand each for itself as log-odds, by label."""
    kept = np.clip(chances, LEAST, 1 - LEAST)
    return dict(zip(labels, np.log(kept / (1 - kept)).tolist(), strict=True))


def to_state(state: Mapping[str, Any]) -> dict[str, Any]:
    """The base's state as part of the state of the model built on it."""
    return {PREFIX + key: value for key, value in state.items()}


def from_state(state: Mapping[str, Any]) -> dict[str, Any] | None:
    """The inverse; None where there is no base."""
    own = {
        key.removeprefix(PREFIX): value for key, value in state.items() if key.startswith(PREFIX)
    }
    return own or None
