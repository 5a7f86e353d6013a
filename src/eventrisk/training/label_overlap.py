"""Whether a model has the labels that data use: one that knows none of them could only be wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from eventrisk.labels import EntityLabel, RiskCategory
from eventrisk.learn.evaluate.predictions import SETS, Row, label_of, of_head

OWN = ("sentiment", "entities", "risk")  # heads that may have labels of one's own
OURS = frozenset(str(label) for kind in (EntityLabel, RiskCategory) for label in kind)


def knows(rows: Sequence[Row], head: str, more: Collection[str] = ()) -> bool:
    """Whether the model that read ``rows`` has any label that the data use.

    The names and categories that are ours every model has; of others it is told by what it finds,
    and by ``more``.
    """
    if head not in OWN:
        return True
    gold = {label for row in of_head(rows, head) for label in _labels(row.gold[head])}
    found = {label for row in of_head(rows, head) for label in _labels(row.found[head])}
    ours = OURS if head in SETS else frozenset()
    return not gold or bool(gold & (found | ours | set(more)))


def _labels(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else {label_of(thing) for thing in value}
