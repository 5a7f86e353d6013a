"""Multinomial logistic regression, by scikit-learn, over a fixed number of classes of which some
may not occur.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

ABSENT_LOG_ODDS = -10.0  # intercept (natural log) of a class that no example has


class Multinomial(NamedTuple):
    """``coef`` ``(n_classes, n_features)``, ``intercept`` ``(n_classes,)``, and the iterations of
    the solver.
    """

    coef: NDArray[np.float64]
    intercept: NDArray[np.float64]
    n_iter: int


def fit_multinomial(
    matrix: Any,
    y_true: NDArray[np.int64],
    n_classes: int,
    *,
    c: float,
    sample_weight: NDArray[np.float64] | None = None,
    class_weight: dict[int, float] | str | None = None,
    max_iter: int = 2000,
    tol: float = 1e-4,
) -> Multinomial:
    """Fits ``matrix`` ``(n_examples, n_features)`` to ``y_true`` ``(n_examples,)``, numbers of
    classes from 0 to below ``n_classes``.

    ``c`` is the inverse strength of the penalty. There is one row a class even for two classes, for
    which scikit-learn has one row in all; a class that does not occur gets ``ABSENT_LOG_ODDS``.
    """
    from sklearn.linear_model import LogisticRegression

    present = np.unique(y_true)
    if len(present) < 2:
        coef, intercept = np.zeros((len(present), matrix.shape[1])), np.zeros(len(present))
        steps = 1
    else:
        model = LogisticRegression(C=c, max_iter=max_iter, tol=tol, class_weight=class_weight)
        model.fit(matrix, y_true, sample_weight=sample_weight)
        coef, intercept, steps = model.coef_, model.intercept_, int(np.max(model.n_iter_))
    if len(present) == 2:
        coef, intercept = np.vstack([-coef, coef]) / 2, np.concatenate([-intercept, intercept]) / 2
    if len(present) == n_classes:
        return Multinomial(coef, intercept, steps)
    every = np.zeros((n_classes, matrix.shape[1]), coef.dtype)
    shift = np.full(n_classes, ABSENT_LOG_ODDS, intercept.dtype)
    every[present], shift[present] = coef, intercept
    return Multinomial(every, shift, steps)
