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

Array = NDArray[np.float64]
Statistic = Callable[[Array], Array]
RIGHT, PREDICTED, GOLD = 0, 1, 2  # places on the last axis of counts
RESAMPLES = 2000  # draws
DRAWS_AT_ONCE = 200  # memory stays at 200 numbers a group
MAX_UNITS = 2000  # units drawn; more groups are first joined at random, which widens nothing
TAIL = 0.025  # of an interval of 95 %


def group_sums(values: Array, groups: Sequence[str]) -> Array:
    """The values ``(n_texts, …)`` of each group added up, ``(n_groups, …)`` in order of names."""
    names, where = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    sums = np.zeros((len(names), *values.shape[1:]))
    np.add.at(sums, where, values)
    return sums


def resampled(sums: Array) -> Array:
    """Sums over groups drawn with replacement, ``(RESAMPLES, …)`` from ``(n_groups, …)``: the
    percentile bootstrap, always with the same draws.

    Figures of two models on the same groups, stacked in one array, are drawn together: that is the
    paired bootstrap.
    """
    units = _joined(sums) if len(sums) > MAX_UNITS else sums
    rng, flat = np.random.default_rng(0), units.reshape(len(units), -1)
    drawn = [_times_drawn(rng, len(units)) @ flat for _ in range(RESAMPLES // DRAWS_AT_ONCE)]
    return np.concatenate(drawn).reshape(RESAMPLES, *sums.shape[1:])


def _joined(sums: Array) -> Array:
    """``MAX_UNITS`` units of as many groups each: sums over draws of them vary as those over groups
    do, for less work.
    """
    order = np.random.default_rng(1).permutation(len(sums))
    units = np.zeros((MAX_UNITS, *sums.shape[1:]))
    np.add.at(units, order % MAX_UNITS, sums)
    return units


def _times_drawn(rng: np.random.Generator, count: int) -> Array:
    """How often each of ``count`` groups is in each draw, ``(DRAWS_AT_ONCE, count)``."""
    picked = rng.integers(0, count, (DRAWS_AT_ONCE, count))
    picked = picked + count * np.arange(DRAWS_AT_ONCE)[:, None]
    times = np.bincount(picked.ravel(), minlength=DRAWS_AT_ONCE * count)
    return times.reshape(DRAWS_AT_ONCE, count).astype(float)


def percentiles(drawn: Array) -> tuple[float, float]:
    """The ends of the 95 % interval of a figure's draws."""
    low, high = np.percentile(drawn, (100 * TAIL, 100 * (1 - TAIL)))
    return round(float(low), 4), round(float(high), 4)


def interval(sums: Array, statistic: Statistic) -> list[float]:
    """The 95 % interval of a figure of the sums of groups ``(n_groups, …)``.

    ``statistic`` takes sums over the groups drawn, with any axes before those of the counts.
    """
    return intervals(sums, {"": statistic})[""]


def intervals(sums: Array, statistics: dict[str, Statistic]) -> dict[str, list[float]]:
    """The 95 % intervals of several figures from one set of draws."""
    drawn, whole = resampled(sums), sums.sum(axis=0)
    bearing = int(sums.reshape(len(sums), -1).any(axis=1).sum())
    return {name: bounded(of(drawn), float(of(whole)), bearing) for name, of in statistics.items()}


def bounded(drawn: Array, value: float, groups: int) -> list[float]:
    """The interval of a figure (0…1) from its draws; ``groups`` of texts bear on it.

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
    """Confusion matrices (the last two axes) as counts by class."""
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    return np.stack([right, confusion.sum(axis=-2), confusion.sum(axis=-1)], axis=-1)


def accuracy(confusion: Array) -> Array:
    """Share on the diagonal of confusion matrices."""
    return recall(tallies(confusion).sum(axis=-2))


def macro_f1(confusion: Array) -> Array:
    """Mean F1 over the gold classes of confusion matrices."""
    return mean_f1(tallies(confusion))


def wrong_sign(confusion: Array, negative: int = 0, positive: int = -1) -> Array:
    """Share of one class taken for its opposite, in both directions: the far corners, unless
    classes are named.
    """
    flipped = confusion[..., negative, positive] + confusion[..., positive, negative]
    return np.asarray(flipped / np.maximum(1, confusion.sum(axis=(-2, -1))))


def f1(counts: Array) -> Array:
    """F1 (0…1) of counts; 0 where nothing was predicted and nothing is gold."""
    both = counts[..., PREDICTED] + counts[..., GOLD]
    return np.asarray(2 * counts[..., RIGHT] / np.maximum(1, both))


def precision(counts: Array) -> Array:
    """Share of what was predicted that is right; 0 where nothing was predicted."""
    return np.asarray(counts[..., RIGHT] / np.maximum(1, counts[..., PREDICTED]))


def recall(counts: Array) -> Array:
    """Share of what is gold that was predicted; 0 where nothing is gold."""
    return np.asarray(counts[..., RIGHT] / np.maximum(1, counts[..., GOLD]))


def mean_f1(counts: Array) -> Array:
    """Mean F1 over the labels that are gold somewhere; labels are on the axis before the last."""
    gold = counts[..., GOLD] > 0
    return np.asarray((f1(counts) * gold).sum(axis=-1) / np.maximum(1, gold.sum(axis=-1)))
