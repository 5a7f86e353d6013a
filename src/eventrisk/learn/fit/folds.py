"""Splits for measuring that keep the texts of one author, sponsor or slice together.
Deterministic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

FOLDS = 5  # parts of which each is measured once


def folds(groups: Sequence[str], count: int = FOLDS) -> Iterator[tuple[list[int], list[int]]]:
    """``count`` pairs of training and test positions; every position is tested once, no group is on
    both sides.

    Large groups are dealt first, each to the fold that holds least so far.
    """
    sizes = Counter(groups)
    load = [0] * count
    fold: dict[str, int] = {}
    for group in sorted(sizes, key=lambda g: (-sizes[g], g)):
        fold[group] = load.index(min(load))
        load[fold[group]] += sizes[group]
    for number in range(count):
        test = [i for i, group in enumerate(groups) if fold[group] == number]
        if test and len(test) < len(groups):
            yield [i for i, group in enumerate(groups) if fold[group] != number], test


def slice_of(identity: str) -> str:
    """The slice a text was written in: the letters before its number (``crl-03`` → ``crl``)."""
    return identity.rsplit("-", 1)[0]
