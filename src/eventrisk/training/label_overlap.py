"""Whether a model has the labels that data use: one that knows none of them could only be wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from eventrisk.labels import EntityLabel, RiskCategory
from eventrisk.learn.evaluate.predictions import SETS, Prediction, label_of, of_head

OWN = ("sentiment", "entities", "risk")  # heads that may have labels of one's own
OURS = frozenset(str(label) for kind in (EntityLabel, RiskCategory) for label in kind)


def knows(predictions: Sequence[Prediction], head: str, more: Collection[str] = ()) -> bool:
    """Whether the model that made the predictions has any label that the data use.

    The names and categories that are ours every model has; others are those that it predicts,
    and ``more``.
    """
    if head not in OWN:
        return True
    gold = {label for p in of_head(predictions, head) for label in _labels(p.gold[head])}
    predicted = {label for p in of_head(predictions, head) for label in _labels(p.predicted[head])}
    ours = OURS if head in SETS else frozenset()
    return not gold or bool(gold & (predicted | ours | set(more)))


def _labels(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else {label_of(item) for item in value}
