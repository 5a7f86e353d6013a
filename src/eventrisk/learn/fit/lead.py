"""Fits the model of the lead event's words. Deterministic."""

from __future__ import annotations

from collections.abc import Sequence

from eventrisk.learn.fit.linear import BlockSettings, fit_block, fit_classes
from eventrisk.learn.lead import LeadModel
from eventrisk.learn.linear import Features

BLOCKS = (
    BlockSettings("head", weight=1.0, min_df=2, max_features=6000),
    BlockSettings("top", weight=0.7, min_df=2, max_features=6000),
    BlockSettings("char", weight=0.7, min_df=3, max_features=9000),
    BlockSettings("sense", weight=1.0, min_df=2, max_features=6000),
)
C = 5.0  # inverse strength of the penalty


def fit_lead(rows: Sequence[Features], labels: Sequence[str], groups: Sequence[str]) -> LeadModel:
    """The model of all rows; ``rows``, ``labels`` (pairs "type direction") and ``groups`` are
    ``(n_texts,)``.
    """
    blocks = [fit_block(rows, groups, block) for block in BLOCKS]
    return LeadModel(fit_classes(rows, labels, blocks, classes=tuple(sorted(set(labels))), c=C))
