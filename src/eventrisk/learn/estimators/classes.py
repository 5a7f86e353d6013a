"""Multiclass classification: a linear model with calibrated probabilities."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.model_selection import check_cv
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from eventrisk.learn import calibrate
from eventrisk.learn.estimators.state import FLOATS, packed, plain_labels, unpacked
from eventrisk.learn.evaluate import abstention
from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.multinomial import Multinomial, fit_multinomial

NO_SIGNAL = (
    "the scores of texts held out tell nothing of their classes, or run against them: every text "
    "gets the shares of the classes"
)


class CalibratedLinear(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Multinomial logistic regression, then the calibration with the lower Brier score on texts
    held out.

    ``C`` is the inverse strength of the penalty; ``class_weight`` None, ``balanced`` or a dict
    shapes the scores, not the calibration. ``calibration`` is ``best``, ``sigmoid``, ``isotonic``
    or None (softmax); ``cv`` counts its folds (fewer where a class has fewer examples; below two
    nothing is calibrated) or is a splitter or splits, as everywhere in scikit-learn. ``groups``
    given to ``fit`` are never divided between folds where ``cv`` is a number. ``confidence_`` is
    the least probability (0…1) that is relied on (``abstains``).
    """

    def __init__(
        self,
        C: float = 1.0,
        *,
        class_weight: Mapping[Any, float] | str | None = None,
        calibration: str | None = "best",
        cv: Any = 5,
        max_iter: int = 2000,
        tol: float = 1e-4,
    ) -> None:
        self.C, self.class_weight, self.calibration, self.cv = C, class_weight, calibration, cv
        self.max_iter, self.tol = max_iter, tol

    def fit(
        self, X: Any, y: Any, sample_weight: Any = None, groups: Sequence[str] | None = None
    ) -> Self:
        """Fits scores on all texts, the calibration on scores of texts held out.

        ``X`` is ``(n_texts, n_features)``, dense or CSR; ``y``, ``sample_weight`` and ``groups``
        are ``(n_texts,)``. Raises ValueError for fewer than two classes and for shapes that do not
        agree.
        """
        matrix, y = validate_data(self, X, y, accept_sparse="csr", dtype=FLOATS)
        check_classification_targets(y)
        weights = None if sample_weight is None else _weights(sample_weight, matrix)
        self.classes_, y_true = np.unique(y, return_inverse=True)
        counting = y_true if weights is None or not weights.any() else y_true[weights > 0]
        if len(np.unique(counting)) < 2:
            raise ValueError(
                f"a classifier needs two classes or more; the data holds one class, "
                f"{self.classes_[0]!r}"
            )
        fitted = self._fitted(matrix, y_true, weights)
        self.coef_, self.intercept_, self.n_iter_ = fitted
        splits = [] if self.calibration is None else self._splits(matrix, y_true, groups)
        self.calibrator_: calibrate.Calibrator = calibrate.plain(len(self.classes_))
        self.confidence_ = 0.0
        if splits:
            self._calibrate(matrix, y_true, weights, splits)
        return self

    def _calibrate(
        self, matrix: Any, y_true: NDArray[np.int64], weights: Any, splits: calibrate.Splits
    ) -> None:
        unseen = np.zeros((len(y_true), len(self.classes_)))
        for train, test in splits:
            fitted = self._fitted(
                matrix[train], y_true[train], None if weights is None else weights[train]
            )
            unseen[test] = matrix[test] @ fitted.coef.T + fitted.intercept
        kinds = calibrate.KINDS if self.calibration == "best" else (str(self.calibration),)
        self.calibrator_ = calibrate.fit_best(unseen, y_true, splits, kinds, weights)
        if self.calibrator_.flat:
            warnings.warn(NO_SIGNAL, stacklevel=3)
        found = calibrate.held_out(unseen, y_true, splits, kinds, weights)
        self.confidence_ = abstention.confidence_threshold(found, y_true)

    def _fitted(self, matrix: Any, y_true: NDArray[np.int64], weights: Any) -> Multinomial:
        chosen = self.class_weight
        if isinstance(chosen, Mapping):
            chosen = {
                number: chosen.get(label, 1.0)
                for number, label in enumerate(self.classes_.tolist())
            }
        return fit_multinomial(
            matrix,
            y_true,
            len(self.classes_),
            c=self.C,
            sample_weight=weights,
            class_weight=chosen,
            max_iter=self.max_iter,
            tol=self.tol,
        )

    def _splits(
        self, matrix: Any, y_true: NDArray[np.int64], groups: Sequence[str] | None
    ) -> calibrate.Splits:
        cv = self.cv
        if isinstance(cv, int) and groups is not None:
            return list(folds([str(group) for group in groups], cv))
        if isinstance(cv, int):
            cv = min(cv, int(np.bincount(y_true).min()))
            if cv < 2:
                return []
        splits = check_cv(cv, y_true, classifier=True).split(matrix, y_true, groups)
        return [(train.tolist(), test.tolist()) for train, test in splits]

    def scores(self, X: Any) -> Any:
        """Raw scores (log-odds before calibration), ``(n_texts, n_classes)``, of ``X``
        ``(n_texts, n_features)``.
        """
        check_is_fitted(self)
        matrix = validate_data(self, X, reset=False, accept_sparse="csr", dtype=FLOATS)
        return np.asarray(matrix @ self.coef_.T) + self.intercept_

    def predict_proba(self, X: Any) -> Any:
        """Calibrated probabilities (0…1), ``(n_texts, n_classes)``, columns as ``classes_``."""
        scores = np.asarray(self.scores(X), np.float64)
        return self.calibrator_(scores)

    def predict(self, X: Any) -> Any:
        """The likeliest class of each text, ``(n_texts,)``."""
        proba = self.predict_proba(X)
        return self.classes_[proba.argmax(axis=1)]

    def abstains(self, X: Any) -> Any:
        """For each text whether the likeliest class is too unlikely to be relied on, ``(n_texts,)``
        of bool.
        """
        return self.predict_proba(X).max(axis=1) < self.confidence_

    def to_state(self) -> dict[str, Any]:
        """Strings, numbers and arrays only."""
        check_is_fitted(self)
        fitted = {
            "classes": plain_labels(self.classes_),
            "coef": self.coef_,
            "intercept": self.intercept_,
            "n_iter": self.n_iter_,
            "n_features_in": self.n_features_in_,
            "confidence": float(self.confidence_),
        }
        return packed(self, {**fitted, **calibrate.to_state(self.calibrator_)})

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> CalibratedLinear:
        """The inverse. Raises ModelError for the state of another estimator."""
        made = unpacked(cls, state)
        made.classes_, made.coef_, made.intercept_ = (
            state["classes"],
            state["coef"],
            state["intercept"],
        )
        made.n_iter_, made.confidence_ = int(state["n_iter"]), float(state["confidence"])
        made.calibrator_ = calibrate.from_state(state)
        return made

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags


def _weights(given: Any, matrix: Any) -> NDArray[np.float64]:
    weights = np.asarray(given, np.float64)
    if weights.shape != (matrix.shape[0],):
        raise ValueError(f"sample_weight.shape == {weights.shape}, expected {(matrix.shape[0],)}!")
    return weights
