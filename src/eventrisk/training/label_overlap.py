"""Label overlap: whether a model has any of the labels that data use. One that has none could only
be wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from eventrisk.heads import CUSTOM_HEADS, SET_HEADS
from eventrisk.labels import EntityLabel, RiskCategory
from eventrisk.learn.evaluate.predictions import Prediction, label_of, of_head

BUILT_IN = frozenset(str(label) for kind in (EntityLabel, RiskCategory) for label in kind)


def labels_overlap(rows: Sequence[Prediction], head: str, more: Collection[str] = ()) -> bool:
    """Whether the model that read ``rows`` has any label that the data use.

    Every model has the built-in names and categories; of others it has those that it found in
    ``rows``, and ``more``.
    """
    if head not in CUSTOM_HEADS:
        return True
    gold = {label for row in of_head(rows, head) for label in _labels(row.gold[head])}
    found = {label for row in of_head(rows, head) for label in _labels(row.predicted[head])}
    built_in = BUILT_IN if head in SET_HEADS else frozenset()
    return not gold or bool(gold & (found | built_in | set(more)))


def _labels(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else {label_of(thing) for thing in value}
