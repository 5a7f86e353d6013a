"""Predictions made by hand, and by chance, for the figures of reports."""

from __future__ import annotations

from typing import Any

import numpy as np

from eventrisk.learn.evaluate.predictions import Prediction

CLASSES = ("negative", "neutral", "positive")


def mood(number: int, gold: str, given: str, sure: float = 0.8, **more: Any) -> Prediction:
    """A row of sentiment; what is left of the probability is shared by the other classes."""
    rest = (1 - sure) / 2
    found = {label: sure if label == given else rest for label in CLASSES}
    made = {"group": f"g{number}", "text": f"Text number {number}.", **more}
    return Prediction(
        id=f"r{number}", gold={"sentiment": gold}, predicted={"sentiment": found}, **made
    )


def risky(number: int, gold: set[str], found: dict[str, float]) -> Prediction:
    return Prediction(
        f"r{number}",
        f"g{number}",
        "We may fail.",
        gold={"risk": frozenset(gold)},
        predicted={"risk": found},
    )


def moods_by_chance(
    seed: int, count: int = 60, groups: int = 20, right: float = 0.7
) -> list[Prediction]:
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(count):
        gold = CLASSES[number % 3]
        given = gold if rng.uniform() < right else CLASSES[rng.integers(3)]
        rows.append(
            mood(number, gold, given, float(rng.uniform(0.5, 0.99)), group=f"g{number % groups}")
        )
    return rows
