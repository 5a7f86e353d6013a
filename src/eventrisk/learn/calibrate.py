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
from eventrisk.learn.fit.multinomial import ABSENT_LOG_ODDS, fit_multinomial
from eventrisk.learn.linear import softmax

Array = NDArray[np.float64]
Splits = list[tuple[list[int], list[int]]]  # positions to train on, and those held out from them


@dataclass(frozen=True)
class Sigmoid:
    """A second logistic regression over the scores: ``softmax(scores @ slope.T + shift)`` (Platt,
    1999).

    ``slope`` is ``(n_classes, n_classes)``, a factor of log-odds; ``shift`` ``(n_classes,)``, in
    log-odds.
    """

    slope: Array
    shift: Array

    def __call__(self, scores: Array) -> Array:
        """Probabilities (0…1) that sum to one, of log-odds of the same shape: ``(n_classes,)`` or
        ``(n_texts, n_classes)``.
        """
        return softmax(scores @ self.slope.T + self.shift)

    @property
    def flat(self) -> bool:
        """Whether all texts get the same probabilities, since the scores tell nothing."""
        return not self.slope.any()

    @property
    def gains(self) -> Array:
        """How much the log-odds of each class rise with its own score, ``(n_classes,)``."""
        own = np.diag(self.slope)
        others = (self.slope.sum(axis=0) - own) / max(1, len(own) - 1)
        gains: Array = own - others
        return gains


@dataclass(frozen=True)
class Isotonic:
    """For each class a rising curve through ``x`` (its softmax probability, 0…1) and ``y`` (how
    often it was right, 0…1), each ``(n_points,)``, ``x`` rising (Zadrozny and Elkan, KDD 2002).
    """

    x: tuple[Array, ...]
    y: tuple[Array, ...]

    def __call__(self, scores: Array) -> Array:
        """Probabilities (0…1) that sum to one, of log-odds of the same shape: ``(n_classes,)`` or
        ``(n_texts, n_classes)``.
        """
        plain = softmax(scores)
        columns = [
            np.interp(plain[..., k], x, y)
            for k, (x, y) in enumerate(zip(self.x, self.y, strict=True))
        ]
        raised = np.stack(columns, axis=-1) + 1e-3
        result: Array = raised / raised.sum(axis=-1, keepdims=True)
        return result

    @property
    def flat(self) -> bool:
        """Whether all texts get the same probabilities, since the scores tell nothing."""
        return all(np.ptp(y) < 1e-9 for y in self.y)


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
    (best) … 2 (Brier, 1950).

    ``proba`` is ``(n_texts, n_classes)``, each 0…1; ``y_true`` ``(n_texts,)`` numbers of classes;
    ``sample_weight`` ``(n_texts,)``, None for equal weights.
    """
    wanted = np.eye(proba.shape[1])[y_true]
    return float(np.average(np.sum((proba - wanted) ** 2, axis=1), weights=sample_weight))


def expected_error(proba: Array, y_true: NDArray[np.int64], bins: int = 10) -> float:
    """Expected calibration error of the top class: 0 (best) … 1 (Guo et al., ICML 2017).

    ``proba`` is ``(n_texts, n_classes)``, each 0…1; ``y_true`` ``(n_texts,)`` numbers of classes;
    ``bins`` parts of one width.
    """
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

    ``scores`` are ``(n_texts, n_classes)``, in log-odds; ``y_true`` and ``sample_weight`` are
    ``(n_texts,)``.

    Scores of texts held out may run against the truth where there is nothing to learn; a regression
    would turn them round, and the model with them, which would then give the class that it scores
    lowest.
    Where the log-odds of a class do not rise with its score, all classes get one slope, and where
    that does not rise either, none: every text gets the shares of the classes.
    """
    present = np.unique(y_true)
    if len(present) < 2:
        return plain(scores.shape[1])
    fitted = fit_multinomial(
        scores, y_true, scores.shape[1], c=10.0, sample_weight=sample_weight, max_iter=1000
    )
    found = Sigmoid(np.asarray(fitted.coef, float), np.asarray(fitted.intercept, float))
    if (found.gains[present] > 0).all():
        return found
    return _one_slope(
        scores, y_true, np.ones(len(y_true)) if sample_weight is None else sample_weight
    )


def _one_slope(scores: Array, y_true: NDArray[np.int64], sample_weight: Array) -> Sigmoid:
    """The likeliest slope of all scores together with the shift of each class; no slope at all
    where it does not rise. Shapes as in ``fit_sigmoid``: ``scores`` ``(n_texts, n_classes)``.
    """
    from scipy.optimize import minimize

    classes, at = scores.shape[1], np.arange(len(y_true))
    shares = np.bincount(y_true, sample_weight, classes) / sample_weight.sum()
    start = np.log(np.maximum(shares, np.exp(ABSENT_LOG_ODDS)))

    def loss(given: Array) -> float:
        proba = softmax(scores * given[0] + given[1:])[at, y_true]
        return float(-np.average(np.log(np.maximum(proba, 1e-12)), weights=sample_weight))

    best: Array = minimize(loss, np.array([0.0, *start]), method="L-BFGS-B").x
    if best[0] <= 0:
        return Sigmoid(np.zeros((classes, classes)), start)
    return Sigmoid(np.eye(classes) * best[0], best[1:])


def fit_isotonic(
    scores: Array, y_true: NDArray[np.int64], sample_weight: Array | None = None
) -> Isotonic:
    """One isotonic regression a class, by scikit-learn.

    ``scores`` are ``(n_texts, n_classes)``, in log-odds; ``y_true`` and ``sample_weight`` are
    ``(n_texts,)``.
    """
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

    ``scores`` are ``(n_texts, n_classes)``, in log-odds; ``y_true`` and ``sample_weight`` are
    ``(n_texts,)``. Raises KeyError for a kind that is not in ``KINDS``.
    """
    best = kinds[0]
    if len(kinds) > 1:
        loss = {name: _loss(name, scores, y_true, splits, sample_weight) for name in kinds}
        best = min(loss, key=lambda name: (round(loss[name], 4), name != "sigmoid"))
    return FITS[best](scores, y_true, sample_weight)


def _loss(
    name: str, scores: Array, y_true: NDArray[np.int64], splits: Splits, sample_weight: Array | None
) -> float:
    """The Brier score (0…2) of one kind on the parts held out; ``scores`` are
    ``(n_texts, n_classes)``.
    """
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
    """Probabilities (0…1) of each part, calibrated on the other parts only.

    ``scores`` (log-odds) and the result are ``(n_texts, n_classes)``, ``y_true`` and
    ``sample_weight`` ``(n_texts,)``; texts of no part have 0.
    """
    proba = np.zeros_like(scores)
    for train, test in splits:
        inner = [(list(range(0, len(train), 2)), list(range(1, len(train), 2)))]
        proba[test] = fit_best(
            scores[train], y_true[train], inner, kinds, _of(sample_weight, train)
        )(scores[test])
    return proba
