"""Rows of a head as counts: for every row and label how much is right, given and there. All figures
come from these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eventrisk.labels import RiskCategory
from eventrisk.learn.evaluate import intervals
from eventrisk.learn.evaluate.intervals import Array, Statistic
from eventrisk.learn.evaluate.predictions import CLASSES, Row, given, label_of

Said = Counter[str]
Tally = Callable[
    [Any, Any], tuple[Said, Said, Said]
]  # gold and found of a row → right, given, there by label


@dataclass(frozen=True)
class Counted:
    """``counts`` holds, on its axes rows and labels, (right, given, there); ``groups`` has the
    group of each row.
    """

    head: str
    labels: tuple[str, ...]
    counts: Array
    groups: tuple[str, ...]

    @property
    def main(self) -> str:
        """The name of the figure by which the head is compared."""
        return "macro_f1" if self.head in CLASSES else "f1"

    @property
    def statistics(self) -> Mapping[str, Statistic]:
        """The figures of the head, each from counts by label; the main one first."""
        return CLASS_FIGURES if self.head in CLASSES else SET_FIGURES

    @property
    def sums(self) -> Array:
        """The counts of each group."""
        return intervals.group_sums(self.counts, self.groups)

    def part(self, at: Sequence[int]) -> Counted:
        """The rows at these places."""
        return Counted(
            self.head, self.labels, self.counts[list(at)], tuple(self.groups[i] for i in at)
        )


def over_labels(statistic: Statistic) -> Statistic:
    """The statistic of the counts of all labels together."""
    return lambda counts: statistic(counts.sum(axis=-2))


CLASS_FIGURES: Mapping[str, Statistic] = {
    "macro_f1": intervals.mean_f1,
    "accuracy": over_labels(intervals.recall),
}
SET_FIGURES: Mapping[str, Statistic] = {
    "f1": over_labels(intervals.f1),
    "precision": over_labels(intervals.precision),
    "recall": over_labels(intervals.recall),
}
LABEL_FIGURES: Mapping[
    str, tuple[Statistic, list[int]]
] = {  # with the counts of which one at least must not be zero
    "precision": (intervals.precision, [1]),
    "recall": (intervals.recall, [2]),
    "f1": (intervals.f1, [1, 2]),
}
TAIL = 0.025  # of an interval of 95 %


def counted(rows: Sequence[Row], head: str, labels: Sequence[str] | None = None) -> Counted:
    """The counts of rows that all have the head; ``labels`` defaults to those that ``labels_of``
    names.
    """
    names = tuple(labels if labels is not None else labels_of(rows, head))
    numbers = {label: number for number, label in enumerate(names)}
    tally: Tally = _class_row if head in CLASSES else _set_row
    counts = np.zeros((len(rows), len(names), 3))
    for number, row in enumerate(rows):
        for kind, said in enumerate(tally(row.gold[head], row.found[head])):
            for label, times in said.items():
                if label in numbers:
                    counts[number, numbers[label], kind] = times
    return Counted(head, names, counts, tuple(row.group for row in rows))


def labels_of(rows: Sequence[Row], head: str) -> list[str]:
    """The labels that count, in order.

    Entities, and risks by categories of one's own: those that the data annotates anywhere, for a
    label it never uses was not looked for. Otherwise also those that the model gives, a head's
    classes in the model's order.
    """
    if head in CLASSES:
        said = [row.found[head] for row in rows]
        known = dict.fromkeys(
            label for found in said for label in ([found] if isinstance(found, str) else found)
        )
        return _signed_first([*known, *sorted({row.gold[head] for row in rows} - set(known))])
    there = {label_of(thing) for row in rows for thing in row.gold[head]}
    named = {label_of(thing) for row in rows for thing in row.found[head]}
    own = head == "entities" or (head == "risk" and not there <= set(RiskCategory))
    return sorted(there if own else there | named)


def left_out(rows: Sequence[Row], labels: Sequence[str], head: str) -> dict[str, int]:
    """How many found things of each label do not count, for the data does not annotate the
    label.
    """
    counting = set(labels)
    others = Counter(label_of(thing) for row in rows for thing in row.found[head])
    return {label: count for label, count in sorted(others.items()) if label not in counting}


def ranges(sums: Array, statistics: Mapping[str, Statistic]) -> dict[str, list[float]]:
    """The 95 % intervals of several figures from one set of draws of the groups whose sums are
    given.
    """
    drawn, whole = intervals.resampled(sums), sums.sum(axis=0)
    bearing = int(sums.reshape(len(sums), -1).any(axis=1).sum())
    return {name: span(of(drawn), float(of(whole)), bearing) for name, of in statistics.items()}


def label_ranges(sums: Array) -> list[dict[str, list[float]]]:
    """For each label the intervals of precision, recall and F1; draws in which a figure is
    undefined do not count.
    """
    drawn, whole = intervals.resampled(sums), sums.sum(axis=0)
    return [
        {
            name: span(
                of(own)[own[:, needed].any(axis=1)],
                float(of(whole[k])),
                int(sums[:, k].any(axis=1).sum()),
            )
            for name, (of, needed) in LABEL_FIGURES.items()
        }
        for k, own in enumerate(np.moveaxis(drawn, 1, 0))
    ]


def span(drawn: Array, value: float, groups: int) -> list[float]:
    """The interval of a figure from its draws; ``groups`` of texts bear on it.

    It holds the figure itself, even where rare labels draw all others to one side. Where all was
    right (or nothing), every draw is alike and the bootstrap knows no doubt: then what ``groups``
    trials without a failure leave open is added (Clopper and Pearson). One group says nothing of
    how others differ.
    """
    if groups < 2 or not len(drawn):
        return [0.0, 1.0]
    low, high = intervals.edges(drawn)
    open_to = 1 - TAIL ** (1 / groups)
    low = min(low, round(value, 4), 1 - open_to if value >= 1 else 1.0)
    high = max(high, round(value, 4), open_to if value <= 0 else 0.0)
    return [round(low, 4), round(high, 4)]


def _class_row(gold: str, found: Mapping[str, float] | str) -> tuple[Said, Said, Said]:
    said = given(found)
    return Counter([gold] if said == gold else []), Counter([said]), Counter([gold])


def _set_row(gold: frozenset[Any], found: Mapping[Any, float]) -> tuple[Said, Said, Said]:
    named = frozenset(found)
    right, invented, there = (
        Counter(map(label_of, things)) for things in (gold & named, named, gold)
    )
    return right, invented, there


def _signed_first(labels: Sequence[str]) -> list[str]:
    """The three classes that have a sign stand in the order of the sign, wherever the model puts
    them.
    """
    order = {"negative": 0, "neutral": 1, "positive": 2}
    return sorted(labels, key=lambda label: order.get(label, 3))
