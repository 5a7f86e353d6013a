"""What more labelled texts would give: a power law through the learning curve, read further on.

Scores of classifiers rise as ``a − b · n^(−c)`` with the number of texts ``n`` (Cortes et al.,
*Learning curves: asymptotic values and rate of convergence*, NIPS 1993). With a handful of points
the exponent ``c`` can hardly be estimated, so all exponents that agree with the points are kept,
and the range is what they and the noise of the points allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from eventrisk.learn.evaluate.intervals import Array

MIN_POINTS = 3  # of different numbers of texts
MIN_NOISE = 0.01  # standard deviation of a held-out figure (0…1)
EXPONENTS = tuple(
    round(0.05 * step, 2) for step in range(2, 31)
)  # 0.1 (hardly flattening) … 1.5 (soon flat)
# in variances of a point: how much worse than the best an exponent may fit (the 95 % quantile of
# chi-square with one degree of freedom)
MAX_EXTRA_MISFIT = 3.84
NORMAL = 1.96  # standard deviations to the ends of 95 % of a normal distribution


class Fit(NamedTuple):
    """The curve of one exponent: its misfit (squared deviations in variances of a point), the score
    gained (0…1), and the standard error of that.
    """

    misfit: float
    gain: float
    error: float


def expected_gain(
    points: Sequence[tuple[float, float]], more: int = 200, noise: float = MIN_NOISE
) -> dict[str, Any]:
    """The score (0…1) gained by ``more`` texts, with a range of 95 %; ``cannot_say`` with the
    reason where there is none.

    ``points`` are (number of texts learned from, score 0…1) pairs; ``noise`` is the standard
    deviation of a score.
    """
    ordered = sorted((float(n), float(score)) for n, score in points if n > 0)
    sizes, scores = np.array([n for n, _ in ordered]), np.array([score for _, score in ordered])
    if len(set(sizes.tolist())) < MIN_POINTS:
        return {"more": more, "cannot_say": f"fewer than {MIN_POINTS} points of the learning curve"}
    fits = [_fit(sizes, scores, c, more, noise) for c in EXPONENTS]
    best = min(fits)
    kept = [fit for fit in fits if fit.misfit <= best.misfit + MAX_EXTRA_MISFIT]
    room = 1 - scores[-1]
    low, high = (
        min(f.gain - NORMAL * f.error for f in kept),
        max(f.gain + NORMAL * f.error for f in kept),
    )
    return {
        "more": more,
        "n": int(sizes[-1]),
        "score": float(scores[-1]),
        "expected": round(float(np.clip(best.gain, 0, room)), 4),
        "low": round(float(np.clip(low, 0, room)), 4),
        "high": round(float(np.clip(high, 0, room)), 4),
    }


def _fit(sizes: Array, scores: Array, exponent: float, more: int, noise: float) -> Fit:
    """Least squares of height and fall for one exponent; a curve that would fall is taken as flat.

    ``sizes`` (texts) and ``scores`` (0…1) are ``(n_points,)``, three points or more; ``noise`` is
    the standard deviation of a score.
    """
    powers = sizes**-exponent
    design = np.stack([np.ones_like(powers), -powers], axis=1)
    height, fall = np.linalg.lstsq(design, scores, rcond=None)[0]
    if fall < 0:
        height, fall = float(scores.mean()), 0.0
    off = scores - design @ np.array([height, fall])
    spread = max(noise, float(np.sqrt(np.sum(off**2) / (len(sizes) - 2))))
    step = float(sizes[-1] ** -exponent - (sizes[-1] + more) ** -exponent)
    error = spread * float(np.sqrt(np.linalg.inv(design.T @ design)[1, 1]))
    return Fit(float(np.sum(off**2)) / noise**2, fall * step, error * step)
