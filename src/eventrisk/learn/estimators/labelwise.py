"""Multilabel classification: one logistic regression a label, each with a decision threshold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import check_is_fitted, column_or_1d, validate_data

from eventrisk.f1 import f1
from eventrisk.learn.estimators.state import FLOATS, packed, plain_labels, unpacked
from eventrisk.learn.fit.folds import folds
from eventrisk.learn.linear import sigmoid

SETTLED_LOG_ODDS = 10.0  # intercept of a label that all examples have; negative where none has
THRESHOLDS = tuple(round(0.1 + 0.05 * step, 2) for step in range(17))  # 0.10 … 0.90


class LabelwiseLinear(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """``y`` is ``(n_texts, n_labels)``, of zeros and ones. A label that never or always occurs is
    predicted as never or always.

    ``threshold`` is a probability for all labels, or ``tuned``: then each label's is the one of the
    highest F1 on ``cv`` folds held out (``groups`` given to ``fit`` are not divided between them),
    never on what it was fitted on. A ``y`` of one class a text is taken as labels of which the
    likeliest is given, whatever its threshold.
    """

    def __init__(
        self,
        C: float = 1.0,
        *,
        threshold: float | str = "tuned",
        cv: int = 5,
        max_iter: int = 1000,
        tol: float = 1e-4,
    ) -> None:
        self.C, self.threshold, self.cv, self.max_iter, self.tol = C, threshold, cv, max_iter, tol

    def fit(self, X: Any, y: Any, groups: Sequence[str] | None = None) -> Self:
        """Fits each label on all texts, its threshold on texts held out.

        ``X`` is ``(n_texts, n_features)``, dense or CSR; ``y`` ``(n_texts, n_labels)`` of zeros and
        ones, or ``(n_texts,)`` of classes; ``groups`` ``(n_texts,)``. Raises ValueError where all
        texts are of one class.
        """
        matrix, given = validate_data(
            self, X, y, accept_sparse="csr", dtype=FLOATS, multi_output=True
        )
        self.multilabel_ = type_of_target(given) == "multilabel-indicator" or _is_one_column(given)
        y_true = given.astype(bool) if self.multilabel_ else self._by_class(given)
        if self.multilabel_:
            self.classes_ = np.arange(y_true.shape[1])
        self.coef_, self.intercept_, self.n_iter_ = self._fitted(matrix, y_true)
        if self.multilabel_ and self.threshold == "tuned":
            self.thresholds_ = self._tuned(matrix, y_true, groups)
        else:
            even = 0.5 if not self.multilabel_ else float(self.threshold)
            self.thresholds_ = np.full(y_true.shape[1], even)
        return self

    def _by_class(self, given: Any) -> NDArray[np.bool_]:
        """One column a class, ``(n_texts, n_classes)``; one in all for two classes. Raises
        ValueError for one class.
        """
        check_classification_targets(given)
        given = column_or_1d(given, warn=True)
        self.classes_ = np.unique(given)
        if len(self.classes_) < 2:
            raise ValueError(
                f"a classifier needs two classes or more; the data holds one class, "
                f"{self.classes_[0]!r}"
            )
        every: NDArray[np.bool_] = given[:, None] == self.classes_
        return every[:, 1:] if len(self.classes_) == 2 else every

    def _fitted(
        self, matrix: Any, y_true: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
        coefs, intercepts, steps = [], [], 1
        for target in y_true.T:
            if target.all() or not target.any():
                coefs.append(np.zeros(matrix.shape[1]))
                intercepts.append(SETTLED_LOG_ODDS if target.all() else -SETTLED_LOG_ODDS)
                continue
            model = LogisticRegression(
                C=self.C, solver="liblinear", random_state=0, max_iter=self.max_iter, tol=self.tol
            ).fit(matrix, target)
            coefs.append(model.coef_[0])
            intercepts.append(float(model.intercept_[0]))
            steps = max(steps, int(model.n_iter_.max()))
        return np.array(coefs), np.array(intercepts), steps

    def _tuned(
        self, matrix: Any, y_true: NDArray[np.bool_], groups: Sequence[str] | None
    ) -> NDArray[np.float64]:
        names = (
            [f"{row:09}" for row in range(len(y_true))]
            if groups is None
            else [str(group) for group in groups]
        )
        unseen = np.full(y_true.shape, 0.5)
        for train, test in folds(names, self.cv):
            coef, intercept, _ = self._fitted(matrix[train], y_true[train])
            unseen[test] = sigmoid(matrix[test] @ coef.T + intercept)
        return np.array(
            [best_threshold(found, true) for found, true in zip(unseen.T, y_true.T, strict=True)]
        )

    def decision_function(self, X: Any) -> Any:
        """Log-odds above each label's threshold, positive where the label is given:
        ``(n_texts, n_labels)``, for two classes ``(n_texts,)``.
        """
        odds = self._scores(X) - np.log(self.thresholds_ / (1 - self.thresholds_))
        return odds[:, 0] if len(self.coef_) == 1 and not self.multilabel_ else odds

    def predict_proba(self, X: Any) -> Any:
        """The probability (0…1) of each label, ``(n_texts, n_labels)``; of classes they sum to
        one.
        """
        proba = sigmoid(self._scores(X))
        if self.multilabel_:
            return proba
        if len(self.coef_) == 1:
            return np.hstack([1 - proba, proba])
        return proba / proba.sum(axis=1, keepdims=True)

    def predict(self, X: Any) -> Any:
        """Zeros and ones, ``(n_texts, n_labels)``; for a ``y`` of classes the class of each text,
        ``(n_texts,)``.
        """
        odds = self.decision_function(X)
        if self.multilabel_:
            return (odds > 0).astype(int)
        return self.classes_[(odds > 0).astype(int) if odds.ndim == 1 else odds.argmax(axis=1)]

    def _scores(self, X: Any) -> NDArray[np.float64]:
        check_is_fitted(self)
        matrix = validate_data(self, X, reset=False, accept_sparse="csr", dtype=FLOATS)
        return np.asarray(matrix @ self.coef_.T, np.float64) + self.intercept_

    def to_state(self) -> dict[str, Any]:
        """Strings, numbers and arrays only."""
        check_is_fitted(self)
        fitted = {
            "classes": plain_labels(self.classes_),
            "multilabel": int(self.multilabel_),
            "coef": self.coef_,
            "intercept": self.intercept_,
            "thresholds": self.thresholds_,
            "n_iter": self.n_iter_,
            "n_features_in": self.n_features_in_,
        }
        return packed(self, fitted)

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> LabelwiseLinear:
        """The inverse. Raises ModelError for the state of another estimator."""
        made = unpacked(cls, state)
        made.coef_, made.intercept_, made.thresholds_ = (
            state["coef"],
            state["intercept"],
            state["thresholds"],
        )
        made.classes_, made.multilabel_ = state["classes"], bool(state["multilabel"])
        made.n_iter_ = int(state["n_iter"])
        return made

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.classifier_tags.multi_label = True
        return tags


def _is_one_column(given: Any) -> bool:
    """A single label set apart as one column, which scikit-learn takes for a binary target."""
    return bool(given.ndim == 2 and given.shape[1] == 1 and np.isin(given, (0, 1)).all())


def best_threshold(found: NDArray[np.float64], y_true: NDArray[np.bool_]) -> float:
    """The threshold of ``THRESHOLDS`` with the highest F1; of equals the one nearest to a half.
    ``found`` (probabilities, 0…1) and ``y_true`` are ``(n_texts,)``, of one label.
    """
    gold = int(y_true.sum())

    def value(threshold: float) -> float:
        given = found >= threshold
        return round(float(f1(int((y_true & given).sum()), int(given.sum()), gold)), 3)

    values = {threshold: value(threshold) for threshold in THRESHOLDS}
    return max(THRESHOLDS, key=lambda threshold: (values[threshold], -abs(threshold - 0.5)))
