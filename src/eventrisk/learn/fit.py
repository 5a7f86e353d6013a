"""Fits linear models with scikit-learn: vocabularies, weights, regularised logistic regression. Deterministic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.linear import Block, Linear, Parts, stacked


@dataclass(frozen=True)
class BlockSettings:
    """How a block's vocabulary is chosen: terms of at least ``least`` groups, the ``most`` frequent of them.

    ``weight`` scales the block against the others; ``unit`` blocks are texts, the rest are taken as given.
    """

    name: str
    weight: float = 1.0
    least: int = 2
    most: int = 6000
    unit: bool = True


def fit_block(rows: Sequence[Parts], groups: Sequence[str], settings: BlockSettings) -> Block:
    """The block's terms and weights. A term counts once a group, so one author's habits are not taken for the genre."""
    seen: dict[str, set[str]] = {}
    for parts, group in zip(rows, groups, strict=True):
        for term in parts.get(settings.name, {}):
            seen.setdefault(term, set()).add(group)
    spread = Counter({term: len(where) for term, where in seen.items() if len(where) >= settings.least})
    terms = sorted(sorted(spread), key=lambda t: -spread[t])[: settings.most]
    terms.sort()
    if not settings.unit:
        return Block(settings.name, tuple(terms), np.ones(len(terms), np.float32), settings.weight, unit=False)
    documents: Counter[str] = Counter()
    for parts in rows:
        documents.update(parts.get(settings.name, {}).keys())
    idf = [1 + np.log((1 + len(rows)) / (1 + documents[t])) for t in terms]
    return Block(settings.name, tuple(terms), np.array(idf, np.float32), settings.weight)


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
    """Multinomial logistic regression over ``classes``; ``c`` is the inverse strength of the penalty."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=c, max_iter=2000, class_weight="balanced" if balanced else None)
    model.fit(stacked(rows, blocks), [classes.index(label) for label in labels], sample_weight=weights)
    return Linear(classes, tuple(blocks), *_arrays(model.coef_, model.intercept_))


def fit_labels(
    rows: Sequence[Parts], labels: Sequence[frozenset[str]], blocks: Sequence[Block], *, names: Sequence[str], c: float
) -> Linear:
    """One logistic regression a label, each for itself; a label that never occurs gets a score of −10."""
    from sklearn.linear_model import LogisticRegression

    matrix = stacked(rows, blocks)
    coefs, intercepts = [], []
    for name in names:
        target = np.array([name in found for found in labels])
        if not target.any():
            coefs.append(np.zeros(matrix.shape[1]))
            intercepts.append(-10.0)
            continue
        model = LogisticRegression(C=c, solver="liblinear", random_state=0, max_iter=1000).fit(matrix, target)
        coefs.append(model.coef_[0])
        intercepts.append(float(model.intercept_[0]))
    return Linear(tuple(names), tuple(blocks), *_arrays(np.array(coefs), np.array(intercepts)))


def _arrays(coef: Any, intercept: Any) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return np.ascontiguousarray(coef, dtype=np.float32), np.ascontiguousarray(intercept, dtype=np.float32)
