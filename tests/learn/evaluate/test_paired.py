"""Two models on the same rows: the verdict is chance's where it should be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import bootstrap

from eventrisk.learn.evaluate import intervals
from eventrisk.learn.evaluate.counting import counted
from eventrisk.learn.evaluate.paired import MIN_GROUPS, differences
from hand_predictions import mood, moods_by_chance, risky


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_a_model_beside_itself_differs_by_nothing(seed: int) -> None:
    rows = moods_by_chance(seed)
    told = differences(rows, rows)["sentiment"]
    assert (told["difference"], told["interval"], told["p"], told["verdict"]) == (
        0,
        [0, 0],
        1,
        "same",
    )
    assert (told["only_a"], told["only_b"]) == (0, 0)


def test_the_other_way_round_is_the_same_the_other_way_round() -> None:
    one, two = moods_by_chance(1, right=0.5), moods_by_chance(2, right=0.8)
    ahead, back = differences(one, two)["sentiment"], differences(two, one)["sentiment"]
    assert ahead["difference"] == pytest.approx(-back["difference"])
    assert ahead["interval"] == pytest.approx(
        [-end for end in reversed(back["interval"])], abs=2e-4
    )
    assert (ahead["p"], ahead["only_a"]) == (back["p"], back["only_b"])


def test_a_clear_difference_is_more_than_chance_and_a_small_one_is_not() -> None:
    bad, good = moods_by_chance(3, 120, 40, right=0.3), moods_by_chance(4, 120, 40, right=0.95)
    told = differences(bad, good)["sentiment"]
    assert told["verdict"] == "b"
    assert told["interval"][0] > 0
    assert told["p"] < 0.01
    slip = [replace(good[0], predicted=bad[0].predicted), *good[1:]]
    assert differences(slip, good)["sentiment"]["verdict"] == "same"


def test_the_interval_is_that_of_the_paired_bootstrap_of_scipy() -> None:
    one, two = moods_by_chance(5, right=0.6), moods_by_chance(6, right=0.8)
    sums = [
        counted(rows, "sentiment", ("negative", "neutral", "positive")).sums for rows in (one, two)
    ]

    def gap(which: np.ndarray, axis: int = -1) -> np.ndarray:
        first, second = (s[which.astype(int)].sum(axis=which.ndim - 1) for s in sums)
        return intervals.mean_f1(second) - intervals.mean_f1(first)

    expected = bootstrap(
        (np.arange(len(sums[0])),),
        gap,
        n_resamples=intervals.RESAMPLES,
        batch=intervals.DRAWS_AT_ONCE,
        method="percentile",
        vectorized=True,
        rng=np.random.default_rng(0),
    ).confidence_interval
    assert differences(one, two)["sentiment"]["interval"] == pytest.approx(
        [expected.low, expected.high], abs=1e-4
    )


def test_with_few_groups_nothing_can_be_said() -> None:
    rows = [mood(n, "neutral", "positive", group=f"g{n % (MIN_GROUPS - 1)}") for n in range(40)]
    right = [mood(n, "neutral", "neutral", group=row.group) for n, row in enumerate(rows)]
    assert differences(rows, right)["sentiment"]["verdict"] == "too few"


def test_rows_are_matched_by_id_and_missing_ones_left_out() -> None:
    one = [risky(n, {"cash"}, {"cash": 0.9} if n % 2 else {}) for n in range(20)]
    two = list(reversed([risky(n, {"cash"}, {"cash": 0.9}) for n in range(5, 30)]))
    told = differences(one, two)["risk"]
    assert (told["n"], told["b"]) == (15, 1)
    assert told["labels"]["cash"] == [pytest.approx(2 * 8 / 23), 1]


def test_no_difference_is_found_more_often_than_chance_allows() -> None:
    """Of pairs of equally good models, about one in twenty seems to differ; the bootstrap is known
    to be a bit rash.
    """
    pairs = [(moods_by_chance(s, 90, 30), moods_by_chance(s + 500, 90, 30)) for s in range(100)]
    told = [differences(a, b)["sentiment"]["verdict"] for a, b in pairs]
    assert (
        sum(verdict != "same" for verdict in told) <= 11
    )  # 5 expected; 12 or more happen once in 200


def test_many_groups_thrown_together_give_the_interval_of_all() -> None:
    rng = np.random.default_rng(2)
    sums = np.stack(
        [rng.binomial(3, 0.7, 9000), np.full(9000, 3), np.full(9000, 3)], axis=1
    ).astype(float)
    low, high = intervals.interval(sums, intervals.recall)
    spread = 1.96 * np.sqrt(0.7 * 0.3 / 27000)
    middle = sums[:, 0].sum() / 27000
    assert (low, high) == (
        pytest.approx(middle - spread, abs=4e-4),
        pytest.approx(middle + spread, abs=4e-4),
    )
