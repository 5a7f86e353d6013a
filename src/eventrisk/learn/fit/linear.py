"""Fits linear models with scikit-learn: vocabularies, weights, regularised logistic regression.
Deterministic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.fit.counts import TermCounts, count_terms
from eventrisk.learn.fit.multinomial import ABSENT_LOG_ODDS
from eventrisk.learn.linear import Block, Features, Linear, feature_matrix

if TYPE_CHECKING:  # scikit-learn takes seconds to import, and is needed only to fit
    from eventrisk.learn.estimators.classes import CalibratedLinear
    from eventrisk.learn.estimators.weighter import TermWeighter


@dataclass(frozen=True)
class BlockSettings:
    """How a block's vocabulary is chosen: the ``max_features`` most frequent of the terms that at
    least ``min_df`` groups have.

    ``weight`` scales the block against the others; ``norm`` as in ``TermWeighter``: ``"l2"`` for
    words, None for values that are taken as given.
    """

    name: str
    weight: float = 1.0
    min_df: int = 2
    max_features: int = 6000
    norm: str | None = "l2"


def fit_block(rows: Sequence[Features], groups: Sequence[str], settings: BlockSettings) -> Block:
    """The block's terms and their idf; ``rows`` and ``groups`` are ``(n_texts,)``."""
    counted = count_terms(rows, (settings.name,))[settings.name]
    return fit_counted_block(counted, groups, settings)


def fit_counted_block(
    counted: TermCounts, groups: Sequence[Any] | None, settings: BlockSettings
) -> Block:
    """The same from terms that are counted already."""
    weighter = weighter_for(settings)
    if not counted.terms:
        return Block(settings.name, (), np.zeros(0, np.float32), settings.weight, settings.norm)
    weighter.fit(counted.matrix, groups=groups)
    return as_block(counted.terms, weighter, settings)


def weighter_for(settings: BlockSettings) -> TermWeighter:
    """The estimator that chooses and weighs a block's terms."""
    from eventrisk.learn.estimators.weighter import TermWeighter

    return TermWeighter(
        weight=settings.weight,
        min_df=settings.min_df,
        max_features=settings.max_features,
        norm=settings.norm,
    )


def as_block(terms: Sequence[str], weighter: TermWeighter, settings: BlockSettings) -> Block:
    """What a fitted weighter chose, as it is kept and read."""
    kept = tuple(terms[i] for i in weighter.kept_)
    return Block(
        settings.name, kept, weighter.idf_.astype(np.float32), settings.weight, settings.norm
    )


def fit_classes(
    rows: Sequence[Features],
    labels: Sequence[str],
    blocks: Sequence[Block],
    *,
    classes: tuple[str, ...],
    c: float,
    weights: NDArray[np.float64] | None = None,
    balanced: bool = False,
) -> Linear:
    """Multinomial logistic regression over ``classes``; where all ``labels`` are one, the model
    always gives this one.

    ``rows``, ``labels`` and ``weights`` (0 or more) are ``(n_texts,)``; ``c`` (above 0) is the
    inverse strength of the penalty. Raises ValueError for a label that is none of ``classes``.
    """
    if len(set(labels)) == 1:
        return _constant(classes, blocks, labels[0])
    from eventrisk.learn.estimators.classes import CalibratedLinear

    model = CalibratedLinear(c, class_weight="balanced" if balanced else None, calibration=None)
    model.fit(
        feature_matrix(rows, blocks),
        [classes.index(label) for label in labels],
        sample_weight=weights,
    )
    return as_linear(classes, blocks, model)


def _constant(classes: tuple[str, ...], blocks: Sequence[Block], label: str) -> Linear:
    """A model that gives one class whatever it reads."""
    width = sum(len(block.terms) for block in blocks)
    intercept = [0.0 if name == label else ABSENT_LOG_ODDS for name in classes]
    coef = np.zeros((len(classes), width), np.float32)
    return Linear(classes, tuple(blocks), coef, np.array(intercept, np.float32))


def as_linear(classes: tuple[str, ...], blocks: Sequence[Block], model: CalibratedLinear) -> Linear:
    """The scores of a model fitted on numbers of ``classes``; a class that it did not see is never
    likely.
    """
    coef = np.zeros((len(classes), model.coef_.shape[1]), np.float32)
    intercept = np.full(len(classes), ABSENT_LOG_ODDS, np.float32)
    coef[model.classes_], intercept[model.classes_] = model.coef_, model.intercept_
    return Linear(classes, tuple(blocks), coef, intercept)


def fit_labels(
    rows: Sequence[Features],
    labels: Sequence[frozenset[str]],
    blocks: Sequence[Block],
    *,
    names: Sequence[str],
    c: float,
) -> Linear:
    """One logistic regression a label, each for itself; one that never occurs scores −10, one that
    always does 10 (log-odds).

    ``rows`` and ``labels`` (the set of each text) are ``(n_texts,)``; ``c`` (above 0) is the
    inverse strength of the penalty.
    """
    from eventrisk.learn.estimators.labelwise import LabelwiseLinear

    y_true = np.array([[name in found for name in names] for found in labels], dtype=int)
    model = LabelwiseLinear(c, threshold=0.5).fit(feature_matrix(rows, blocks), y_true)
    return Linear(
        tuple(names),
        tuple(blocks),
        model.coef_.astype(np.float32),
        model.intercept_.astype(np.float32),
    )
