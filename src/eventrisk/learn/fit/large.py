"""Fits a model of classes to very many texts: title and lead only, counted once, kept as sparse
matrices.

A text costs some 15 kB while it is fitted. Terms stay readable, so that the model shows its
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
from eventrisk.learn.evaluate.held_out import HeldOut
from eventrisk.learn.evaluate.predictions import UNKNOWN
from eventrisk.learn.fit.counts import Counted, count
from eventrisk.learn.fit.folds import FOLDS, folds
from eventrisk.learn.fit.heads import HeadSettings
from eventrisk.learn.fit.linear import BlockSettings, as_block, as_linear, weighter_for
from eventrisk.learn.linear import Linear, Parts

LEAN = HeadSettings(
    (
        BlockSettings("head", weight=1.0, least=3, most=8000),
        BlockSettings("top", weight=1.0, least=5, most=15_000),
        BlockSettings("char", weight=0.7, least=10, most=9000),
    ),
    c=2.0,
    balanced=True,
)
FOLDS_OF_MANY = 3
MANY = 5000  # texts from which on three folds say as much as five
TOL = 1e-3  # of the gradient of the mean loss: with so many texts more steps change no judgement
STEPS = 300


class Many(NamedTuple):
    """A calibrated model, its least confidence, and what models that had not seen their group said
    of all texts.
    """

    linear: Linear
    calibrator: calibrate.Calibrator
    confidence: float
    held: HeldOut


def fit_many(
    parts_of: Callable[[int], Parts],
    labels: Sequence[str],
    groups: Sequence[str],
    classes: Sequence[str],
    *,
    forms: Sequence[str] | None = None,
    settings: HeadSettings = LEAN,
    told: Callable[[str], None] = lambda _: None,
) -> Many:
    """The model of texts whose terms ``parts_of`` gives by number, each asked for once and in
    order.

    Same texts, same model. ``told`` hears a line at each step. Raises ValueError where fewer than
    two classes occur.
    """
    names = [block.name for block in settings.blocks]
    counted = count((parts_of(number) for number in range(len(labels))), names)
    told(f"{len(labels)} texts read, {sum(len(c.terms) for c in counted.values())} terms")
    frequent = [(chosen, _frequent(counted.pop(chosen.name), chosen)) for chosen in settings.blocks]
    settings = replace(settings, blocks=tuple(chosen for chosen, found in frequent if found.terms))
    blocks = [found for _, found in frequent if found.terms]
    truth = np.array([classes.index(label) for label in labels])
    parts = list(folds(groups, FOLDS_OF_MANY if len(labels) >= MANY else FOLDS))
    raw = np.zeros((len(labels), len(classes)))
    for number, (train, test) in enumerate(parts, 1):
        fitted = _fitted(blocks, settings, train, truth, groups)
        raw[test] = fitted.scores(blocks, test, len(classes))
        told(f"fold {number} of {len(parts)} fitted in {fitted.model.n_iter_} steps")
    calibrator = calibrate.fit_best(raw, truth, parts)
    found = calibrate.held_out(raw, truth, parts)
    held = HeldOut(
        found, truth, tuple(groups), tuple(forms or [UNKNOWN] * len(labels)), tuple(classes)
    )
    whole = _fitted(blocks, settings, range(len(labels)), truth, groups)
    told(f"all texts fitted in {whole.model.n_iter_} steps")
    kept = [
        as_block(c.terms, w, s)
        for c, w, s in zip(blocks, whole.weighters, settings.blocks, strict=True)
    ]
    linear = as_linear(tuple(classes), kept, whole.model)
    return Many(linear, calibrator, abstention.confidence_threshold(found, truth), held)


class _Fitted(NamedTuple):
    """The estimators of some of the texts."""

    weighters: list[TermWeighter]
    model: CalibratedLinear

    def scores(
        self, blocks: Sequence[Counted], at: Sequence[int], classes: int
    ) -> NDArray[np.float64]:
        """Raw scores of other texts; a class that was not seen has the lowest."""
        linear = as_linear(tuple(map(str, range(classes))), (), self.model)
        found = _matrix(blocks, self.weighters, at) @ linear.coef.T.astype(np.float64)
        return np.asarray(found + linear.intercept)


def _fitted(
    blocks: Sequence[Counted],
    settings: HeadSettings,
    at: Sequence[int],
    truth: NDArray[np.int64],
    groups: Sequence[str],
) -> _Fitted:
    """Vocabularies, weights and coefficients from these texts alone."""
    names = [groups[i] for i in at]
    weighters = [
        weighter_for(chosen).fit(block.matrix[at], groups=names)
        for block, chosen in zip(blocks, settings.blocks, strict=True)
    ]
    balance = "balanced" if settings.balanced else None
    model = CalibratedLinear(
        settings.c, class_weight=balance, calibration=None, max_iter=STEPS, tol=TOL
    )
    return _Fitted(weighters, model.fit(_matrix(blocks, weighters, at), truth[at]))


def _matrix(blocks: Sequence[Counted], weighters: Sequence[TermWeighter], at: Sequence[int]) -> Any:
    """The texts as one matrix of float32, block after block."""
    from scipy.sparse import hstack

    return hstack(
        [w.transform(b.matrix[at]) for b, w in zip(blocks, weighters, strict=True)], format="csr"
    )


def _frequent(counted: Counted, settings: BlockSettings) -> Counted:
    """Without the terms that no part of the texts can have in enough groups: most of those that
    ever occur.
    """
    enough = np.flatnonzero(counted.matrix.getnnz(axis=0) >= settings.least)
    return Counted(tuple(counted.terms[i] for i in enough), counted.matrix[:, enough])
