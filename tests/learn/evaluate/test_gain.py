"""What more texts would give is read off a power law, and not said where it cannot be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventrisk.learn.evaluate.gain import expected_gain

SIZES = (25, 50, 100, 200)


def law(n: float, height: float = 0.9, fall: float = 2.0, exponent: float = 0.5) -> float:
    return height - fall * n**-exponent


def test_a_power_law_is_continued() -> None:
    found = expected_gain([(n, law(n)) for n in SIZES])
    assert found["expected"] == pytest.approx(law(400) - law(200), abs=0.002)
    assert found["low"] <= found["expected"] <= found["high"]
    assert (found["n"], found["more"]) == (200, 200)


@pytest.mark.parametrize(
    "points", [[], [(50, 0.6), (100, 0.7)], [(50, 0.6), (50, 0.61), (100, 0.7)]]
)
def test_fewer_than_three_points_say_nothing(points: list[tuple[int, float]]) -> None:
    assert "fewer than 3" in expected_gain(points)["cannot_say"]


def test_a_flat_or_falling_curve_promises_nothing() -> None:
    assert expected_gain([(50, 0.8), (100, 0.79), (200, 0.78)])["expected"] == 0
    assert expected_gain([(n, 0.8) for n in SIZES])["high"] < 0.05


@given(st.lists(st.tuples(st.integers(1, 5000), st.floats(0, 1)), min_size=3, max_size=8))
@settings(max_examples=60)
def test_the_gain_lies_in_its_range_and_never_leads_beyond_one(
    points: list[tuple[int, float]],
) -> None:
    found = expected_gain(points)
    if "cannot_say" not in found:
        assert 0 <= found["low"] <= found["expected"] <= found["high"]
        assert found["score"] + found["high"] <= 1 + 1e-4


def test_the_range_holds_the_truth_most_of_the_time() -> None:
    rng = np.random.default_rng(0)
    inside = 0
    for _ in range(100):
        exponent = rng.uniform(0.3, 1.0)
        points = [(n, law(n, exponent=exponent) + rng.normal(0, 0.01)) for n in SIZES]
        found = expected_gain(points)
        inside += (
            found["low"]
            <= law(400, exponent=exponent) - law(200, exponent=exponent)
            <= found["high"]
        )
    assert inside >= 85
