"""Intervals of 95 % for figures of grouped texts: whole groups are drawn again, as their texts
resemble each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Statistic = Callable[[Array], Array]
RESAMPLES = 2000
BATCH = 200  # draws held at a time: memory stays at 200 numbers a group
# units drawn: more groups than that are first thrown together at random, which widens nothing
MOST = 2000
EDGES = (2.5, 97.5)  # percentiles


def group_sums(values: Array, groups: Sequence[str]) -> Array:
    """The values of each group added up; one row a group, in order of their names."""
    names, where = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    sums = np.zeros((len(names), *values.shape[1:]))
    np.add.at(sums, where, values)
    return sums


def resampled(sums: Array) -> Array:
    """The sums over groups drawn with replacement, one row a draw: the percentile bootstrap, always
    the same draws.

    Figures of two models on the same groups, stacked in one array, are drawn together: that is the
    paired bootstrap.
    """
    units = _thrown_together(sums) if len(sums) > MOST else sums
    rng, flat = np.random.default_rng(0), units.reshape(len(units), -1)
    drawn = [_times_drawn(rng, len(units)) @ flat for _ in range(RESAMPLES // BATCH)]
    return np.concatenate(drawn).reshape(RESAMPLES, *sums.shape[1:])


def _thrown_together(sums: Array) -> Array:
    """``MOST`` units of as many groups each: sums over draws of them vary as those over groups do,
    for less work.
    """
    order = np.random.default_rng(1).permutation(len(sums))
    units = np.zeros((MOST, *sums.shape[1:]))
    np.add.at(units, order % MOST, sums)
    return units


def _times_drawn(rng: np.random.Generator, count: int) -> Array:
    """How often each of ``count`` groups is in each draw of a batch."""
    picked = rng.integers(0, count, (BATCH, count)) + count * np.arange(BATCH)[:, None]
    return np.bincount(picked.ravel(), minlength=BATCH * count).reshape(BATCH, count).astype(float)


def edges(drawn: Array) -> tuple[float, float]:
    """The 95 % percentile interval of a figure's draws."""
    low, high = np.percentile(drawn, EDGES)
    return round(float(low), 4), round(float(high), 4)


def interval(sums: Array, statistic: Statistic) -> tuple[float, float]:
    """The percentile interval of ``statistic`` over groups drawn with replacement.

    ``statistic`` takes counts summed over the groups drawn, with any axes before those of the
    counts. A single group says nothing of how others differ: its interval is 0…1.
    """
    return edges(statistic(resampled(sums))) if len(sums) > 1 else (0.0, 1.0)


def tallies(confusion: Array) -> Array:
    """Confusion matrices (the last two axes; rows true, columns given) as counts (right, given,
    there) by class.
    """
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    return np.stack([right, confusion.sum(axis=-2), confusion.sum(axis=-1)], axis=-1)


def accuracy(confusion: Array) -> Array:
    """Share on the diagonal of confusion matrices (the last two axes)."""
    return recall(tallies(confusion).sum(axis=-2))


def macro_f1(confusion: Array) -> Array:
    """Mean F1 over the classes that occur; rows are true, columns given."""
    return mean_f1(tallies(confusion))


def wrong_sign(confusion: Array, negative: int = 0, positive: int = -1) -> Array:
    """Share of one class taken for its opposite, in both directions: the far corners, unless
    classes are named.
    """
    flipped = confusion[..., negative, positive] + confusion[..., positive, negative]
    return np.asarray(flipped / np.maximum(1, confusion.sum(axis=(-2, -1))))


def f1(counts: Array) -> Array:
    """F1 of counts (right, given, there) on the last axis."""
    return np.asarray(2 * counts[..., 0] / np.maximum(1, counts[..., 1] + counts[..., 2]))


def precision(counts: Array) -> Array:
    """Share of what was given that is right; 0 where nothing was given."""
    return np.asarray(counts[..., 0] / np.maximum(1, counts[..., 1]))


def recall(counts: Array) -> Array:
    """Share of what is there that was given; 0 where nothing is there."""
    return np.asarray(counts[..., 0] / np.maximum(1, counts[..., 2]))


def mean_f1(counts: Array) -> Array:
    """Mean F1 over the labels that are there: counts (right, given, there) on the last axis, labels
    before it.
    """
    there = counts[..., 2] > 0
    return np.asarray((f1(counts) * there).sum(axis=-1) / np.maximum(1, there.sum(axis=-1)))
