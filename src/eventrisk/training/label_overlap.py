"""Label overlap: whether a model has any of the labels that data use. One that has none could only
be wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from eventrisk.heads import CLASS_HEADS, CUSTOM_HEADS, SET_HEADS
from eventrisk.labels import EntityLabel, RiskCategory
from eventrisk.learn.bundle import Bundle
from eventrisk.learn.evaluate.predictions import Prediction, label_of, of_head

BUILT_IN = frozenset(str(label) for kind in (EntityLabel, RiskCategory) for label in kind)
SHOWN = 8  # labels that a message lists


def labels_overlap(rows: Sequence[Prediction], head: str, more: Collection[str] = ()) -> bool:
    """Whether the model that read ``rows`` has any label that the data use.

    Every model has the built-in names and categories; of others it has those that it found in
    ``rows``, and ``more``.
    """
    if head not in CUSTOM_HEADS:
        return True
    gold, found = _used(rows, head)
    built_in = BUILT_IN if head in SET_HEADS else frozenset()
    return not gold or bool(gold & (found | built_in | set(more)))


def foreign_labels(
    rows: Sequence[Prediction], heads: Sequence[str], model: str, bundle: Bundle | None
) -> dict[str, str]:
    """For each head of whose labels the model has none, what is wrong and what to do, in words."""
    more: Mapping[str, Collection[str]] = (
        bundle.manifest.get("settings", {}).get("labels", {}) if bundle is not None else {}
    )
    foreign = [head for head in heads if not labels_overlap(rows, head, more.get(head, ()))]
    return {head: _told(rows, head, model) for head in foreign}


def _told(rows: Sequence[Prediction], head: str, model: str) -> str:
    gold, found = (sorted(labels) for labels in _used(rows, head))
    gives = f" ({_listed(found)})" if found and head in CLASS_HEADS else ""
    return (
        f"{head}: the labels {_listed(gold)} are none that {model} gives{gives}; map them with "
        f"labels={{{gold[0]!r}: …}} (on the command line: --label '{gold[0]}=…')"
    )


def _listed(labels: Sequence[str]) -> str:
    more = f" and {len(labels) - SHOWN} more" if len(labels) > SHOWN else ""
    return ", ".join(labels[:SHOWN]) + more


def _used(rows: Sequence[Prediction], head: str) -> tuple[set[str], set[str]]:
    """The labels of the data and those that the model found or has."""
    judged = of_head(rows, head)
    gold = {label for row in judged for label in _labels(row.gold[head])}
    return gold, {label for row in judged for label in _labels(row.predicted[head])}


def _labels(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else {label_of(thing) for thing in value}
