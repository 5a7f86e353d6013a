"""Multinomial logistic regression with an offset (as in generalised linear models): it starts from
the log-odds of a base model and learns the difference to them.

With no texts the result is the base; every text moves it as far as the penalty allows. The same as
a Gaussian prior whose mean is the base (Chelba and Acero, EMNLP 2004). scikit-learn's regression
takes no offset.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.linear import softmax

Array = NDArray[np.float64]
MAX_ITER = 500  # iterations of L-BFGS


def fit_with_offset(
    matrix: Any, y_true: NDArray[np.int64], offset: Array, *, c: float, sample_weight: Array
) -> tuple[Array, Array]:
    """Coefficients ``(n_classes, n_features)`` and intercepts ``(n_classes,)``, to be added to the
    offset. Deterministic.

    ``matrix`` is ``(n_texts, n_features)``, ``y_true`` ``(n_texts,)`` holds numbers of classes from
    0, ``offset`` is ``(n_texts, n_classes)``, in log-odds, ``sample_weight`` ``(n_texts,)``, 0 or
    more. ``c`` (above 0) is the inverse strength of the penalty, on coefficients and intercepts
    alike.
    """
    from scipy.optimize import minimize

    classes, terms = offset.shape[1], matrix.shape[1]
    one_hot = np.eye(classes)[y_true]

    def loss(flat: Array) -> tuple[float, Array]:
        coef, intercept = _unflattened(flat, classes, terms)
        proba = softmax(offset + matrix @ coef.T + intercept)
        surprise = -np.log(np.maximum(proba[np.arange(len(y_true)), y_true], 1e-300))
        gap = (proba - one_hot) * sample_weight[:, None]
        slope = np.concatenate([(c * (matrix.T @ gap)).T.ravel(), c * gap.sum(axis=0)])
        return float(c * (sample_weight @ surprise) + flat @ flat / 2), slope + flat

    start = np.zeros(classes * (terms + 1))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": MAX_ITER})
    return _unflattened(found.x, classes, terms)


def _unflattened(flat: Array, classes: int, terms: int) -> tuple[Array, Array]:
    """Coefficients ``(n_classes, n_features)`` and intercepts ``(n_classes,)`` from one array
    ``(n_classes * (n_features + 1),)``.
    """
    return flat[: classes * terms].reshape(classes, terms), flat[classes * terms :]
