"""Intervals of 95 % for figures of grouped texts: whole groups are drawn again, as their texts
resemble each other.

Counts are arrays whose last axis holds (right, predicted, gold): how many items were predicted
rightly, predicted, and are gold. Confusion matrices hold gold classes in rows and predicted ones in
columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from eventrisk.f1 import f1 as f1_of

Array = NDArray[np.float64]
Statistic = Callable[[Array], Array]
RIGHT, PREDICTED, GOLD = 0, 1, 2  # places on the last axis of counts
RESAMPLES = 2000  # draws
DRAWS_AT_ONCE = 200  # memory stays at 200 numbers a group
MAX_UNITS = 2000  # units drawn; more groups are first joined at random, which widens nothing
TAIL = 0.025  # of an interval of 95 %


def group_sums(values: Array, groups: Sequence[str]) -> Array:
    """The values ``(n_texts, …)`` of each group added up, ``(n_groups, …)`` in order of names;
    ``groups`` is ``(n_texts,)``.
    """
    names, where = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    sums = np.zeros((len(names), *values.shape[1:]))
    np.add.at(sums, where, values)
    return sums


def resampled(sums: Array) -> Array:
    """Sums over groups drawn with replacement, ``(RESAMPLES, …)`` from ``(n_groups, …)``: the
    percentile bootstrap (Efron, Annals of Statistics 1979), always with the same draws.

    Figures of two models on the same groups, stacked in one array, are drawn together: that is the
    paired bootstrap.
    """
    units = _joined(sums) if len(sums) > MAX_UNITS else sums
    rng, flat = np.random.default_rng(0), units.reshape(len(units), -1)
    drawn = [_times_drawn(rng, len(units)) @ flat for _ in range(RESAMPLES // DRAWS_AT_ONCE)]
    return np.concatenate(drawn).reshape(RESAMPLES, *sums.shape[1:])


def _joined(sums: Array) -> Array:
    """``MAX_UNITS`` units ``(MAX_UNITS, …)`` of as many groups each, from ``(n_groups, …)``: sums
    over draws of them vary as those over groups do, for less work.
    """
    order = np.random.default_rng(1).permutation(len(sums))
    units = np.zeros((MAX_UNITS, *sums.shape[1:]))
    np.add.at(units, order % MAX_UNITS, sums)
    return units


def _times_drawn(rng: np.random.Generator, count: int) -> Array:
    """How often each of ``count`` groups is in each of ``DRAWS_AT_ONCE`` draws,
    ``(n_draws, n_groups)``.
    """
    picked = rng.integers(0, count, (DRAWS_AT_ONCE, count))
    picked = picked + count * np.arange(DRAWS_AT_ONCE)[:, None]
    times = np.bincount(picked.ravel(), minlength=DRAWS_AT_ONCE * count)
    return times.reshape(DRAWS_AT_ONCE, count).astype(float)


def percentiles(drawn: Array) -> tuple[float, float]:
    """The ends of the 95 % interval of a figure's draws ``(n_draws,)``, to four decimal places."""
    low, high = np.percentile(drawn, (100 * TAIL, 100 * (1 - TAIL)))
    return round(float(low), 4), round(float(high), 4)


def interval(sums: Array, statistic: Statistic) -> list[float]:
    """The 95 % interval of a figure of the sums of groups ``(n_groups, …)``.

    ``statistic`` takes sums over the groups drawn, with any axes before those of the counts.
    Returns the low and the high end.
    """
    return intervals(sums, {"": statistic})[""]


def intervals(sums: Array, statistics: dict[str, Statistic]) -> dict[str, list[float]]:
    """The 95 % intervals (low, high) of several figures of the sums of groups ``(n_groups, …)``, by
    name, from one set of draws.
    """
    drawn, whole = resampled(sums), sums.sum(axis=0)
    bearing = int(sums.reshape(len(sums), -1).any(axis=1).sum())
    return {name: bounded(of(drawn), float(of(whole)), bearing) for name, of in statistics.items()}


def bounded(drawn: Array, value: float, groups: int) -> list[float]:
    """The interval of a figure (0…1) from its draws ``(n_draws,)``; ``groups`` of texts bear on it.

    It holds the figure itself, even where rare labels draw all others to one side. Where all was
    right (or nothing), every draw is alike and the bootstrap knows no doubt: then what ``groups``
    trials without a failure leave open is added (Clopper and Pearson, Biometrika 1934). One group
    says nothing of how others differ: its interval is 0…1.
    """
    if groups < 2 or not len(drawn):
        return [0.0, 1.0]
    low, high = percentiles(drawn)
    open_to = 1 - TAIL ** (1 / groups)
    low = min(low, round(value, 4), 1 - open_to if value >= 1 else 1.0)
    high = max(high, round(value, 4), open_to if value <= 0 else 0.0)
    return [round(low, 4), round(high, 4)]


def tallies(confusion: Array) -> Array:
    """Confusion matrices ``(…, n_classes, n_classes)`` as counts by class,
    ``(…, n_classes, 3)``.
    """
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    return np.stack([right, confusion.sum(axis=-2), confusion.sum(axis=-1)], axis=-1)


def accuracy(confusion: Array) -> Array:
    """Share (0…1) on the diagonal of confusion matrices ``(…, n_classes, n_classes)``, of shape
    ``(…)``.
    """
    return recall(tallies(confusion).sum(axis=-2))


def macro_f1(confusion: Array) -> Array:
    """Mean F1 (0…1) over the gold classes of confusion matrices ``(…, n_classes, n_classes)``, of
    shape ``(…)``.
    """
    return mean_f1(tallies(confusion))


def wrong_sign(confusion: Array, negative: int = 0, positive: int = -1) -> Array:
    """Share (0…1) of texts of one class taken for its opposite, in both directions: the far
    corners, unless classes are named by number. ``confusion`` is ``(…, n_classes, n_classes)``, the
    result ``(…)``.
    """
    flipped = confusion[..., negative, positive] + confusion[..., positive, negative]
    return np.asarray(flipped / np.maximum(1, confusion.sum(axis=(-2, -1))))


def f1(counts: Array) -> Array:
    """F1 (0…1) of counts, ``(n_labels, 3)`` with any axes before: one figure a label, as
    ``eventrisk.f1`` counts it.
    """
    return np.asarray(f1_of(counts[..., RIGHT], counts[..., PREDICTED], counts[..., GOLD]))


def precision(counts: Array) -> Array:
    """Share (0…1) of what was predicted that is right, of counts ``(n_labels, 3)`` with any axes
    before; 0 where nothing was predicted.
    """
    return np.asarray(counts[..., RIGHT] / np.maximum(1, counts[..., PREDICTED]))


def recall(counts: Array) -> Array:
    """Share (0…1) of what is gold that was predicted, of counts ``(n_labels, 3)`` with any axes
    before; 0 where nothing is gold.
    """
    return np.asarray(counts[..., RIGHT] / np.maximum(1, counts[..., GOLD]))


def mean_f1(counts: Array) -> Array:
    """Mean F1 (0…1) over the labels that are gold somewhere, of counts ``(n_labels, 3)`` with any
    axes before, which the result keeps.
    """
    gold = counts[..., GOLD] > 0
    return np.asarray((f1(counts) * gold).sum(axis=-1) / np.maximum(1, gold.sum(axis=-1)))
