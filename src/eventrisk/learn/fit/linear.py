"""Fits linear models with scikit-learn: vocabularies, weights, regularised logistic regression.
Deterministic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.fit.counts import Counted, count
from eventrisk.learn.fit.multinomial import NEVER
from eventrisk.learn.linear import Block, Linear, Parts, stacked

if TYPE_CHECKING:  # scikit-learn takes seconds to import, and is needed only to fit
    from eventrisk.learn.estimators.classes import CalibratedLinear
    from eventrisk.learn.estimators.weighter import TermWeighter


@dataclass(frozen=True)
class BlockSettings:
    """How a block's vocabulary is chosen: terms of at least ``least`` groups, the ``most`` frequent
    of them.

    ``weight`` scales the block against the others; ``unit`` blocks are texts, the rest are taken as
    given.
    """

    name: str
    weight: float = 1.0
    least: int = 2
    most: int = 6000
    unit: bool = True


def fit_block(rows: Sequence[Parts], groups: Sequence[str], settings: BlockSettings) -> Block:
    """The block's terms and weights. A term counts once a group, so one author's habits are not
    taken for the genre.
    """
    return weighed(count(rows, (settings.name,))[settings.name], groups, settings)


def weighed(counted: Counted, groups: Sequence[Any] | None, settings: BlockSettings) -> Block:
    """The same from terms that are counted already."""
    weighter = weighter_for(settings)
    if not counted.terms:
        return Block(settings.name, (), np.zeros(0, np.float32), settings.weight, settings.unit)
    weighter.fit(counted.matrix, groups=groups)
    return as_block(counted.terms, weighter, settings)


def weighter_for(settings: BlockSettings) -> TermWeighter:
    """The estimator that chooses and weighs a block's terms."""
    from eventrisk.learn.estimators.weighter import TermWeighter

    return TermWeighter(
        weight=settings.weight, least=settings.least, most=settings.most, unit=settings.unit
    )


def as_block(terms: Sequence[str], weighter: TermWeighter, settings: BlockSettings) -> Block:
    """What a fitted weighter chose, as it is kept and read."""
    kept = tuple(terms[i] for i in weighter.kept_)
    return Block(
        settings.name, kept, weighter.idf_.astype(np.float32), settings.weight, settings.unit
    )


def fit_classes(
    rows: Sequence[Parts],
    labels: Sequence[str],
    blocks: Sequence[Block],
    *,
    classes: tuple[str, ...],
    c: float,
    weights: NDArray[np.float64] | None = None,
    balanced: bool = False,
) -> Linear:
    """Multinomial logistic regression over ``classes``; ``c`` is the inverse strength of the
    penalty.
    """
    from eventrisk.learn.estimators.classes import CalibratedLinear

    model = CalibratedLinear(c, class_weight="balanced" if balanced else None, calibration=None)
    model.fit(
        stacked(rows, blocks), [classes.index(label) for label in labels], sample_weight=weights
    )
    return as_linear(classes, blocks, model)


def as_linear(classes: tuple[str, ...], blocks: Sequence[Block], model: CalibratedLinear) -> Linear:
    """The scores of a model fitted on numbers of ``classes``; a class that it did not see is never
    likely.
    """
    coef = np.zeros((len(classes), model.coef_.shape[1]), np.float32)
    intercept = np.full(len(classes), NEVER, np.float32)
    coef[model.classes_], intercept[model.classes_] = model.coef_, model.intercept_
    return Linear(classes, tuple(blocks), coef, intercept)


def fit_labels(
    rows: Sequence[Parts],
    labels: Sequence[frozenset[str]],
    blocks: Sequence[Block],
    *,
    names: Sequence[str],
    c: float,
) -> Linear:
    """One logistic regression a label, each for itself; one that never occurs scores −10, one that
    always does 10.
    """
    from eventrisk.learn.estimators.labelwise import LabelwiseLinear

    truth = np.array([[name in found for name in names] for found in labels], dtype=int)
    model = LabelwiseLinear(c, threshold=0.5).fit(stacked(rows, blocks), truth)
    return Linear(
        tuple(names),
        tuple(blocks),
        model.coef_.astype(np.float32),
        model.intercept_.astype(np.float32),
    )
