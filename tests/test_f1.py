"""F1: one formula, and what it gives where nothing is there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.f1 import exact_scores, f1
from eventrisk.learn.evaluate import intervals

COUNTS = st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)).map(
    lambda some: (some[0], some[0] + some[1], some[0] + some[2])
)


@pytest.mark.parametrize(
    ("counts", "scores"),
    [
        ((3, 4, 6), {"p": 0.75, "r": 0.5, "f": 0.6}),
        ((0, 0, 0), {"p": 0.0, "r": 0.0, "f": 0.0}),
        ((0, 3, 0), {"p": 0.0, "r": 0.0, "f": 0.0}),
        ((0, 0, 3), {"p": 0.0, "r": 0.0, "f": 0.0}),
        ((2, 2, 2), {"p": 1.0, "r": 1.0, "f": 1.0}),
    ],
)
def test_scores_of_counts(counts: tuple[int, int, int], scores: dict[str, float]) -> None:
    assert exact_scores(*counts) == pytest.approx(scores)


@given(st.lists(COUNTS, min_size=1))
def test_arrays_and_numbers_give_the_harmonic_mean_of_precision_and_recall(
    counts: list[tuple[int, int, int]],
) -> None:
    whole = np.array(counts, float)
    assert f1(*whole.T).tolist() == [f1(*row) for row in counts]
    assert intervals.f1(whole).tolist() == [exact_scores(*row)["f"] for row in counts]
    for row in counts:
        p, r, f = (exact_scores(*row)[key] for key in "prf")
        assert f == pytest.approx(2 * p * r / (p + r) if p + r else 0)
