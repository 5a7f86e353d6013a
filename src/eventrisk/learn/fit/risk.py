"""Fits the risk model to clauses with their categories, and chooses its threshold on held-out
groups.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.evaluate.intervals import f1
from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.linear import BlockSettings, fit_block, fit_labels
from eventrisk.learn.risk import (
    CATEGORIES,
    RULE_CLAUSES,
    ClauseFeatures,
    RiskModel,
    with_base_features,
)
from eventrisk.learn.stacking import BLOCK

BLOCKS = (
    BlockSettings("word", weight=1.0, min_df=2, max_features=3000),
    BlockSettings("char", weight=1.0, min_df=3, max_features=6000),
    BlockSettings("cue", weight=1.0, min_df=1, norm=None),
)
# log-odds are large beside words, whose vectors have length one
BASE_BLOCK = BlockSettings(BLOCK, weight=0.5, min_df=1, norm=None)
THRESHOLDS = tuple(round(0.3 + 0.05 * step, 2) for step in range(9))  # 0.30 … 0.70
PRIOR_PRECISION = 0.9  # share (0…1) of right ones of a rule that was seen in no clause


@dataclass(frozen=True)
class RiskExample:
    """The clauses of one release, each with its gold categories; ``group`` keeps one author's texts
    together.
    """

    group: str
    clauses: tuple[ClauseFeatures, ...]
    clause_categories: tuple[frozenset[str], ...]

    @property
    def categories(self) -> frozenset[str]:
        """All categories of the release."""
        return frozenset[str]().union(*self.clause_categories)


def fit_risk(
    examples: Sequence[RiskExample],
    *,
    c: float = 8.0,
    prior_clauses: float = 30.0,
    threshold: float = 0.5,
    categories: tuple[str, ...] = CATEGORIES,
    base: RiskModel | None = None,
) -> RiskModel:
    """A model of all examples with a given threshold (0…1), for these categories and on this base.

    ``c`` is the inverse strength of the penalty; ``prior_clauses`` as in ``rule_precision``.
    """
    clauses = [clause for example in examples for clause in example.clauses]
    y_true = [named for example in examples for named in example.clause_categories]
    groups = [example.group for example in examples for _ in example.clauses]
    rows = with_base_features(base, clauses)
    settings = (*BLOCKS, BASE_BLOCK) if base else BLOCKS
    blocks = [fit_block(rows, groups, chosen) for chosen in settings]
    linear = fit_labels(rows, y_true, blocks, names=categories, c=c)
    precision = rule_precision(clauses, y_true, prior_clauses, categories)
    return RiskModel(linear, precision, threshold, base)


def rule_precision(
    clauses: Sequence[ClauseFeatures],
    y_true: Sequence[frozenset[str]],
    prior_clauses: float,
    categories: Sequence[str] = CATEGORIES,
) -> NDArray[np.float32]:
    """How often the rules of each category were right (0…1), ``(n_categories,)``.

    The figure is drawn towards ``PRIOR_PRECISION`` as by ``prior_clauses`` further clauses: the
    texts use the set phrases of the genre seldom, so that what is counted is only a part of the
    evidence.
    """
    right, fired = np.zeros(len(categories)), np.zeros(len(categories))
    for clause, named in zip(clauses, y_true, strict=True):
        if clause.clause.how in RULE_CLAUSES:
            for category in sorted({hit.category for hit in clause.hits} & set(categories)):
                fired[categories.index(category)] += 1
                right[categories.index(category)] += category in named
    smoothed = (right + PRIOR_PRECISION * prior_clauses) / (fired + prior_clauses)
    result: NDArray[np.float32] = smoothed.astype(np.float32)
    return result


def held_out(
    examples: Sequence[RiskExample], *, c: float = 8.0, prior_clauses: float = 30.0
) -> list[NDArray[np.float64]]:
    """For each example the probabilities ``(n_clauses, n_categories)`` of a model that saw none of
    its group.
    """
    proba: list[NDArray[np.float64]] = [np.zeros((0, len(CATEGORIES)))] * len(examples)
    for train, test in folds([example.group for example in examples]):
        model = fit_risk([examples[i] for i in train], c=c, prior_clauses=prior_clauses)
        for i in test:
            proba[i] = model.predict_proba(examples[i].clauses)
    return proba


def likely(
    proba: NDArray[np.float64], threshold: float, categories: Sequence[str] = CATEGORIES
) -> dict[str, float]:
    """The categories whose probability (0…1) in the likeliest clause reaches the threshold;
    ``proba`` is ``(n_clauses, n_categories)``.
    """
    if not len(proba):
        return {}
    top = proba.max(axis=0).tolist()
    return {c: p for c, p in zip(categories, top, strict=True) if p >= threshold}


def micro_f1(gold: Sequence[frozenset[str]], predicted: Sequence[Collection[str]]) -> float:
    """F1 (0…1) over all releases and categories together."""
    right = sum(len(g.intersection(p)) for g, p in zip(gold, predicted, strict=True))
    return float(f1(np.array([right, sum(map(len, predicted)), sum(map(len, gold))])))


def best_threshold(
    y_true: Sequence[frozenset[str]],
    proba: Sequence[NDArray[np.float64]],
    categories: Sequence[str] = CATEGORIES,
) -> float:
    """The threshold of ``THRESHOLDS`` with the highest F1 over releases; of equals the one nearest
    to a half. ``y_true`` are the categories of each release, ``proba`` their probabilities (0…1),
    each ``(n_clauses, n_categories)``.
    """

    def value(threshold: float) -> float:
        return round(micro_f1(y_true, [likely(p, threshold, categories) for p in proba]), 3)

    values = {threshold: value(threshold) for threshold in THRESHOLDS}
    return max(THRESHOLDS, key=lambda threshold: (values[threshold], -abs(threshold - 0.5)))
