"""Predictions of a head as counts: for every text and label how many items are right, predicted and
gold. All figures come from these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eventrisk.heads import CLASS_HEADS
from eventrisk.labels import RiskCategory
from eventrisk.learn.evaluate import intervals
from eventrisk.learn.evaluate.intervals import GOLD, PREDICTED, Array, Statistic
from eventrisk.learn.evaluate.predictions import Prediction, label_of, predicted_label

Labels = Counter[str]
Tally = Callable[[Any, Any], tuple[Labels, Labels, Labels]]  # gold, predicted → counts by label


@dataclass(frozen=True)
class Counted:
    """``counts`` is ``(n_texts, n_labels, 3)`` of (right, predicted, gold); ``groups`` has the
    group of each text.
    """

    head: str
    labels: tuple[str, ...]
    counts: Array
    groups: tuple[str, ...]

    @property
    def main(self) -> str:
        """The name of the figure by which the head is compared."""
        return "macro_f1" if self.head in CLASS_HEADS else "f1"

    @property
    def statistics(self) -> dict[str, Statistic]:
        """The figures of the head, each from counts by label; the main one first."""
        return CLASS_FIGURES if self.head in CLASS_HEADS else SET_FIGURES

    @property
    def sums(self) -> Array:
        """The counts of each group, ``(n_groups, n_labels, 3)``."""
        return intervals.group_sums(self.counts, self.groups)

    def part(self, at: Sequence[int]) -> Counted:
        """The texts at these places."""
        groups = tuple(self.groups[i] for i in at)
        return Counted(self.head, self.labels, self.counts[list(at)], groups)

    def measured(self) -> dict[str, Any]:
        """The number of texts and groups, the figures and their 95 % intervals."""
        sums = self.sums
        return {
            "n": len(self.counts),
            "groups": len(sums),
            **{name: float(of(sums.sum(axis=0))) for name, of in self.statistics.items()},
            "intervals": intervals.intervals(sums, self.statistics),
        }


def over_labels(statistic: Statistic) -> Statistic:
    """The statistic of the counts of all labels together."""
    return lambda counts: statistic(counts.sum(axis=-2))


CLASS_FIGURES: dict[str, Statistic] = {
    "macro_f1": intervals.mean_f1,
    "accuracy": over_labels(intervals.recall),
}
SET_FIGURES: dict[str, Statistic] = {
    "f1": over_labels(intervals.f1),
    "precision": over_labels(intervals.precision),
    "recall": over_labels(intervals.recall),
}
# with the counts of which one at least must not be zero
LABEL_FIGURES: Mapping[str, tuple[Statistic, list[int]]] = {
    "precision": (intervals.precision, [PREDICTED]),
    "recall": (intervals.recall, [GOLD]),
    "f1": (intervals.f1, [PREDICTED, GOLD]),
}


def counted(
    predictions: Sequence[Prediction], head: str, labels: Sequence[str] | None = None
) -> Counted:
    """The counts of predictions that all have the head; ``labels`` defaults to those that
    ``labels_of`` names.
    """
    names = tuple(labels if labels is not None else labels_of(predictions, head))
    numbers = {label: number for number, label in enumerate(names)}
    tally: Tally = _class_tally if head in CLASS_HEADS else _set_tally
    counts = np.zeros((len(predictions), len(names), 3))
    for number, p in enumerate(predictions):
        for kind, occurring in enumerate(tally(p.gold[head], p.predicted[head])):
            for label, times in occurring.items():
                if label in numbers:
                    counts[number, numbers[label], kind] = times
    return Counted(head, names, counts, tuple(p.group for p in predictions))


def labels_of(predictions: Sequence[Prediction], head: str) -> list[str]:
    """The labels that count, in order.

    Entities, and risks by custom categories: those that the data annotates anywhere, for a label it
    never uses was not looked for. Otherwise also those that the model predicts, a head's classes in
    the model's order.
    """
    if head in CLASS_HEADS:
        known = dict.fromkeys(
            label
            for value in (p.predicted[head] for p in predictions)
            for label in ([value] if isinstance(value, str) else value)
        )
        return _signed_first([*known, *sorted({p.gold[head] for p in predictions} - set(known))])
    gold = {label_of(item) for p in predictions for item in p.gold[head]}
    predicted = {label_of(item) for p in predictions for item in p.predicted[head]}
    annotated_only = head == "entities" or (head == "risk" and not gold <= set(RiskCategory))
    return sorted(gold if annotated_only else gold | predicted)


def left_out(predictions: Sequence[Prediction], labels: Sequence[str], head: str) -> dict[str, int]:
    """How many predicted items of each label do not count, for the data does not annotate the
    label.
    """
    counting = set(labels)
    others = Counter(label_of(item) for p in predictions for item in p.predicted[head])
    return {label: count for label, count in sorted(others.items()) if label not in counting}


def by_label(count: Counted) -> dict[str, dict[str, Any]]:
    """For each label how many items are gold (``n``) and predicted (``given``), precision, recall
    and F1, with their 95 % intervals; draws in which a figure is undefined do not count.
    """
    sums = count.sums
    drawn = intervals.resampled(sums)
    return {
        label: {
            "n": int(sums[:, k, GOLD].sum()),
            "given": int(sums[:, k, PREDICTED].sum()),
            **{name: float(of(sums[:, k].sum(axis=0))) for name, (of, _) in LABEL_FIGURES.items()},
            "intervals": _label_intervals(sums[:, k], drawn[:, k]),
        }
        for k, label in enumerate(count.labels)
    }


def _label_intervals(sums: Array, drawn: Array) -> dict[str, list[float]]:
    """From sums ``(n_groups, 3)`` and draws ``(n_draws, 3)`` of one label."""
    whole, bearing = sums.sum(axis=0), int(sums.any(axis=1).sum())
    return {
        name: intervals.bounded(of(drawn)[drawn[:, needed].any(axis=1)], float(of(whole)), bearing)
        for name, (of, needed) in LABEL_FIGURES.items()
    }


def _class_tally(gold: str, predicted: Mapping[str, float] | str) -> tuple[Labels, Labels, Labels]:
    label = predicted_label(predicted)
    return Counter([gold] if label == gold else []), Counter([label]), Counter([gold])


def _set_tally(
    gold: frozenset[Any], predicted: Mapping[Any, float]
) -> tuple[Labels, Labels, Labels]:
    items = frozenset(predicted)
    right, named, labelled = (Counter(map(label_of, some)) for some in (gold & items, items, gold))
    return right, named, labelled


def _signed_first(labels: Sequence[str]) -> list[str]:
    """The three classes that have a sign stand in the order of the sign, wherever the model puts
    them.
    """
    order = {"negative": 0, "neutral": 1, "positive": 2}
    return sorted(labels, key=lambda label: order.get(label, 3))
