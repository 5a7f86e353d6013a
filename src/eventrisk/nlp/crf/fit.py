"""Fits the weights of a chain: maximum likelihood with an L2 penalty, by L-BFGS. The optimum is unique."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

import numpy as np

from eventrisk.nlp.crf.chain import Layout, allowed, sums
from eventrisk.nlp.crf.weights import Line, Weights

Watcher = Callable[[int, float, Callable[[], Weights]], bool]


class Stop(Exception):
    """Raised between two steps to end the fitting."""


def fit(
    lines: Sequence[Line], tags: Sequence[Sequence[str]], *, penalty: float, least: int, steps: int, watch: Watcher
) -> None:
    """Fits lines to their tags; features seen less than ``least`` times are left out.

    After each step ``watch`` gets its number from 1, the loss and a way to get the weights; it returns whether to stop.
    """
    problem = _Problem(lines, tags, penalty, least)
    problem.minimise(steps, watch)


class _Problem:
    """The loss and its gradient at a point; the point is the flattened weights."""

    def __init__(self, lines: Sequence[Line], tags: Sequence[Sequence[str]], penalty: float, least: int) -> None:
        counts = Counter(name for line in lines for token in line for name in token)
        self.names = {name: at for at, name in enumerate(name for name, count in counts.items() if count >= least)}
        self.tags = sorted({tag for line in tags for tag in line} | {"O"})
        self.layout, self.penalty = Layout.of([len(line) for line in lines]), penalty
        self.seen = _matrix(lines, self.names, self.layout)
        self.across = self.seen.T.tocsr()
        number = {tag: at for at, tag in enumerate(self.tags)}
        self.gold = np.array([number[tags[line][at]] for line, at in self.layout.places])
        self.taken = np.zeros((len(self.tags), len(self.tags)))
        for before, now in pairwise(self.layout.rows):
            np.add.at(self.taken, (self.gold[before][: now.stop - now.start], self.gold[now]), 1)
        self.truth = np.eye(len(self.tags), dtype=np.float32)[self.gold]
        self.fixed, self.start, self.end = allowed(self.tags)

    def split(self, point: Any) -> tuple[Any, Any]:
        size = len(self.tags)
        return point[: -size * size].reshape(-1, size), point[-size * size :].reshape(size, size)

    def loss(self, point: Any) -> tuple[float, Any]:
        emit, steps = self.split(point)
        scores = (self.seen @ emit.astype(np.float32)).astype(np.float64)
        total, probable, expected = sums(scores, steps + self.fixed, self.start, self.end, self.layout)
        likelihood = scores[np.arange(len(self.gold)), self.gold].sum() + (self.taken * steps).sum() - total
        slope = self.across @ (self.truth - probable.astype(np.float32))
        gradient = np.concatenate([slope.ravel().astype(np.float64), (self.taken - expected).ravel()])
        return self.penalty / 2 * (point @ point) - likelihood, self.penalty * point - gradient

    def weights(self, point: Any) -> Weights:
        emit, steps = self.split(point)
        return Weights(self.tags, self.names, emit.astype(np.float32), steps.copy())

    def minimise(self, steps: int, watch: Watcher) -> None:
        from scipy.optimize import minimize

        done, latest = 0, 0.0

        def loss(point: Any) -> tuple[float, Any]:
            nonlocal latest
            latest, slope = self.loss(point)
            return latest, slope

        def after(point: Any) -> None:
            nonlocal done
            done += 1
            if watch(done, latest, lambda: self.weights(point)):
                raise Stop

        origin = np.zeros(len(self.names) * len(self.tags) + len(self.tags) ** 2)
        with suppress(Stop):
            minimize(loss, origin, jac=True, method="L-BFGS-B", callback=after, options={"maxiter": steps, "maxcor": 8})


def _matrix(lines: Sequence[Line], names: dict[str, int], layout: Layout) -> Any:
    """Tokens × features, ones and zeros, by rows of the layout."""
    from scipy.sparse import csr_matrix

    found: list[int] = []
    ends = [0]
    for line, at in layout.places:
        found += [names[name] for name in dict.fromkeys(lines[line][at]) if name in names]
        ends.append(len(found))
    shape = (len(ends) - 1, len(names))
    return csr_matrix((np.ones(len(found), dtype=np.float32), np.array(found, dtype=np.int32), np.array(ends)), shape)
