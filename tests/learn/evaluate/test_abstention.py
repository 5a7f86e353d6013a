"""When a model says that it is not sure."""

from __future__ import annotations

import numpy as np

from eventrisk.learn.evaluate.abstention import confidence_threshold


def test_where_all_classes_are_alike_to_the_model_the_threshold_is_zero() -> None:
    assert confidence_threshold(np.full((6, 3), 1 / 3), np.array([0, 1, 2, 0, 1, 2])) == 0.0
