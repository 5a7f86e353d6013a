"""What a model predicts for a release beside what its labels say: all figures are made of these."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

UNKNOWN = "unknown"
SLICES = ("era", "company size", "form")  # by which a report is sliced

Item = Hashable  # an entity (start, end, label); a category of risk; an event ("type direction")


@dataclass(frozen=True)
class Prediction:
    """One release: ``gold`` holds the heads that are labelled, ``predicted`` what a model says,
    both by head.

    Of a head with classes, gold is a label; predicted its probabilities (0…1) by label, or a label
    where the model gives none. Of a head with sets, gold is a set of items; predicted maps each
    item to its probability (0…1). ``group`` keeps texts together that resemble each other;
    ``slices`` says to which part of each of ``SLICES`` the release belongs.
    """

    id: str
    group: str
    text: str
    date: str | None = None
    company: str | None = None
    gold: Mapping[str, Any] = field(default_factory=dict)
    predicted: Mapping[str, Any] = field(default_factory=dict)
    slices: Mapping[str, str] = field(default_factory=dict)


def era(date: str | None) -> str:
    """The decade of an ISO date."""
    return f"{date[:3]}0s" if date else UNKNOWN


def of_head(predictions: Sequence[Prediction], head: str) -> list[Prediction]:
    """Those whose labels and whose model have the head; others say nothing of it."""
    return [
        p for p in predictions if p.gold.get(head) is not None and p.predicted.get(head) is not None
    ]


def label_of(item: Item) -> str:
    """The label of an item: an entity's, or the category or event itself."""
    return str(item[2]) if isinstance(item, tuple) else str(item)


def predicted_label(predicted: Mapping[str, float] | str) -> str:
    """The label a model gives: its own, or the likeliest (of two alike the first)."""
    if isinstance(predicted, str):
        return predicted
    return max(predicted, key=lambda label: predicted[label])
