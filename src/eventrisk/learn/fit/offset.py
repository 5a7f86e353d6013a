"""Multinomial logistic regression that starts from what a base model says: what is learnt is the
difference to it.

With no texts the result is the base; every text moves it as far as the penalty lets it. The same as
a Gaussian prior whose mean is the base (Chelba & Acero, EMNLP 2004). scikit-learn's regression
takes no such offset.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.linear import softmax

Array = NDArray[np.float64]
STEPS = 500


def fit_shifted(
    matrix: Any, truth: NDArray[np.int64], offset: Array, *, c: float, weights: Array
) -> tuple[Array, Array]:
    """Coefficients (a row a class, a column a term) and intercepts to be added to ``offset`` (a row
    a text).

    ``c`` is the inverse strength of the penalty, on coefficients and intercepts alike.
    Deterministic.
    """
    from scipy.optimize import minimize

    classes, terms = offset.shape[1], matrix.shape[1]
    wanted = np.eye(classes)[truth]

    def loss(flat: Array) -> tuple[float, Array]:
        coef, intercept = _parts(flat, classes, terms)
        chances = softmax(offset + matrix @ coef.T + intercept)
        surprise = -np.log(np.maximum(chances[np.arange(len(truth)), truth], 1e-300))
        gap = (chances - wanted) * weights[:, None]
        slope = np.concatenate([(c * (matrix.T @ gap)).T.ravel(), c * gap.sum(axis=0)])
        return float(c * (weights @ surprise) + flat @ flat / 2), slope + flat

    start = np.zeros(classes * (terms + 1))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return _parts(found.x, classes, terms)


def _parts(flat: Array, classes: int, terms: int) -> tuple[Array, Array]:
    return flat[: classes * terms].reshape(classes, terms), flat[classes * terms :]
