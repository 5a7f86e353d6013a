"""The learning curve: how good models are that learned from a part of the groups only, on the same
held-out texts.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from eventrisk.learn.evaluate.counting import counted
from eventrisk.learn.evaluate.gain import MIN_NOISE, NORMAL, expected_gain
from eventrisk.learn.evaluate.predictions import Prediction, of_head

PARTS = (0.25, 0.5)  # of the texts learned from, beside all of them
MORE = 200  # further labelled texts whose gain is estimated

Point = tuple[float, float]  # number of texts learned from, main figure (0…1)


def part_of(groups: Sequence[str], share: float, seed: int = 0) -> list[int]:
    """The places of whole groups, drawn by chance, until they hold the share (0…1) of the texts; at
    least one group.
    """
    sizes, kept, texts = Counter(groups), set[str](), 0
    names = sorted(sizes)
    random.Random(seed).shuffle(names)
    for name in names:
        if texts >= share * len(groups):
            break
        kept.add(name)
        texts += sizes[name]
    return [i for i, group in enumerate(groups) if group in kept]


def main_figure(predictions: Sequence[Prediction], head: str) -> float | None:
    """The main figure of a head (0…1), None where no text has it."""
    some = of_head(predictions, head)
    if not some:
        return None
    count = counted(some, head)
    return float(count.statistics[count.main](count.counts.sum(axis=0)))


def curve(points: Sequence[Point], figures: Mapping[str, Any]) -> dict[str, Any]:
    """The points of a head's learning curve, and what more texts would give; ``figures`` are the
    head's when it learned from all.

    About half of the standard error of a figure is shared by the points of a curve, which are
    measured on the same texts.
    """
    low, high = figures["intervals"][figures["main"]]
    noise = max(MIN_NOISE, (high - low) / (2 * NORMAL) / 2)
    return {"points": [list(point) for point in points], "more": expected_gain(points, MORE, noise)}
