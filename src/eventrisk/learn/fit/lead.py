"""Fits the guess of the lead event, and measures it on groups it did not see. Deterministic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.linear import BlockSettings, fit_block, fit_classes
from eventrisk.learn.lead import LeadModel
from eventrisk.learn.linear import Parts

BLOCKS = (
    BlockSettings("head", weight=1.0, least=2, most=6000),
    BlockSettings("top", weight=0.7, least=2, most=6000),
    BlockSettings("char", weight=0.7, least=3, most=9000),
)
C = 5.0  # inverse strength of the penalty
ENOUGH = 2  # labels without which there is nothing to learn


def fit_lead(rows: Sequence[Parts], labels: Sequence[str], groups: Sequence[str]) -> LeadModel:
    """The model of all rows; ``labels`` are pairs "type direction"."""
    blocks = [fit_block(rows, groups, block) for block in BLOCKS]
    return LeadModel(fit_classes(rows, labels, blocks, classes=tuple(sorted(set(labels))), c=C))


def train_lead(
    rows: Sequence[Parts], labels: Sequence[str], groups: Sequence[str]
) -> tuple[LeadModel | None, Mapping[str, Any]]:
    """The model and its accuracy by type on held-out groups; no model where the labels do not
    differ.
    """
    if len(set(labels)) < ENOUGH:
        return None, {"n": len(rows)}
    right = 0
    for train, test in folds(groups):
        truth = [labels[i] for i in train]
        if len(set(truth)) < ENOUGH:
            continue
        model = fit_lead([rows[i] for i in train], truth, [groups[i] for i in train])
        right += sum(model.guess_from(rows[i])[0] == labels[i].split()[0] for i in test)
    return fit_lead(rows, labels, groups), {"n": len(rows), "accuracy": right / len(rows)}
