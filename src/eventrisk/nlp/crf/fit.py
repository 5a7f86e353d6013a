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

from eventrisk.nlp.crf.chain import forward_backward, transition_constraints
from eventrisk.nlp.crf.design_matrix import DesignMatrix
from eventrisk.nlp.crf.weights import Weights

# called after each iteration with its number from 1, the loss and a way to get the weights;
# returns whether to stop
StopCheck = Callable[[int, float, Callable[[], Weights]], bool]
LBFGS_CORRECTIONS = 8  # past steps from which L-BFGS estimates the curvature


@dataclass(frozen=True)
class FitSettings:
    """``penalty`` (0 or more) on half the squared weights (L2); features of at least ``min_df``
    tokens; at most ``max_weights`` emission weights and ``max_iter`` iterations.
    """

    penalty: float
    min_df: int
    max_weights: int
    max_iter: int


class StopFitting(Exception):
    """Raised between two iterations to end the fitting."""


def fit(
    features: DesignMatrix,
    tags: Sequence[Sequence[str]],
    lines: Sequence[int],
    settings: FitSettings,
    stop: StopCheck,
) -> Weights:
    """The weights that fit these ``lines`` to their gold ``tags`` (one list a line).

    ``features`` hold all lines, ``(n_tokens, n_features)``; ``lines`` are numbers of some of them,
    from 0. The weights have the features and tags that occur there, and ``O``.
    """
    return _Objective(features, tags, lines, settings).minimised(stop)


class _Objective:
    """The penalised negative log-likelihood and its gradient.

    A point ``(n_weights,)`` is the flattened weights: emissions ``(n_features, n_tags)``, then
    transitions ``(n_tags, n_tags)``.
    """

    def __init__(
        self,
        features: DesignMatrix,
        tags: Sequence[Sequence[str]],
        lines: Sequence[int],
        settings: FitSettings,
    ) -> None:
        self.settings = settings
        self.tags = sorted({tag for line in lines for tag in tags[line]} | {"O"})
        size = len(self.tags)
        self.feature_names, self.matrix, self.layout = features.subset(
            lines, settings.min_df, max(1, settings.max_weights // size)
        )
        self.transposed = self.matrix.T.tocsr()
        number = {tag: at for at, tag in enumerate(self.tags)}
        self.gold = np.array([number[tags[lines[line]][at]] for line, at in self.layout.places])
        self.gold_steps = np.zeros((size, size))
        for before, now in pairwise(self.layout.rows):
            pairs = self.gold[before][: now.stop - now.start], self.gold[now]
            np.add.at(self.gold_steps, pairs, 1)
        self.one_hot = np.eye(size, dtype=np.float32)[self.gold]
        self.constraints, self.start, self.end = transition_constraints(self.tags)
        self.latest = 0.0

    def split(self, point: Any) -> tuple[Any, Any]:
        """Emissions ``(n_features, n_tags)`` and transitions ``(n_tags, n_tags)`` of a point."""
        size = len(self.tags)
        return point[: -size * size].reshape(-1, size), point[-size * size :].reshape(size, size)

    def loss(self, point: Any) -> tuple[float, Any]:
        """The loss in nats over all lines, and its gradient, ``(n_weights,)`` as the point."""
        emissions, transitions = self.split(point)
        scores = (self.matrix @ emissions.astype(np.float32)).astype(np.float64)
        log_total, proba, expected = forward_backward(
            scores, transitions + self.constraints, self.start, self.end, self.layout
        )
        likelihood = (
            scores[np.arange(len(self.gold)), self.gold].sum()
            + (self.gold_steps * transitions).sum()
            - log_total
        )
        slope = self.transposed @ (self.one_hot - proba.astype(np.float32))
        gradient = np.concatenate(
            [slope.ravel().astype(np.float64), (self.gold_steps - expected).ravel()]
        )
        penalty = self.settings.penalty
        self.latest = float(penalty / 2 * (point @ point) - likelihood)
        return self.latest, penalty * point - gradient

    def weights(self, point: Any) -> Weights:
        """The chain of a point ``(n_weights,)``."""
        emissions, transitions = self.split(point)
        columns = {name: at for at, name in enumerate(self.feature_names)}
        return Weights(self.tags, columns, emissions.astype(np.float32), transitions.copy())

    def minimised(self, stop: StopCheck) -> Weights:
        from scipy.optimize import minimize

        size = len(self.tags)
        done, at = 0, np.zeros(len(self.feature_names) * size + size**2)

        def after(point: Any) -> None:
            nonlocal done, at
            done, at = done + 1, point.copy()
            if stop(done, self.latest, lambda: self.weights(point)):
                raise StopFitting

        with suppress(StopFitting):
            options = {"maxiter": self.settings.max_iter, "maxcor": LBFGS_CORRECTIONS}
            minimize(self.loss, at, jac=True, method="L-BFGS-B", callback=after, options=options)
        return self.weights(at)
