"""Stacking (Wolpert, Neural Networks 5, 1992): the log-odds of a base model as a block of features
for the model that is built on it.

A model trained on few releases cannot learn the language of the genre from them. It reads the
base's log-odds as one block among its own words, and learns a weight for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = "base"
MIN_PROBABILITY = 0.005  # a base that is surer than that could not be corrected
PREFIX = "base."  # of the base's keys in a state


def class_log_odds(labels: Sequence[str], proba: NDArray[np.float64]) -> dict[str, float]:
    """Log probabilities minus their mean, by label; ``proba`` ``(n_labels,)`` sums to one."""
    logs = np.log(np.maximum(proba, MIN_PROBABILITY))
    return dict(zip(labels, (logs - logs.mean()).tolist(), strict=True))


def label_log_odds(labels: Sequence[str], proba: NDArray[np.float64]) -> dict[str, float]:
    """The log-odds of each label by itself; ``proba`` is ``(n_labels,)``, each 0…1."""
    kept = np.clip(proba, MIN_PROBABILITY, 1 - MIN_PROBABILITY)
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
