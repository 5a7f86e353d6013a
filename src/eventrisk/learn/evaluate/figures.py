"""The figures of one head as plain values, ready for JSON: what a report is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import harmonic_mean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.heads import CLASS_HEADS, HEADS
from eventrisk.learn.calibrate import brier, expected_error
from eventrisk.learn.evaluate import counting, intervals, metrics
from eventrisk.learn.evaluate.abstention import risk_coverage
from eventrisk.learn.evaluate.baseline import baseline
from eventrisk.learn.evaluate.counting import Counted, counted
from eventrisk.learn.evaluate.errors import worst
from eventrisk.learn.evaluate.predictions import (
    SLICES,
    UNKNOWN,
    Prediction,
    label_of,
    of_head,
    predicted_label,
)

Figures = dict[str, Any]
Predictions = Sequence[Prediction]
MIN_TEXTS = 5  # of a company size or form; rarer ones are measured together
OTHERS = "others"


def assess(predictions: Predictions, heads: Sequence[str] = HEADS) -> dict[str, Figures]:
    """The figures of every head that has labelled texts."""
    parts = ((head, of_head(predictions, head)) for head in heads)
    return {head: head_figures(part, head) for head, part in parts if part}


def head_figures(predictions: Predictions, head: str) -> Figures:
    """The figures of a head, of predictions that all have it (at least one)."""
    count = counted(predictions, head)
    more = _of_classes(predictions, count) if head in CLASS_HEADS else _of_sets(predictions, count)
    return {
        "head": head,
        "main": count.main,
        **_measured(predictions, count),
        "labels": counting.by_label(count),
        "baseline": baseline(count),
        **more,
        "slices": _slices(predictions, count),
        "errors": worst(predictions, head, count.labels),
    }


def _measured(predictions: Predictions, count: Counted) -> Figures:
    """Number of texts and groups, the figures and their intervals; of classes with a sign the share
    of the wrong sign too.
    """
    figures = count.measured()
    if count.head in CLASS_HEADS and metrics.signed(count.labels):
        sums = intervals.group_sums(_flipped(predictions, count), count.groups)
        figures["wrong_sign"] = float(intervals.precision(sums.sum(axis=0)))
        figures["intervals"]["wrong_sign"] = intervals.interval(sums, intervals.precision)
    return figures


def _flipped(predictions: Predictions, count: Counted) -> NDArray[np.float64]:
    """Counts ``(n_texts, 3)`` whose precision is the share of wrong signs."""
    y_true, y_pred = _numbered(predictions, count)
    corners = [count.labels.index(name) for name in metrics.OPPOSITES]
    flipped = np.isin(y_pred, corners) & np.isin(y_true, corners) & (y_pred != y_true)
    return np.stack([flipped, np.ones_like(flipped), np.ones_like(flipped)], axis=1).astype(float)


def _numbered(
    predictions: Predictions, count: Counted
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Gold and predicted classes as places in ``count.labels``, each ``(n_texts,)``."""
    numbers = {label: number for number, label in enumerate(count.labels)}
    head = count.head
    y_true = np.array([numbers[p.gold[head]] for p in predictions])
    y_pred = np.array([numbers[predicted_label(p.predicted[head])] for p in predictions])
    return y_true, y_pred


def _of_classes(predictions: Predictions, count: Counted) -> Figures:
    """Confusions, and how well the probabilities are calibrated."""
    y_true, y_pred = _numbered(predictions, count)
    matrix = metrics.confusion(y_true, y_pred, len(count.labels))
    return {
        "classes": list(count.labels),
        "confusion": matrix.astype(int).tolist(),
        **_calibration(predictions, count, y_true),
    }


def _calibration(predictions: Predictions, count: Counted, y_true: NDArray[np.int64]) -> Figures:
    """Brier score, calibration error, reliability diagram and risk-coverage curve of ``y_true``
    ``(n_texts,)``; nothing where the model gives a label without a probability.
    """
    given = [p.predicted[count.head] for p in predictions]
    if any(isinstance(value, str) for value in given):
        return {}
    probabilities = np.array([[value.get(label, 0.0) for label in count.labels] for value in given])
    top, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == y_true
    return {
        "brier": brier(probabilities, y_true),
        "ece": expected_error(probabilities, y_true),
        "calibration": metrics.reliability(top, right),
        "coverage": [list(point) for point in risk_coverage(probabilities, y_true)],
    }


def _of_sets(predictions: Predictions, count: Counted) -> Figures:
    """How well the probabilities of what was predicted are calibrated; what of it does not
    count.
    """
    head, known = count.head, set(count.labels)
    judged = [
        (probability, item in p.gold[head])
        for p in predictions
        for item, probability in p.predicted[head].items()
        if label_of(item) in known
    ]
    figures: Figures = {"left_out": counting.left_out(predictions, count.labels, head)}
    if head == "entities":
        figures["overlap_f1"] = _overlap_f1(predictions, known)
    # the probability of an event is that of its assertion, not of its being news
    if judged and head != "events":
        sure, right = np.array([p for p, _ in judged]), np.array([r for _, r in judged])
        figures |= {"calibration": metrics.reliability(sure, right), "ece": _gap(sure, right)}
    return figures


def _overlap_f1(predictions: Predictions, labels: set[str]) -> float:
    """F1 (0…1) that takes a span for right where it overlaps one of its label: what exact F1 lacks
    to it is borders.
    """
    hits = dict.fromkeys(("predicted", "gold"), 0)
    total = dict(hits)
    for p in predictions:
        spans = {
            "gold": p.gold["entities"],
            "predicted": [s for s in p.predicted["entities"] if label_of(s) in labels],
        }
        for side, other in (("predicted", "gold"), ("gold", "predicted")):
            total[side] += len(spans[side])
            hits[side] += sum(_overlaps(span, spans[other]) for span in spans[side])
    precision, recall = (hits[side] / max(1, total[side]) for side in ("predicted", "gold"))
    # predictions that overlap and labels that are overlapped differ in number, so that there is no
    # one count of right items
    return harmonic_mean((precision, recall))


def _overlaps(span: Any, others: Any) -> bool:
    return any(span[2] == o[2] and span[0] < o[1] and o[0] < span[1] for o in others)


def _gap(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """The expected calibration error (0…1) of single judgements: how ``sure`` each is (0…1), and
    whether it is ``right``, both ``(n_judgements,)``.
    """
    return expected_error(np.stack([sure, -np.ones_like(sure)], axis=1), np.where(right, 0, 1))


def _slices(predictions: Predictions, count: Counted) -> dict[str, dict[str, Figures]]:
    """The figures of each part of each kind of slice; kinds with one part tell nothing."""
    kinds = {
        kind: _parts([p.slices.get(kind, UNKNOWN) for p in predictions], joined=kind != "era")
        for kind in SLICES
    }
    return {
        kind: {
            name: _measured([predictions[i] for i in at], count.part(at))
            for name, at in parts.items()
        }
        for kind, parts in kinds.items()
        if len(parts) > 1
    }


def _parts(names: Sequence[str], *, joined: bool) -> dict[str, list[int]]:
    """The places of each name, in order of the names; where ``joined``, rare ones together at the
    end.
    """
    parts: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        parts.setdefault(name, []).append(number)
    rare = {name for name, at in parts.items() if joined and len(at) < MIN_TEXTS}
    if len(rare) < 2:
        return dict(sorted(parts.items()))
    frequent = {name: at for name, at in sorted(parts.items()) if name not in rare}
    return {**frequent, OTHERS: sorted(number for name in rare for number in parts[name])}
