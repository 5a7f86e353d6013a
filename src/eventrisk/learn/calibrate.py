"""Calibration: from raw scores to probabilities, as plain arrays.

Shapes: ``scores`` and probabilities are ``(n_texts, n_classes)``, ``y_true`` ``(n_texts,)`` holds
numbers of classes from 0, ``sample_weight`` ``(n_texts,)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.errors import ModelError
from eventrisk.learn.fit.multinomial import fit_multinomial
from eventrisk.learn.linear import softmax

Array = NDArray[np.float64]
Splits = list[tuple[list[int], list[int]]]  # positions to train on, and those held out from them


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
    """For each class a rising curve through ``x`` (its softmax probability) and ``y`` (how often it
    was right).
    """

    x: tuple[Array, ...]
    y: tuple[Array, ...]

    def __call__(self, scores: Array) -> Array:
        """Probabilities in 0…1 that sum to one; the last axis holds the classes."""
        plain = softmax(scores)
        columns = [
            np.interp(plain[..., k], x, y)
            for k, (x, y) in enumerate(zip(self.x, self.y, strict=True))
        ]
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
            tuple(state[f"calibration.x{k}"] for k in classes),
            tuple(state[f"calibration.y{k}"] for k in classes),
        )
    except KeyError as error:
        raise ModelError(
            f"the calibration lacks {error}; rebuild the bundle with `make models`"
        ) from error


def brier(proba: Array, y_true: NDArray[np.int64], sample_weight: Array | None = None) -> float:
    """Mean squared distance between probabilities and what was true, summed over the classes: 0
    (best) … 2.
    """
    wanted = np.eye(proba.shape[1])[y_true]
    return float(np.average(np.sum((proba - wanted) ** 2, axis=1), weights=sample_weight))


def expected_error(proba: Array, y_true: NDArray[np.int64], bins: int = 10) -> float:
    """Expected calibration error of the top class: 0 (best) … 1."""
    top, right = proba.max(axis=1), proba.argmax(axis=1) == y_true
    where = np.minimum((top * bins).astype(int), bins - 1)
    gaps = [abs(float(top[where == b].sum() - right[where == b].sum())) for b in range(bins)]
    return sum(gaps) / max(1, len(y_true))


def plain(classes: int) -> Sigmoid:
    """No calibration: the softmax of the scores."""
    return Sigmoid(np.eye(classes), np.zeros(classes))


def fit_sigmoid(
    scores: Array, y_true: NDArray[np.int64], sample_weight: Array | None = None
) -> Sigmoid:
    """A multinomial logistic regression from the scores to the truth; nothing is changed where all
    is of one class.
    """
    if len(np.unique(y_true)) < 2:
        return plain(scores.shape[1])
    fitted = fit_multinomial(
        scores, y_true, scores.shape[1], c=10.0, sample_weight=sample_weight, max_iter=1000
    )
    return Sigmoid(np.asarray(fitted.coef, float), np.asarray(fitted.intercept, float))


def fit_isotonic(
    scores: Array, y_true: NDArray[np.int64], sample_weight: Array | None = None
) -> Isotonic:
    """One isotonic regression a class, by scikit-learn."""
    from sklearn.isotonic import IsotonicRegression

    proba = softmax(scores)
    curves = [
        IsotonicRegression(out_of_bounds="clip").fit(
            proba[:, k], y_true == k, sample_weight=sample_weight
        )
        for k in range(scores.shape[1])
    ]
    return Isotonic(
        tuple(np.asarray(c.X_thresholds_, float) for c in curves),
        tuple(np.asarray(c.y_thresholds_, float) for c in curves),
    )


FITS: dict[str, Callable[[Array, NDArray[np.int64], Array | None], Calibrator]] = {
    "sigmoid": fit_sigmoid,
    "isotonic": fit_isotonic,
}
KINDS = tuple(FITS)


def fit_best(
    scores: Array,
    y_true: NDArray[np.int64],
    splits: Splits,
    kinds: Sequence[str] = KINDS,
    sample_weight: Array | None = None,
) -> Calibrator:
    """The kind with the lower Brier score on held-out ``splits`` (train, test positions), then
    fitted on all.
    """
    best = kinds[0]
    if len(kinds) > 1:
        loss = {name: _loss(name, scores, y_true, splits, sample_weight) for name in kinds}
        best = min(loss, key=lambda name: (round(loss[name], 4), name != "sigmoid"))
    return FITS[best](scores, y_true, sample_weight)


def _loss(
    name: str, scores: Array, y_true: NDArray[np.int64], splits: Splits, sample_weight: Array | None
) -> float:
    """The Brier score of one kind on the parts held out."""
    proba = [
        FITS[name](scores[train], y_true[train], _of(sample_weight, train))(scores[test])
        for train, test in splits
    ]
    tested = [i for _, test in splits for i in test]
    return brier(np.concatenate(proba), y_true[tested], _of(sample_weight, tested))


def _of(sample_weight: Array | None, at: list[int]) -> Array | None:
    return None if sample_weight is None else sample_weight[at]


def held_out(
    scores: Array,
    y_true: NDArray[np.int64],
    splits: Splits,
    kinds: Sequence[str] = KINDS,
    sample_weight: Array | None = None,
) -> Array:
    """Probabilities of each part, calibrated on the other parts only."""
    proba = np.zeros_like(scores)
    for train, test in splits:
        inner = [(list(range(0, len(train), 2)), list(range(1, len(train), 2)))]
        proba[test] = fit_best(
            scores[train], y_true[train], inner, kinds, _of(sample_weight, train)
        )(scores[test])
    return proba
