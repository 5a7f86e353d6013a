"""From raw scores to probabilities that can be taken at their word, held as plain arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.errors import ModelError
from eventrisk.learn.linear import softmax

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Sigmoid:
    """A second logistic regression over the scores: ``softmax(scores @ slope.T + shift)``."""

    slope: Array
    shift: Array

    def __call__(self, scores: Array) -> Array:
        """Probabilities in 0…1 that sum to one; the last axis holds the classes."""
        return softmax(scores @ self.slope.T + self.shift)


@dataclass(frozen=True)
class Isotonic:
    """For each class a rising curve through ``x`` (its softmax probability) and ``y`` (how often it was right)."""

    x: tuple[Array, ...]
    y: tuple[Array, ...]

    def __call__(self, scores: Array) -> Array:
        """Probabilities in 0…1 that sum to one; the last axis holds the classes."""
        plain = softmax(scores)
        columns = [np.interp(plain[..., k], x, y) for k, (x, y) in enumerate(zip(self.x, self.y, strict=True))]
        raised = np.stack(columns, axis=-1) + 1e-3
        result: Array = raised / raised.sum(axis=-1, keepdims=True)
        return result


Calibrator = Sigmoid | Isotonic


def to_state(calibrator: Calibrator) -> dict[str, Any]:
    """Strings and arrays only; keys begin with ``calibration``."""
    if isinstance(calibrator, Sigmoid):
        return {
            "calibration": "sigmoid",
            "calibration.slope": calibrator.slope,
            "calibration.shift": calibrator.shift,
        }
    state: dict[str, Any] = {"calibration": "isotonic", "calibration.classes": len(calibrator.x)}
    for k, (x, y) in enumerate(zip(calibrator.x, calibrator.y, strict=True)):
        state |= {f"calibration.x{k}": x, f"calibration.y{k}": y}
    return state


def from_state(state: Mapping[str, Any]) -> Calibrator:
    """The inverse of ``to_state``. Raises ModelError where something is missing."""
    try:
        if state["calibration"] == "sigmoid":
            return Sigmoid(state["calibration.slope"], state["calibration.shift"])
        classes = range(int(state["calibration.classes"]))
        return Isotonic(
            tuple(state[f"calibration.x{k}"] for k in classes), tuple(state[f"calibration.y{k}"] for k in classes)
        )
    except KeyError as error:
        raise ModelError(f"the calibration lacks {error}; rebuild the bundle with `make models`") from error


def brier(found: Array, truth: NDArray[np.int64]) -> float:
    """Mean squared distance between probabilities and what was true, summed over the classes: 0 (best) … 2."""
    wanted = np.eye(found.shape[1])[truth]
    return float(np.mean(np.sum((found - wanted) ** 2, axis=1)))


def expected_error(found: Array, truth: NDArray[np.int64], bins: int = 10) -> float:
    """Expected calibration error of the top class: 0 (best) … 1."""
    top, right = found.max(axis=1), found.argmax(axis=1) == truth
    where = np.minimum((top * bins).astype(int), bins - 1)
    gaps = [abs(float(top[where == b].sum() - right[where == b].sum())) for b in range(bins)]
    return sum(gaps) / max(1, len(truth))


def fit_sigmoid(scores: Array, truth: NDArray[np.int64]) -> Sigmoid:
    """A multinomial logistic regression from the scores to the truth, by scikit-learn."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=10.0, max_iter=1000).fit(scores, truth)
    return Sigmoid(np.asarray(model.coef_, float), np.asarray(model.intercept_, float))


def fit_isotonic(scores: Array, truth: NDArray[np.int64]) -> Isotonic:
    """One isotonic regression a class, by scikit-learn."""
    from sklearn.isotonic import IsotonicRegression

    plain = softmax(scores)
    curves = [IsotonicRegression(out_of_bounds="clip").fit(plain[:, k], truth == k) for k in range(scores.shape[1])]
    return Isotonic(
        tuple(np.asarray(c.X_thresholds_, float) for c in curves),
        tuple(np.asarray(c.y_thresholds_, float) for c in curves),
    )


def fit_best(scores: Array, truth: NDArray[np.int64], parts: list[tuple[list[int], list[int]]]) -> Calibrator:
    """The kind with the lower Brier score on held-out ``parts`` (train, test positions), then fitted on all."""
    loss: dict[str, float] = {}
    kinds: dict[str, Callable[[Array, NDArray[np.int64]], Calibrator]] = {
        "sigmoid": fit_sigmoid,
        "isotonic": fit_isotonic,
    }
    for name, fit in kinds.items():
        found = [(fit(scores[train], truth[train])(scores[test]), truth[test]) for train, test in parts]
        loss[name] = brier(np.concatenate([f for f, _ in found]), np.concatenate([t for _, t in found]))
    best = min(loss, key=lambda name: (round(loss[name], 4), name != "sigmoid"))
    return kinds[best](scores, truth)
