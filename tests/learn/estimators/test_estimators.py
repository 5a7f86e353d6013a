"""Our estimators keep scikit-learn's manners, and are what our own models are fitted with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.datasets import make_classification
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.utils.estimator_checks import parametrize_with_checks
from threadpoolctl import threadpool_limits

from eventrisk.errors import ModelError
from eventrisk.learn import calibrate, store
from eventrisk.learn.estimators import (
    CalibratedLinear,
    LabelwiseLinear,
    ReleaseVectorizer,
    TermWeighter,
)
from eventrisk.learn.fit.counts import count_terms
from eventrisk.learn.fit.linear import BlockSettings, fit_block, fit_classes, fit_labels
from eventrisk.learn.linear import feature_matrix
from eventrisk.structure.skim import skim


@pytest.fixture(autouse=True)
def _one_thread():
    """Hundreds of tiny fits: threads would spend their time waiting for one another."""
    with threadpool_limits(1):
        yield


WHY = (
    "class weights shape the scores; calibration then says how often each class really occurs, "
    "so that they are undone"
)


def _expected(estimator):
    calibrated = isinstance(estimator, CalibratedLinear) and estimator.calibration is not None
    return {"check_class_weight_classifiers": WHY} if calibrated else {}


@pytest.mark.filterwarnings(
    "ignore:Can't test estimator"
)  # of those that take texts only the manners are checked
@parametrize_with_checks(
    [
        TermWeighter(),
        TermWeighter(norm=None, weight=0.5),
        CalibratedLinear(calibration=None),
        CalibratedLinear(cv=3),
        LabelwiseLinear(),
        LabelwiseLinear(threshold=0.5),
        ReleaseVectorizer(),
    ],
    expected_failed_checks=_expected,
)
def test_scikit_learns_own_checks_pass(estimator, check):
    check(estimator)


TEXTS = [
    (
        f"{'FDA approves' if n % 2 else 'FDA rejects'} product {n % 7}\nThe agency "
        f"{'cleared' if n % 2 else 'refused'} it."
    )
    for n in range(40)
]
LABELS = np.array(["good" if n % 2 else "bad" for n in range(40)])
X, Y = make_classification(240, 12, n_informative=6, n_classes=3, flip_y=0.2, random_state=0)
ROWS = [
    {"word": {"a": 1.0, "b": 2.0}},
    {"word": {"a": 3.0, "c": 1.0}},
    {"word": {"b": 1.0}},
    {"word": {}},
]


def test_releases_are_classified_by_a_pipeline_and_searched_by_a_grid():
    pipe = Pipeline([("words", ReleaseVectorizer(min_df=1)), ("classes", CalibratedLinear(cv=3))])
    grid = GridSearchCV(pipe, {"words__min_df": [1, 3], "classes__C": [0.1, 1.0]}, cv=2).fit(
        TEXTS, LABELS
    )
    assert grid.best_score_ == 1.0
    assert grid.predict(["FDA rejects product 9\nThe agency refused it."]).tolist() == ["bad"]


def test_a_vectorizer_reads_titles_apart_and_names_its_columns():
    fitted = ReleaseVectorizer(min_df=2).fit(TEXTS)
    names = fitted.get_feature_names_out().tolist()
    assert fitted.transform(TEXTS).shape == (40, len(names))
    assert "head=fda approves" in names
    assert "head=cleared" not in names
    assert "top=cleared" in names


@pytest.mark.parametrize("min_df", [1, 10])
def test_a_vectorizer_counts_a_term_once_a_group(min_df):
    fitted = ReleaseVectorizer(min_df=min_df).fit(TEXTS, groups=["one"] * 20 + ["two"] * 20)
    assert bool(fitted.get_feature_names_out().size) == (min_df == 1)


def test_a_vectorizer_refuses_a_single_string_what_is_no_text_and_use_before_fit():
    with pytest.raises(ValueError, match="not one string"):
        ReleaseVectorizer().fit("FDA approves")
    with pytest.raises(TypeError, match="not int"):
        ReleaseVectorizer().fit([1])
    with pytest.raises(NotFittedError):
        ReleaseVectorizer().transform(TEXTS)


@pytest.mark.parametrize("read", [None, skim])
def test_a_clone_of_a_vectorizer_reads_alike(read):
    one = ReleaseVectorizer(read=read).fit(TEXTS)
    other = clone(one).fit(TEXTS)
    assert (one.transform(TEXTS) != other.transform(TEXTS)).nnz == 0


def test_weights_of_terms_are_those_of_the_blocks_that_read():
    for settings in (
        BlockSettings("word", weight=0.7, min_df=1),
        BlockSettings("word", min_df=1, norm=None),
    ):
        counted = count_terms(ROWS, ["word"])["word"]
        weighter = TermWeighter(weight=settings.weight, norm=settings.norm).fit(counted.matrix)
        block = fit_block(ROWS, list("wxyz"), settings)
        assert tuple(np.array(counted.terms)[weighter.kept_]) == block.terms
        assert np.allclose(
            weighter.transform(counted.matrix).toarray(),
            feature_matrix(ROWS, [block]).toarray(),
            atol=1e-6,
        )


def test_terms_of_too_few_groups_are_dropped_and_the_most_frequent_kept():
    counts = csr_matrix(np.array([[1, 1, 0, 1], [2, 0, 1, 1], [0, 1, 1, 1]], float))
    assert TermWeighter(min_df=2).fit(counts, groups=["a", "a", "b"]).kept_.tolist() == [1, 2, 3]
    assert TermWeighter(max_features=2).fit(counts).kept_.tolist() == [0, 3]


def test_class_models_are_scikit_learns_multinomial_regression():
    rows = [{"x": {f"x{k}": value for k, value in enumerate(row)}} for row in np.abs(X)]
    blocks = [
        fit_block(rows, [str(n) for n in range(240)], BlockSettings("x", min_df=1, norm=None))
    ]
    labels = [str(y) for y in Y]
    ours = fit_classes(rows, labels, blocks, classes=("0", "1", "2"), c=1.0, balanced=True)
    theirs = LogisticRegression(C=1.0, max_iter=2000, class_weight="balanced").fit(
        feature_matrix(rows, blocks), Y
    )
    assert np.array_equal(ours.coef, theirs.coef_.astype(np.float32))


def test_a_class_without_examples_is_never_the_likeliest_and_two_classes_have_a_row_each():
    rows = [{"x": {"a": float(n)}} for n in range(20)]
    blocks = [fit_block(rows, [str(n) for n in range(20)], BlockSettings("x", min_df=1, norm=None))]
    labels = ["low" if n < 10 else "high" for n in range(20)]
    linear = fit_classes(rows, labels, blocks, classes=("high", "low", "never"), c=1.0)
    assert linear.coef.shape == (3, 1)
    assert [linear.labels[int(np.argmax(linear.scores(row)))] for row in rows] == labels


def test_a_label_that_always_occurs_is_always_given():
    blocks = [fit_block(ROWS, list("wxyz"), BlockSettings("word", min_df=1))]
    linear = fit_labels(ROWS, [frozenset({"all"})] * 4, blocks, names=("all", "none"), c=1.0)
    assert linear.scores({}).tolist() == [10.0, -10.0]


def test_calibrated_probabilities_are_nearer_the_truth_than_those_of_too_sure_a_model():
    train, test = slice(0, 160), slice(160, 240)
    sure = CalibratedLinear(1e4, calibration=None).fit(np.hstack([X, X**2])[train], Y[train])
    calibrated = CalibratedLinear(1e4).fit(np.hstack([X, X**2])[train], Y[train])
    loss = [
        calibrate.brier(m.predict_proba(np.hstack([X, X**2])[test]), Y[test])
        for m in (calibrated, sure)
    ]
    assert loss[0] < loss[1]


def test_a_classifier_abstains_below_its_confidence_only():
    fitted = CalibratedLinear().fit(X, Y)
    top = fitted.predict_proba(X).max(axis=1)
    assert 0 < fitted.confidence_ < 1
    assert fitted.abstains(X).tolist() == (top < fitted.confidence_).tolist()


def test_groups_are_kept_together_when_classes_are_calibrated(monkeypatch):
    seen = []
    monkeypatch.setattr(
        calibrate,
        "fit_best",
        lambda *given, fit=calibrate.fit_best: seen.append(given[2]) or fit(*given),
    )
    groups = np.arange(240) % 24
    CalibratedLinear(cv=3).fit(X, Y, groups=groups)
    assert len(seen[0]) == 3
    assert all(set(groups[train]).isdisjoint(groups[test]) for train, test in seen[0])


def test_thresholds_of_labels_are_tuned_on_what_was_held_out():
    rare = (np.random.default_rng(0).normal(size=240) + X[:, :1].ravel() > 2).astype(int)
    truth = np.column_stack([rare, Y == 0]).astype(int)
    tuned, even = LabelwiseLinear().fit(X, truth), LabelwiseLinear(threshold=0.5).fit(X, truth)
    assert np.array_equal(tuned.coef_, even.coef_)
    assert tuned.thresholds_[0] < 0.5
    assert tuned.predict(X)[:, 0].sum() > even.predict(X)[:, 0].sum()


@pytest.mark.parametrize(
    ("made", "call"),
    [
        (TermWeighter(min_df=2).fit(np.abs(X)), lambda e: e.transform(np.abs(X)).toarray()),
        (
            CalibratedLinear(calibration="isotonic").fit(X, np.array(["a", "b", "c"], object)[Y]),
            None,
        ),
        (CalibratedLinear(calibration="sigmoid", class_weight="balanced").fit(X, Y == 1), None),
        (
            LabelwiseLinear().fit(X, np.column_stack([Y == 0, Y == 1]).astype(int)),
            lambda e: e.predict(X),
        ),
        (LabelwiseLinear().fit(X, Y), lambda e: e.predict_proba(X)),
        (ReleaseVectorizer().fit(TEXTS), lambda e: e.transform(TEXTS).toarray()),
    ],
)
def test_an_estimator_comes_back_from_a_model_file_without_a_pickle(made, call, tmp_path: Path):
    call = call or (lambda e: e.predict_proba(X))
    store.dump(made.to_state(), tmp_path / "it.skops")
    again = type(made).from_state(store.load(tmp_path / "it.skops"))
    assert again.get_params() == made.get_params()
    assert np.array_equal(call(again), call(made))


def test_the_state_of_another_estimator_is_refused():
    with pytest.raises(ModelError, match="TermWeighter"):
        CalibratedLinear.from_state(TermWeighter().fit(np.abs(X)).to_state())


def test_a_weighter_and_a_classifier_make_a_pipeline_over_counts():
    counts = np.random.default_rng(0).poisson(1.0, (60, 9))
    pipe = make_pipeline(TermWeighter(), CalibratedLinear(cv=3)).fit(
        counts, (counts[:, 0] > 0).astype(int)
    )
    assert pipe.predict_proba(counts).sum(axis=1) == pytest.approx(1)


def test_block_weights_are_the_norms_of_their_columns_and_an_unknown_block_is_refused():
    fitted = ReleaseVectorizer(min_df=1, transformer_weights={"head": 0.25}).fit(TEXTS)
    names = fitted.get_feature_names_out()
    found = fitted.transform(TEXTS[:3]).toarray()
    for block, norm in (("head", 0.25), ("top", 1.0), ("char", 1.0)):
        columns = [name.startswith(f"{block}=") for name in names]
        assert np.allclose(np.linalg.norm(found[:, columns], axis=1), norm, atol=1e-6)
    with pytest.raises(ValueError, match="'tail' is none of head, top, char"):
        ReleaseVectorizer(transformer_weights={"tail": 1.0}).fit(TEXTS)


def test_a_weighter_refuses_a_norm_that_it_does_not_know():
    with pytest.raises(ValueError, match="norm is 'l2' or None, not 'l1'"):
        TermWeighter(norm="l1").fit(csr_matrix(np.eye(2)))


def test_a_classifier_whose_held_out_scores_run_against_the_truth_says_so_and_stays_flat():
    groups = np.repeat(list("abcde"), 20)  # of each group another share is of class 1
    truth = np.concatenate([np.arange(20) < 4 * k for k in range(1, 6)]).astype(int)
    nothing = np.zeros((100, 2))
    with pytest.warns(UserWarning, match="or run against them"):
        made = CalibratedLinear(calibration="sigmoid").fit(nothing, truth, groups=groups)
    assert made.calibrator_.flat
    assert np.allclose(made.predict_proba(nothing)[:, 1], truth.mean(), atol=1e-3)
