"""Multinomial logistic regression, by scikit-learn, over a fixed number of classes of which some
may not occur.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

NEVER = -10.0  # log-odds of a class that no example has


class Multinomial(NamedTuple):
    """One row of coefficients and one intercept a class; ``iterations`` are those of the solver."""

    coef: NDArray[np.float64]
    intercept: NDArray[np.float64]
    iterations: int


def fit_multinomial(
    matrix: Any,
    truth: NDArray[np.int64],
    classes: int,
    *,
    c: float,
    weights: NDArray[np.float64] | None = None,
    class_weight: dict[int, float] | str | None = None,
    most_steps: int = 2000,
    tol: float = 1e-4,
) -> Multinomial:
    """The regression of ``truth`` (numbers from 0 to below ``classes``); ``c`` is the inverse
    strength of the penalty.

    Always one row a class: two classes share the one row of scikit-learn, a class that does not
    occur is never likely.
    """
    from sklearn.linear_model import LogisticRegression

    present = np.unique(truth)
    if len(present) < 2:
        coef, intercept, steps = (
            np.zeros((len(present), matrix.shape[1])),
            np.zeros(len(present)),
            1,
        )
    else:
        model = LogisticRegression(C=c, max_iter=most_steps, tol=tol, class_weight=class_weight)
        model.fit(matrix, truth, sample_weight=weights)
        coef, intercept, steps = model.coef_, model.intercept_, int(np.max(model.n_iter_))
    if len(present) == 2:
        coef, intercept = np.vstack([-coef, coef]) / 2, np.concatenate([-intercept, intercept]) / 2
    if len(present) == classes:
        return Multinomial(coef, intercept, steps)
    every = np.zeros((classes, matrix.shape[1]), coef.dtype)
    shift = np.full(classes, NEVER, intercept.dtype)
    every[present], shift[present] = coef, intercept
    return Multinomial(every, shift, steps)
