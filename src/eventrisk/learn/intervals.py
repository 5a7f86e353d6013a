"""Intervals of 95 % for figures of grouped texts: whole groups are drawn again, as their texts resemble each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Statistic = Callable[[NDArray[np.float64]], NDArray[np.float64]]
RESAMPLES = 2000


def group_sums(values: NDArray[np.float64], groups: Sequence[str]) -> NDArray[np.float64]:
    """The values of each group added up; one row a group, in order of their names."""
    names = sorted(set(groups))
    where = np.array([names.index(group) for group in groups])
    return np.stack([values[where == k].sum(axis=0) for k in range(len(names))])


def interval(sums: NDArray[np.float64], statistic: Statistic) -> tuple[float, float]:
    """The percentile interval of ``statistic`` over groups drawn with replacement, by ``scipy.stats.bootstrap``.

    ``statistic`` takes counts summed over the groups drawn, with any axes before those of the counts. A single group
    says nothing of how others differ: its interval is 0…1.
    """
    from scipy.stats import bootstrap

    if len(sums) < 2:
        return 0.0, 1.0

    def drawn(which: NDArray[np.int64], axis: int = -1) -> Any:
        picked = sums[which.astype(int)]
        return statistic(picked.sum(axis=which.ndim - 1))

    found = bootstrap(
        (np.arange(len(sums)),), drawn, n_resamples=RESAMPLES, batch=200, method="percentile", vectorized=True,
        rng=np.random.default_rng(0),
    ).confidence_interval  # fmt: skip
    return round(float(found.low), 4), round(float(found.high), 4)


def accuracy(confusion: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share on the diagonal of confusion matrices (the last two axes)."""
    return np.asarray(np.trace(confusion, axis1=-2, axis2=-1) / np.maximum(1, confusion.sum(axis=(-2, -1))))


def macro_f1(confusion: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean F1 over the classes that occur; rows are true, columns given."""
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    true, given = confusion.sum(axis=-1), confusion.sum(axis=-2)
    scores, occur = 2 * right / np.maximum(1, true + given), true > 0
    return np.asarray((scores * occur).sum(axis=-1) / np.maximum(1, occur.sum(axis=-1)))


def wrong_sign(confusion: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share in the two far corners: the first class taken for the last, and the other way round."""
    flipped = confusion[..., 0, -1] + confusion[..., -1, 0]
    return np.asarray(flipped / np.maximum(1, confusion.sum(axis=(-2, -1))))


def f1(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """F1 of counts (right, given, there) on the last axis."""
    return np.asarray(2 * counts[..., 0] / np.maximum(1, counts[..., 1] + counts[..., 2]))
