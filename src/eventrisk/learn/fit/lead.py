"""Fits the model of the lead event, and measures it on held-out groups. Deterministic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.linear import BlockSettings, fit_block, fit_classes
from eventrisk.learn.lead import LeadModel
from eventrisk.learn.linear import Features

BLOCKS = (
    BlockSettings("head", weight=1.0, min_df=2, max_features=6000),
    BlockSettings("top", weight=0.7, min_df=2, max_features=6000),
    BlockSettings("char", weight=0.7, min_df=3, max_features=9000),
)
C = 5.0  # inverse strength of the penalty
MIN_LABELS = 2  # with fewer there is nothing to learn


def fit_lead(rows: Sequence[Features], labels: Sequence[str], groups: Sequence[str]) -> LeadModel:
    """The model of all rows; ``rows``, ``labels`` (pairs "type direction") and ``groups`` are
    ``(n_texts,)``.
    """
    blocks = [fit_block(rows, groups, block) for block in BLOCKS]
    return LeadModel(fit_classes(rows, labels, blocks, classes=tuple(sorted(set(labels))), c=C))


def train_lead(
    rows: Sequence[Features], labels: Sequence[str], groups: Sequence[str]
) -> tuple[LeadModel | None, Mapping[str, Any]]:
    """The model and its accuracy (0…1) by type on held-out groups; no model where the labels do not
    differ. ``rows``, ``labels`` and ``groups`` are ``(n_texts,)``.
    """
    if len(set(labels)) < MIN_LABELS:
        return None, {"n": len(rows)}
    right = 0
    for train, test in folds(groups):
        y_true = [labels[i] for i in train]
        if len(set(y_true)) < MIN_LABELS:
            continue
        model = fit_lead([rows[i] for i in train], y_true, [groups[i] for i in train])
        right += sum(model.predict_terms(rows[i])[0] == labels[i].split()[0] for i in test)
    return fit_lead(rows, labels, groups), {"n": len(rows), "accuracy": right / len(rows)}
