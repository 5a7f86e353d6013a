"""What classifiers predict for groups they did not see, and the figures of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.evaluate.figures import head_figures
from eventrisk.learn.evaluate.predictions import Prediction
from eventrisk.learn.sentiment import CLASSES


@dataclass(frozen=True)
class HeldOut:
    """Calibrated probabilities of texts unseen by model and calibration, with the true class, group
    and form of each.

    ``probabilities`` is ``(n_texts, n_classes)``, its columns and the numbers in ``y_true``
    ``(n_texts,)`` are places in ``classes``.
    """

    probabilities: NDArray[np.float64]
    y_true: NDArray[np.int64]
    groups: tuple[str, ...]
    forms: tuple[str, ...]
    classes: tuple[str, ...] = CLASSES

    def predictions(self, head: str) -> list[Prediction]:
        """The texts by their numbers, with what the model says of a head."""
        predicted = [dict(zip(self.classes, p, strict=True)) for p in self.probabilities.tolist()]
        gold = [self.classes[k] for k in self.y_true]
        return predictions_of(head, gold, predicted, self.groups, self.forms)


def predictions_of(
    head: str,
    gold: Sequence[Any],
    predicted: Sequence[Any],
    groups: Sequence[str],
    forms: Sequence[str],
) -> list[Prediction]:
    """Predictions of one head for texts that are known by their numbers."""
    texts = zip(gold, predicted, groups, forms, strict=True)
    return [
        Prediction(str(n), group, "", gold={head: g}, predicted={head: p}, slices={"form": form})
        for n, (g, p, group, form) in enumerate(texts)
    ]


def class_report(held: HeldOut, head: str) -> dict[str, Any]:
    """The figures of a head with classes, without the texts of its errors."""
    return _without_texts(head_figures(held.predictions(head), head))


def label_report(
    gold: Sequence[frozenset[str]],
    predicted: Sequence[Mapping[str, float]],
    groups: Sequence[str],
    forms: Sequence[str],
) -> dict[str, Any]:
    """The figures of risk factors: the categories of each text, and those predicted with their
    probability (0…1).
    """
    return _without_texts(
        head_figures(predictions_of("risk", gold, predicted, groups, forms), "risk")
    )


def _without_texts(figures: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in figures.items() if key != "errors"}
