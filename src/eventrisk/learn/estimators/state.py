"""Estimators as flat states of strings, numbers and arrays (``store.py``), and back: no pickle, no
code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np

from eventrisk.errors import ModelError

Estimator = TypeVar("Estimator")
FLOATS = [np.float64, np.float32]  # what a matrix of features may hold


def packed(
    estimator: Any, fitted: Mapping[str, Any], *, leaving: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The estimator's name and parameters with what was fitted, without the parameters in
    ``leaving``, which are code.

    Raises ModelError for parameters that are no plain values.
    """
    plain = {
        key: value for key, value in estimator.get_params(deep=False).items() if key not in leaving
    }
    try:
        params = json.dumps(plain)
    except TypeError as error:
        raise ModelError(
            f"{type(estimator).__name__}: {error}; only plain parameters are stored"
        ) from error
    return {"estimator": type(estimator).__name__, "params": params, **fitted}


def unpacked(kind: type[Estimator], state: Mapping[str, Any], **others: Any) -> Estimator:
    """An estimator of this kind with the parameters of the state. Raises ModelError for the state
    of another kind.
    """
    if state.get("estimator") != kind.__name__:
        raise ModelError(f"the state of a {state.get('estimator')!r} is none of a {kind.__name__}")
    made: Any = kind(**json.loads(state["params"]), **others)
    if "n_features_in" in state:
        made.n_features_in_ = int(state["n_features_in"])
    return made  # type: ignore[no-any-return]


def plain_labels(labels: Any) -> Any:
    """Class labels as an array that a model file can hold: strings or numbers, no Python
    objects.
    """
    found = np.asarray(labels)
    if found.dtype.hasobject:
        if not all(isinstance(label, str) for label in found):
            raise ModelError("class labels that are neither strings nor numbers cannot be stored")
        found = found.astype(str)
    return found
