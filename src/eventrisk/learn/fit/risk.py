"""Fits the risk model from clauses with their categories, and chooses its threshold by held-out
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
from eventrisk.learn.risk import CATEGORIES, TRUSTED, RiskModel, Seen, stacked_on
from eventrisk.learn.stacking import BLOCK

BLOCKS = (
    BlockSettings("word", weight=1.0, least=2, most=3000),
    BlockSettings("char", weight=1.0, least=3, most=6000),
    BlockSettings("cue", weight=1.0, least=1, unit=False),
)
STACKED = BlockSettings(
    BLOCK, weight=0.5, least=1, unit=False
)  # log-odds are large beside words of unit length
GRID = tuple(round(0.3 + 0.05 * step, 2) for step in range(9))


@dataclass(frozen=True)
class RiskExample:
    """The clauses of one release, each with its true categories; ``group`` keeps one author's texts
    together.
    """

    group: str
    seen: tuple[Seen, ...]
    truth: tuple[frozenset[str], ...]

    @property
    def named(self) -> frozenset[str]:
        """All categories of the release."""
        return frozenset[str]().union(*self.truth)


def fit_risk(
    examples: Sequence[RiskExample],
    *,
    c: float = 8.0,
    prior: float = 30.0,
    threshold: float = 0.5,
    categories: tuple[str, ...] = CATEGORIES,
    base: RiskModel | None = None,
) -> RiskModel:
    """A model of all examples with a given threshold, for these categories and on this base."""
    seen = [clause for example in examples for clause in example.seen]
    truth = [categories for example in examples for categories in example.truth]
    groups = [example.group for example in examples for _ in example.seen]
    rows = stacked_on(base, seen)
    blocks = [
        fit_block(rows, groups, settings) for settings in (*BLOCKS, *((STACKED,) if base else ()))
    ]
    linear = fit_labels(rows, truth, blocks, names=categories, c=c)
    return RiskModel(linear, trust(seen, truth, prior, categories), threshold, base)


def trust(
    seen: Sequence[Seen],
    truth: Sequence[frozenset[str]],
    prior: float,
    categories: Sequence[str] = CATEGORIES,
) -> NDArray[np.float32]:
    """How often the rules of each category were right, drawn towards 0.9 by ``prior`` imagined
    clauses.

    Our texts use the set phrases of the genre seldom, so what is counted here is only a part of the
    evidence.
    """
    right, all_ = np.zeros(len(categories)), np.zeros(len(categories))
    for clause, named in zip(seen, truth, strict=True):
        if clause.clause.how in TRUSTED:
            for category in sorted({hit.category for hit in clause.hits} & set(categories)):
                all_[categories.index(category)] += 1
                right[categories.index(category)] += category in named
    result: NDArray[np.float32] = ((right + 0.9 * prior) / (all_ + prior)).astype(np.float32)
    return result


def held_out(
    examples: Sequence[RiskExample], *, c: float = 8.0, prior: float = 30.0
) -> list[NDArray[np.float64]]:
    """For each example the clauses' probabilities from a model that saw none of its group."""
    result: list[NDArray[np.float64]] = [np.zeros((0, len(CATEGORIES)))] * len(examples)
    for train, test in folds([example.group for example in examples]):
        model = fit_risk([examples[i] for i in train], c=c, prior=prior)
        for i in test:
            result[i] = model.probabilities(examples[i].seen)
    return result


def likely(
    found: NDArray[np.float64], threshold: float, categories: Sequence[str] = CATEGORIES
) -> dict[str, float]:
    """The categories whose probability (0…1) in the likeliest clause reaches the threshold;
    ``found`` is ``(n_clauses, n_categories)``.
    """
    if not len(found):
        return {}
    top = found.max(axis=0).tolist()
    return {c: p for c, p in zip(categories, top, strict=True) if p >= threshold}


def micro_f1(gold: Sequence[frozenset[str]], predicted: Sequence[Collection[str]]) -> float:
    """F1 (0…1) over all releases and categories together."""
    right = sum(len(g.intersection(p)) for g, p in zip(gold, predicted, strict=True))
    return float(f1(np.array([right, sum(map(len, predicted)), sum(map(len, gold))])))


def best_threshold(
    examples: Sequence[RiskExample],
    found: Sequence[NDArray[np.float64]],
    categories: Sequence[str] = CATEGORIES,
) -> float:
    """The threshold of the grid with the highest F1 over releases; of equals the one nearest to a
    half.
    """
    gold = [example.named for example in examples]
    value = {t: micro_f1(gold, [likely(f, t, categories) for f in found]) for t in GRID}
    return max(GRID, key=lambda t: (round(value[t], 3), -abs(t - 0.5)))
