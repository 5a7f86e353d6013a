"""Two models on the same texts: the difference, its interval by the paired bootstrap, and whether
it is chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eventrisk.heads import CLASS_HEADS, HEADS
from eventrisk.learn.evaluate import intervals
from eventrisk.learn.evaluate.counting import Counted, counted, labels_of
from eventrisk.learn.evaluate.predictions import Prediction, of_head

# with fewer, even a difference of one sign in all of them is chance once in 32 or oftener
MIN_GROUPS = 6
ALPHA = 0.05  # chance below which a difference is one, two-sided

Difference = dict[str, Any]


def differences(
    a: Sequence[Prediction], b: Sequence[Prediction], heads: Sequence[str] = HEADS
) -> dict[str, Difference]:
    """For each head that both have: figures of ``a`` and ``b``, ``b − a`` with its interval, and
    the verdict.

    Predictions are matched by id; texts that one side lacks are left out.
    """
    by_id = {p.id: p for p in b}
    pairs = [(p, by_id[p.id]) for p in a if p.id in by_id]
    first, second = [p for p, _ in pairs], [q for _, q in pairs]
    compared = ((head, difference(first, second, head)) for head in heads)
    return {head: result for head, result in compared if result is not None}


def difference(a: Sequence[Prediction], b: Sequence[Prediction], head: str) -> Difference | None:
    """The difference of one head on texts that stand side by side; None where no text has it on
    both sides.
    """
    both = [(p, q) for p, q in zip(a, b, strict=True) if of_head([p], head) and of_head([q], head)]
    if not both:
        return None
    first, second = [p for p, _ in both], [q for _, q in both]
    labels = sorted({*labels_of(first, head), *labels_of(second, head)})
    one, two = counted(first, head, labels), counted(second, head, labels)
    main = one.statistics[one.main]
    sums = np.stack([one.sums, two.sums], axis=1)
    figures = main(sums.sum(axis=0))
    return {
        "head": head,
        "main": one.main,
        "n": len(both),
        "groups": len(sums),
        "a": float(figures[0]),
        "b": float(figures[1]),
        **_tested(sums, one, float(figures[1] - figures[0])),
        "labels": _by_label(sums, labels),
        **({"only_a": _only(one, two), "only_b": _only(two, one)} if head in CLASS_HEADS else {}),
    }


def _tested(sums: intervals.Array, count: Counted, difference: float) -> Difference:
    """Interval, chance (how likely so great a difference is where there is none, two-sided) and
    verdict; ``sums`` are the counts of both models, ``(n_groups, 2, n_labels, 3)``.
    """
    if len(sums) < 2:
        return {"difference": difference, "interval": [-1.0, 1.0], "p": 1.0, "verdict": "too few"}
    drawn = count.statistics[count.main](intervals.resampled(sums))
    gap = drawn[:, 1] - drawn[:, 0]
    low, high = intervals.percentiles(gap)
    tail = min(float(np.mean(gap <= 0)), float(np.mean(gap >= 0)))
    p = min(1.0, 2 * (tail * len(gap) + 1) / (len(gap) + 1))
    return {
        "difference": difference,
        "interval": [min(low, round(difference, 4)), max(high, round(difference, 4))],
        "p": round(p, 4),
        "verdict": _verdict(len(sums), difference, p),
    }


def _verdict(groups: int, difference: float, p: float) -> str:
    if difference == 0 or (p >= ALPHA and groups >= MIN_GROUPS):
        return "same"
    if groups < MIN_GROUPS:
        return "too few"
    return "b" if difference > 0 else "a"


def _by_label(sums: intervals.Array, labels: Sequence[str]) -> dict[str, list[float]]:
    """F1 (0…1) of ``a`` and of ``b`` by label; ``sums`` are ``(n_groups, 2, n_labels, 3)``."""
    figures = intervals.f1(sums.sum(axis=0))
    return {label: [float(figures[0, k]), float(figures[1, k])] for k, label in enumerate(labels)}


def _only(one: Counted, two: Counted) -> int:
    """Texts that the first has right and the second has not."""
    right, other = (count.counts[:, :, intervals.RIGHT].sum(axis=1) for count in (one, two))
    return int(np.sum(right > other))
