"""What is measured of held-out groups: intervals, abstention, calibration."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.learn.evaluate import abstention, intervals, metrics
from eventrisk.learn.evaluate.figures import assess
from eventrisk.learn.evaluate.held_out import HeldOut, class_report, label_report

RNG = np.random.default_rng(1)
TRUTH = RNG.integers(0, 3, 400)
SURE = RNG.uniform(0.4, 1.0, 400)
RIGHT = RNG.uniform(size=400) < SURE  # as often right as it is sure
GIVEN = np.where(RIGHT, TRUTH, (TRUTH + 1) % 3)
FOUND = np.where(np.eye(3)[GIVEN] == 1, SURE[:, None], (1 - SURE[:, None]) / 2)
HELD = HeldOut(FOUND, TRUTH, tuple(f"g{i % 8}" for i in range(400)), ("lead", "wire") * 200)


def test_the_confidence_threshold_is_the_lowest_that_keeps_the_promise() -> None:
    curve = abstention.risk_coverage(FOUND, TRUTH)
    chosen = abstention.confidence_threshold(FOUND, TRUTH)
    below = [kept.accuracy for kept in curve if kept.confidence < chosen]
    assert (
        next(kept for kept in curve if kept.confidence == chosen).accuracy
        >= abstention.TARGET_ACCURACY
    )
    assert max(below) < abstention.TARGET_ACCURACY


def test_where_no_confidence_keeps_the_promise_half_of_the_texts_are_kept() -> None:
    wrong = np.where(np.arange(400) % 2 == 0, GIVEN, (GIVEN + 1) % 3)
    chosen = abstention.confidence_threshold(FOUND, wrong)
    assert (
        abstention.MIN_COVERAGE
        <= float((FOUND.max(axis=1) >= chosen).mean())
        < abstention.MIN_COVERAGE + 0.03
    )


def test_who_is_always_right_never_abstains() -> None:
    assert abstention.confidence_threshold(np.eye(3)[TRUTH], TRUTH) == abstention.GRID[0]


def test_coverage_falls_from_all_as_more_is_asked_for() -> None:
    kept = [point.coverage for point in abstention.risk_coverage(FOUND, TRUTH)]
    assert kept[0] == 1
    assert kept == sorted(kept, reverse=True)


def test_the_figures_of_confusions_are_those_of_scikit_learn() -> None:
    from sklearn.metrics import accuracy_score, confusion_matrix, f1_score

    matrix = confusion_matrix(TRUTH, GIVEN).astype(float)
    assert intervals.accuracy(matrix) == pytest.approx(accuracy_score(TRUTH, GIVEN))
    assert intervals.macro_f1(matrix) == pytest.approx(f1_score(TRUTH, GIVEN, average="macro"))
    assert intervals.wrong_sign(matrix) == pytest.approx(np.mean(np.abs(TRUTH - GIVEN) == 2))


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("abcd")), min_size=1, max_size=40))
def test_sums_of_groups_lose_nothing(rows: list[tuple[int, str]]) -> None:
    values = np.array([[float(value)] for value, _ in rows])
    sums = intervals.group_sums(values, [group for _, group in rows])
    assert len(sums) == len({group for _, group in rows})
    assert sums.sum() == values.sum()


def test_an_interval_holds_its_figure_and_widens_where_groups_differ() -> None:
    alike = np.tile([[40.0, 50.0, 50.0]], (10, 1))
    unlike = alike.copy()
    unlike[:5, 0], unlike[5:, 0] = 50, 30
    assert intervals.interval(alike, intervals.f1) == [0.8, 0.8]
    low, high = intervals.interval(unlike, intervals.f1)
    assert low < 0.75 < 0.85 < high
    assert intervals.interval(unlike, intervals.f1) == [low, high]
    assert intervals.interval(alike[:1], intervals.f1) == [0.0, 1.0]


def test_a_report_is_plain_and_its_parts_add_up() -> None:
    report = class_report(HELD, "sentiment")
    forms = report["slices"]["form"]
    assert json.loads(json.dumps(report)) == report
    assert sum(map(sum, report["confusion"])) == report["n"] == 400
    assert {form: part["n"] for form, part in forms.items()} == {"lead": 200, "wire": 200}
    assert report["groups"] == 8
    for part in (report, *forms.values()):
        assert set(part["intervals"]) == {"macro_f1", "accuracy", "wrong_sign"}
        for name, (low, high) in part["intervals"].items():
            assert low <= round(part[name], 4) <= high


def test_a_report_is_that_of_the_same_predictions_made_by_a_user() -> None:
    figures = assess(HELD.predictions("sentiment"))["sentiment"]
    assert class_report(HELD, "sentiment") == {k: v for k, v in figures.items() if k != "errors"}


def test_calibration_of_a_judge_as_right_as_it_is_sure_lies_near_the_diagonal() -> None:
    parts = class_report(HELD, "tone")["calibration"]
    assert len(parts) == 10
    assert sum(count for *_, count in parts) == len(TRUTH)
    assert max(abs(sure - right) for sure, right, _ in parts) < 0.2


def test_few_judgements_are_not_parted() -> None:
    sure, right = np.linspace(0.3, 0.9, 59), np.arange(59) % 2 == 0
    assert metrics.reliability(sure, right) == [[pytest.approx(0.6), pytest.approx(30 / 59), 59]]
    more = metrics.reliability(np.linspace(0.3, 0.9, 60), np.arange(60) % 2 == 0)
    assert [count for *_, count in more] == [20, 20, 20]
    assert metrics.reliability(sure.repeat(9), np.ones(59 * 9, bool)) == [
        [pytest.approx(0.6), 1.0, 59 * 9]
    ]


def test_the_report_of_labels_counts_each_label_and_form() -> None:
    gold = [frozenset("ab"), frozenset("a"), frozenset[str]()] * 5
    predicted = [{"a": 0.9}, {"a": 0.8, "b": 0.4}, {}] * 5
    report = label_report(gold, predicted, ["g", "g", "h"] * 5, ["wire", "html", "html"] * 5)
    two_thirds = pytest.approx(2 / 3)
    assert (report["precision"], report["recall"], report["n"]) == (two_thirds, two_thirds, 15)
    a, b = report["labels"]["a"], report["labels"]["b"]
    assert (a["n"], a["given"], a["precision"], a["recall"], a["f1"]) == (10, 10, 1, 1, 1)
    assert (b["n"], b["given"], b["f1"]) == (5, 5, 0)
    forms = report["slices"]["form"]
    assert {form: part["n"] for form, part in forms.items()} == {"wire": 5, "html": 10}
    assert forms["html"]["precision"] == 0.5
    assert report["calibration"] == [[pytest.approx(0.7), two_thirds, 15]]


def test_classes_of_ones_own_have_a_report_without_a_sign() -> None:
    own = HeldOut(FOUND, TRUTH, HELD.groups, HELD.forms, ("bear", "flat", "bull"))
    report = class_report(own, "sentiment")
    assert report["classes"] == ["bear", "flat", "bull"]
    assert "wrong_sign" not in {**report, **report["intervals"]}
    assert report["macro_f1"] == class_report(HELD, "sentiment")["macro_f1"]
