"""Fits the weights of a chain: maximum likelihood with an L2 penalty, by L-BFGS. The optimum is
unique.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from eventrisk.nlp.crf.chain import allowed, sums
from eventrisk.nlp.crf.coded import Coded
from eventrisk.nlp.crf.weights import Weights

Watcher = Callable[[int, float, Callable[[], Weights]], bool]
MEMORY = 8  # of the last steps L-BFGS looks back on


@dataclass(frozen=True)
class Fitting:
    """``penalty`` on squared weights; features seen ``least`` times at least; ``most`` weights;
    ``steps`` at most.
    """

    penalty: float
    least: int
    most: int
    steps: int


class Stop(Exception):
    """Raised between two steps to end the fitting."""


def fit(
    coded: Coded, tags: Sequence[Sequence[str]], lines: Sequence[int], how: Fitting, watch: Watcher
) -> Weights:
    """The weights that fit these ``lines`` to their tags.

    After each step ``watch`` gets its number from 1, the loss and a way to get the weights; it
    returns whether to stop.
    """
    return _Problem(coded, tags, lines, how).minimised(watch)


class _Problem:
    """The loss and its gradient at a point; the point is the flattened weights."""

    def __init__(
        self, coded: Coded, tags: Sequence[Sequence[str]], lines: Sequence[int], how: Fitting
    ) -> None:
        self.how, self.tags = how, sorted({tag for line in lines for tag in tags[line]} | {"O"})
        size = len(self.tags)
        self.names, self.seen, layout = coded.part(lines, how.least, max(1, how.most // size))
        self.layout, self.across = layout, self.seen.T.tocsr()
        number = {tag: at for at, tag in enumerate(self.tags)}
        self.gold = np.array([number[tags[lines[line]][at]] for line, at in layout.places])
        self.taken = np.zeros((size, size))
        for before, now in pairwise(layout.rows):
            np.add.at(self.taken, (self.gold[before][: now.stop - now.start], self.gold[now]), 1)
        self.truth = np.eye(size, dtype=np.float32)[self.gold]
        self.fixed, self.start, self.end = allowed(self.tags)
        self.latest = 0.0

    def split(self, point: Any) -> tuple[Any, Any]:
        size = len(self.tags)
        return point[: -size * size].reshape(-1, size), point[-size * size :].reshape(size, size)

    def loss(self, point: Any) -> tuple[float, Any]:
        emit, steps = self.split(point)
        scores = (self.seen @ emit.astype(np.float32)).astype(np.float64)
        total, probable, expected = sums(
            scores, steps + self.fixed, self.start, self.end, self.layout
        )
        likelihood = (
            scores[np.arange(len(self.gold)), self.gold].sum() + (self.taken * steps).sum() - total
        )
        slope = self.across @ (self.truth - probable.astype(np.float32))
        gradient = np.concatenate(
            [slope.ravel().astype(np.float64), (self.taken - expected).ravel()]
        )
        self.latest = float(self.how.penalty / 2 * (point @ point) - likelihood)
        return self.latest, self.how.penalty * point - gradient

    def weights(self, point: Any) -> Weights:
        emit, steps = self.split(point)
        names = {name: at for at, name in enumerate(self.names)}
        return Weights(self.tags, names, emit.astype(np.float32), steps.copy())

    def minimised(self, watch: Watcher) -> Weights:
        from scipy.optimize import minimize

        done, at = 0, np.zeros(len(self.names) * len(self.tags) + len(self.tags) ** 2)

        def after(point: Any) -> None:
            nonlocal done, at
            done, at = done + 1, point.copy()
            if watch(done, self.latest, lambda: self.weights(point)):
                raise Stop

        with suppress(Stop):
            options = {"maxiter": self.how.steps, "maxcor": MEMORY}
            minimize(self.loss, at, jac=True, method="L-BFGS-B", callback=after, options=options)
        return self.weights(at)
