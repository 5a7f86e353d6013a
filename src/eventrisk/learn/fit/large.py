"""Fits a model of classes to very many texts, from title and lead only: the terms of each text are
counted once, and only sparse matrices are held.

A text takes some 15 kB while it is fitted. Terms are not hashed, so that the model shows its
evidence as any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn import calibrate
from eventrisk.learn.estimators.classes import CalibratedLinear
from eventrisk.learn.estimators.weighter import TermWeighter
from eventrisk.learn.evaluate import abstention
from eventrisk.learn.fit.counts import TermCounts, count_terms
from eventrisk.learn.fit.folds import FOLDS, folds
from eventrisk.learn.fit.heads import HeadSettings
from eventrisk.learn.fit.linear import BlockSettings, as_block, as_linear, weighter_for
from eventrisk.learn.linear import Features, Linear

LARGE_SETTINGS = HeadSettings(
    (
        BlockSettings("head", weight=1.0, min_df=3, max_features=8000),
        BlockSettings("top", weight=1.0, min_df=5, max_features=15_000),
        BlockSettings("char", weight=0.7, min_df=10, max_features=9000),
        BlockSettings("sense", weight=0.7, min_df=5, max_features=5000),
    ),
    c=2.0,
    balanced=True,
)
LARGE_TEXTS = 5000  # from here on LARGE_FOLDS folds are enough
LARGE_FOLDS = 3
TOL = 1e-3  # of the gradient of the mean loss: with so many texts more steps change no prediction
MAX_ITER = 300  # iterations of L-BFGS


class LargeFit(NamedTuple):
    """A calibrated model, and the least probability (0…1) it relies on."""

    linear: Linear
    calibrator: calibrate.Calibrator
    confidence: float


def fit_large(
    features_of: Callable[[int], Features],
    labels: Sequence[str],
    groups: Sequence[str],
    classes: Sequence[str],
    *,
    settings: HeadSettings = LARGE_SETTINGS,
    log: Callable[[str], None] = lambda _: None,
) -> LargeFit:
    """The model of the texts.

    ``features_of`` gives the terms of a text by its number; each is asked for once and in order.
    ``labels`` and ``groups`` are ``(n_texts,)``; ``log`` gets a line at each step. Calibration and
    confidence come from models that had not seen the group of a text. Same texts, same model.
    Raises ValueError where fewer than two classes occur, or a label is none of ``classes``.
    """
    names = [block.name for block in settings.blocks]
    counted = count_terms((features_of(number) for number in range(len(labels))), names)
    log(f"{len(labels)} texts read, {sum(len(c.terms) for c in counted.values())} terms")
    frequent = [(chosen, _frequent(counted.pop(chosen.name), chosen)) for chosen in settings.blocks]
    settings = replace(settings, blocks=tuple(chosen for chosen, found in frequent if found.terms))
    blocks = [found for _, found in frequent if found.terms]
    y_true = np.array([classes.index(label) for label in labels])
    splits = list(folds(groups, LARGE_FOLDS if len(labels) >= LARGE_TEXTS else FOLDS))
    raw = np.zeros((len(labels), len(classes)))
    for number, (train, test) in enumerate(splits, 1):
        fitted = _fitted(blocks, settings, train, y_true, groups)
        raw[test] = fitted.scores(blocks, test, len(classes))
        log(f"fold {number} of {len(splits)} fitted in {fitted.model.n_iter_} steps")
    calibrator = calibrate.fit_best(raw, y_true, splits)
    found = calibrate.held_out(raw, y_true, splits)
    whole = _fitted(blocks, settings, range(len(labels)), y_true, groups)
    log(f"all texts fitted in {whole.model.n_iter_} steps")
    kept = [
        as_block(c.terms, w, s)
        for c, w, s in zip(blocks, whole.weighters, settings.blocks, strict=True)
    ]
    linear = as_linear(tuple(classes), kept, whole.model)
    return LargeFit(linear, calibrator, abstention.confidence_threshold(found, y_true))


class _Fitted(NamedTuple):
    """The estimators of some of the texts."""

    weighters: list[TermWeighter]
    model: CalibratedLinear

    def scores(
        self, blocks: Sequence[TermCounts], at: Sequence[int], classes: int
    ) -> NDArray[np.float64]:
        """Raw scores ``(n_texts, n_classes)`` of other texts; a class that was not seen has the
        lowest.
        """
        linear = as_linear(tuple(map(str, range(classes))), (), self.model)
        found = _matrix(blocks, self.weighters, at) @ linear.coef.T.astype(np.float64)
        return np.asarray(found + linear.intercept)


def _fitted(
    blocks: Sequence[TermCounts],
    settings: HeadSettings,
    at: Sequence[int],
    y_true: NDArray[np.int64],
    groups: Sequence[str],
) -> _Fitted:
    """Vocabularies, weights and coefficients from the texts at these places alone; ``y_true`` and
    ``groups`` are ``(n_texts,)``, of all texts.
    """
    names = [groups[i] for i in at]
    weighters = [
        weighter_for(chosen).fit(block.matrix[at], groups=names)
        for block, chosen in zip(blocks, settings.blocks, strict=True)
    ]
    balance = "balanced" if settings.balanced else None
    model = CalibratedLinear(
        settings.c, class_weight=balance, calibration=None, max_iter=MAX_ITER, tol=TOL
    )
    return _Fitted(weighters, model.fit(_matrix(blocks, weighters, at), y_true[at]))


def _matrix(
    blocks: Sequence[TermCounts], weighters: Sequence[TermWeighter], at: Sequence[int]
) -> Any:
    """The texts at these places as one CSR matrix ``(n_texts, n_terms)`` of float32, block after
    block.
    """
    from scipy.sparse import hstack

    return hstack(
        [w.transform(b.matrix[at]) for b, w in zip(blocks, weighters, strict=True)], format="csr"
    )


def _frequent(counted: TermCounts, settings: BlockSettings) -> TermCounts:
    """Without the terms that fewer than ``min_df`` texts have: most of those that ever occur."""
    enough = np.flatnonzero(counted.matrix.getnnz(axis=0) >= settings.min_df)
    return TermCounts(tuple(counted.terms[i] for i in enough), counted.matrix[:, enough])
