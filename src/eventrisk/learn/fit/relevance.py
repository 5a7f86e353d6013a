"""Fits the model of relevance, and measures it on held-out groups. Deterministic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn import calibrate
from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.linear import BlockSettings, fit_block, fit_classes
from eventrisk.learn.linear import Features, Linear
from eventrisk.learn.relevance import ANSWERS, RelevanceModel

BLOCKS = (
    BlockSettings("head", weight=1.0, min_df=2, max_features=4000),
    BlockSettings("top", weight=1.0, min_df=2, max_features=5000),
    BlockSettings("char", weight=0.7, min_df=3, max_features=7000),
    BlockSettings("body", weight=0.5, min_df=3, max_features=4000),
    BlockSettings("found", weight=1.0, min_df=1, norm=None),
)
C = 5.0  # inverse strength of the penalty
LOST = 0.002  # share (0…1) of relevant texts with an event that may fall below the bound
MAX_BOUND = 0.5  # a text that is likelier of the field than not is never left out
MIN_EACH = 20  # texts of either answer without which nothing is learnt


def train_relevance(
    rows: Sequence[Features],
    relevant: Sequence[bool],
    groups: Sequence[str],
    eventful: Sequence[bool],
) -> tuple[RelevanceModel | None, Mapping[str, Any]]:
    """The model and its figures on held-out groups; none where one answer is rare. ``rows``,
    ``relevant``, ``groups`` and ``eventful`` (an event other than business leads the text: what a
    bound too high would cost) are ``(n_texts,)``.
    """
    y_true = np.array(relevant, dtype=int)
    if min(np.bincount(y_true, minlength=2)) < MIN_EACH:
        return None, {"n": len(rows)}
    scores = np.zeros((len(rows), 2))
    splits = list(folds(groups))
    for train, test in splits:
        model = _fit(rows, y_true, groups, train)
        scores[test] = [model.scores(rows[i]) for i in test]
    proba = calibrate.held_out(scores, y_true, splits, ("sigmoid",))
    told = (y_true == 1) & np.array(eventful, dtype=bool)
    bound = _bound(proba[told if told.any() else y_true == 1, 1])
    calibrator = calibrate.fit_best(scores, y_true, splits, ("sigmoid",))
    whole = _fit(rows, y_true, groups, range(len(rows)))
    return RelevanceModel(whole, calibrator, bound), _figures(proba, y_true, bound)


def _fit(
    rows: Sequence[Features],
    y_true: NDArray[np.int64],
    groups: Sequence[str],
    chosen: Sequence[int],
) -> Linear:
    some, names = [rows[i] for i in chosen], [groups[i] for i in chosen]
    blocks = [fit_block(some, names, block) for block in BLOCKS]
    labels = [ANSWERS[y_true[i]] for i in chosen]
    return fit_classes(some, labels, blocks, classes=ANSWERS, c=C, balanced=True)


def _bound(relevant: NDArray[np.float64]) -> float:
    """The probability below which no more than a share ``LOST`` of these relevant texts fall, of
    which ``relevant`` ``(n_relevant,)`` holds the probabilities (0…1).
    """
    return round(min(MAX_BOUND, float(np.quantile(relevant, LOST))), 3)


def _figures(proba: NDArray[np.float64], y_true: NDArray[np.int64], bound: float) -> dict[str, Any]:
    """Area under the ROC curve, calibration error, and the shares (0…1) of texts of the field that
    are lost below the bound and of others that stay above it; ``proba`` is ``(n_texts, 2)``.
    """
    from sklearn.metrics import roc_auc_score

    relevant, others = proba[y_true == 1, 1], proba[y_true == 0, 1]
    return {
        "n": len(y_true),
        "n_relevant": len(relevant),
        "auc": float(roc_auc_score(y_true, proba[:, 1])),
        "calibration_error": calibrate.expected_error(proba, y_true),
        "bound": bound,
        "lost": float(np.mean(relevant < bound)),
        "kept_of_others": float(np.mean(others >= bound)),
    }
