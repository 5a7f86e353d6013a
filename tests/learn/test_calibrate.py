import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.errors import ModelError
from eventrisk.learn import calibrate
from eventrisk.learn.fit.folds import folds, slice_of

RNG = np.random.default_rng(0)
TRUTH = RNG.integers(0, 3, 300)
SCORES = np.eye(3)[TRUTH] * 6 + RNG.normal(0, 4, (300, 3))  # surer than it is right
HALVES = [(list(range(0, 300, 2)), list(range(1, 300, 2)))]


@pytest.mark.parametrize("fit", [calibrate.fit_sigmoid, calibrate.fit_isotonic])
def test_calibration_brings_confidence_down_to_what_is_right(fit):
    before = calibrate.softmax(SCORES)
    after = fit(SCORES, TRUTH)(SCORES)
    assert calibrate.expected_error(after, TRUTH) < calibrate.expected_error(before, TRUTH)
    assert np.allclose(after.sum(axis=1), 1)


@pytest.mark.parametrize("fit", [calibrate.fit_sigmoid, calibrate.fit_isotonic])
def test_a_calibration_survives_its_state(fit):
    made = fit(SCORES, TRUTH)
    again = calibrate.from_state(calibrate.to_state(made))
    assert np.array_equal(again(SCORES), made(SCORES))
    assert np.allclose(again(SCORES[0]), made(SCORES)[0])


def test_the_kind_is_chosen_by_held_out_brier_score():
    chosen = calibrate.fit_best(SCORES, TRUTH, HALVES)
    loss = {}
    for kind in (calibrate.fit_sigmoid, calibrate.fit_isotonic):
        train, test = HALVES[0]
        loss[kind(SCORES, TRUTH).__class__] = calibrate.brier(
            kind(SCORES[train], TRUTH[train])(SCORES[test]), TRUTH[test]
        )
    assert loss[type(chosen)] == min(loss.values())


def test_a_state_without_its_parts_is_refused():
    with pytest.raises(ModelError, match="the calibration lacks"):
        calibrate.from_state({"calibration": "sigmoid"})


def test_the_scores_of_perfection_and_of_certain_error():
    sure = np.eye(3)[TRUTH]
    assert calibrate.brier(sure, TRUTH) == 0
    assert calibrate.brier(np.roll(sure, 1, axis=1), TRUTH) == 2
    assert calibrate.expected_error(sure, TRUTH) == 0


@given(st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=60))
def test_folds_test_every_text_once_and_keep_groups_together(groups):
    pairs = list(folds(groups))
    tested = sorted(i for _, test in pairs for i in test)
    assert all(
        {groups[i] for i in train}.isdisjoint(groups[i] for i in test) for train, test in pairs
    )
    assert tested == (list(range(len(groups))) if len(set(groups)) > 1 else [])


def test_the_slice_of_a_text_is_what_stands_before_its_number():
    assert (slice_of("crl-03"), slice_of("head-b-012")) == ("crl", "head-b")


def test_scores_that_run_against_the_truth_are_not_turned_round():
    against = -SCORES
    found = calibrate.fit_sigmoid(against, TRUTH)
    assert found.flat
    shares = np.bincount(TRUTH) / len(TRUTH)
    assert np.allclose(found(against), shares, atol=1e-6)
    best = calibrate.fit_best(against, TRUTH, HALVES)
    given = best(against)
    assert np.allclose(given.argmax(axis=1), given[0].argmax())


def test_one_class_that_runs_against_the_truth_gives_all_one_rising_slope():
    turned = SCORES.copy()
    turned[:, 0] = -0.3 * turned[:, 0]
    found = calibrate.fit_sigmoid(turned, TRUTH)
    assert not found.flat
    assert (found.gains > 0).all()
    assert np.allclose(np.diag(found.slope), found.slope[0, 0])


def test_a_calibration_with_signal_rises_in_every_class():
    found = calibrate.fit_sigmoid(SCORES, TRUTH)
    assert (found.gains > 0).all()
    assert not found.flat
    assert not calibrate.fit_isotonic(SCORES, TRUTH).flat


@given(st.integers(0, 200), st.integers(2, 4))
def test_whatever_the_labels_no_class_becomes_less_likely_with_its_score(seed, classes):
    rng = np.random.default_rng(seed)
    found = calibrate.fit_sigmoid(rng.normal(size=(40, classes)), rng.integers(0, classes, 40))
    assert (found.gains[:classes] >= -1e-9).all()
    assert np.isfinite(found.shift).all()
