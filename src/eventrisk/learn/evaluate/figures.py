"""The figures of one head as plain values, ready for JSON: what a report is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.calibrate import brier, expected_error
from eventrisk.learn.evaluate import counting, intervals, metrics
from eventrisk.learn.evaluate.abstention import risk_coverage
from eventrisk.learn.evaluate.baseline import baseline
from eventrisk.learn.evaluate.counting import LABEL_FIGURES, Counted, counted
from eventrisk.learn.evaluate.errors import worst
from eventrisk.learn.evaluate.held_out import reliability
from eventrisk.learn.evaluate.predictions import (
    CLASSES,
    HEADS,
    KINDS,
    UNKNOWN,
    Row,
    given,
    label_of,
    of_head,
)

Figures = dict[str, Any]
FEW = 5  # texts of a company size or form; rarer ones are told of together
OTHERS = "others"


def assess(rows: Sequence[Row], heads: Sequence[str] = HEADS) -> dict[str, Figures]:
    """The figures of every head that has labelled rows."""
    parts = ((head, of_head(rows, head)) for head in heads)
    return {head: head_figures(part, head) for head, part in parts if part}


def head_figures(rows: Sequence[Row], head: str) -> Figures:
    """The figures of a head, of rows that all have it (at least one)."""
    count = counted(rows, head)
    more = _of_classes(rows, count) if head in CLASSES else _of_sets(rows, count)
    found = {**_figures(count), "labels": _labels(count), "baseline": baseline(count), **more}
    found["intervals"] |= found.pop("more_intervals", {})
    return {**found, "slices": _slices(rows, count), "errors": worst(rows, head, count.labels)}


def _figures(count: Counted) -> Figures:
    sums = count.sums
    return {
        "head": count.head,
        "main": count.main,
        "n": len(count.counts),
        "groups": len(sums),
        **{name: float(of(sums.sum(axis=0))) for name, of in count.statistics.items()},
        "intervals": counting.ranges(sums, count.statistics),
    }


def _labels(count: Counted) -> dict[str, Figures]:
    """By label: how often it is there and given, precision, recall and F1, with their intervals."""
    sums = count.sums
    whole = sums.sum(axis=0)
    return {
        label: {
            "n": int(whole[k, 2]),
            "given": int(whole[k, 1]),
            **{name: float(of(whole[k])) for name, (of, _) in LABEL_FIGURES.items()},
            "intervals": ranges,
        }
        for k, (label, ranges) in enumerate(
            zip(count.labels, counting.label_ranges(sums), strict=True)
        )
    }


def _of_classes(rows: Sequence[Row], count: Counted) -> Figures:
    """Confusions, the share of the wrong sign, and how far the probabilities can be taken at their
    word.
    """
    numbers = {label: number for number, label in enumerate(count.labels)}
    truth = np.array([numbers[row.gold[count.head]] for row in rows])
    said = np.array([numbers[given(row.found[count.head])] for row in rows])
    matrix = metrics.confusion(said, truth, len(numbers))
    signs = metrics.signed(count.labels)
    return {
        "classes": list(count.labels),
        "confusion": matrix.astype(int).tolist(),
        **{name: float(of(matrix)) for name, of in signs.items()},
        "more_intervals": _wrong_sign(said, truth, count) if signs else {},
        **_calibration(rows, count, truth),
    }


def _wrong_sign(
    said: NDArray[np.int64], truth: NDArray[np.int64], count: Counted
) -> dict[str, list[float]]:
    """The interval of the share of wrong signs: counted as right (here: wrong), given and there by
    row.
    """
    corners = [count.labels.index(name) for name in metrics.OPPOSITES]
    flipped = np.isin(said, corners) & np.isin(truth, corners) & (said != truth)
    sums = intervals.group_sums(
        np.stack([flipped, np.ones_like(said), np.ones_like(said)], axis=1), count.groups
    )
    return counting.ranges(sums, {"wrong_sign": intervals.precision})


def _calibration(rows: Sequence[Row], count: Counted, truth: NDArray[np.int64]) -> Figures:
    """Nothing where the model gives a label without a probability."""
    if any(isinstance(row.found[count.head], str) for row in rows):
        return {}
    found = np.array(
        [[row.found[count.head].get(label, 0.0) for label in count.labels] for row in rows]
    )
    return {
        "brier": brier(found, truth),
        "ece": expected_error(found, truth),
        "calibration": reliability(found.max(axis=1), found.argmax(axis=1) == truth),
        "coverage": [list(kept) for kept in risk_coverage(found, truth)],
    }


def _of_sets(rows: Sequence[Row], count: Counted) -> Figures:
    """How far the probabilities of what was given can be taken at their word; what of it does not
    count.
    """
    head, known = count.head, set(count.labels)
    judged = [
        (probability, thing in row.gold[head])
        for row in rows
        for thing, probability in row.found[head].items()
        if label_of(thing) in known
    ]
    found: Figures = {"left_out": counting.left_out(rows, count.labels, head)}
    if head == "entities":
        found["overlap_f1"] = _overlapping(rows, known)
    if (
        judged and head != "events"
    ):  # the probability of an event is that of its assertion, not of its being news
        sure, right = np.array([p for p, _ in judged]), np.array([r for _, r in judged])
        found |= {"calibration": reliability(sure, right), "ece": _gap(sure, right)}
    return found


def _overlapping(rows: Sequence[Row], labels: set[str]) -> float:
    """F1 that takes a span for right where it overlaps one of its label: what exact F1 lacks to it
    is borders.
    """
    met = dict.fromkeys(("found", "gold"), 0)
    total = dict(met)
    for row in rows:
        sides = {
            "gold": row.gold["entities"],
            "found": [t for t in row.found["entities"] if label_of(t) in labels],
        }
        for side, other in (("found", "gold"), ("gold", "found")):
            total[side] += len(sides[side])
            met[side] += sum(_meets(span, sides[other]) for span in sides[side])
    precision, recall = (met[side] / max(1, total[side]) for side in ("found", "gold"))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _meets(span: Any, others: Any) -> bool:
    return any(span[2] == o[2] and span[0] < o[1] and o[0] < span[1] for o in others)


def _gap(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """The expected calibration error of single judgements."""
    return expected_error(np.stack([sure, -np.ones_like(sure)], axis=1), np.where(right, 0, 1))


def _slices(rows: Sequence[Row], count: Counted) -> dict[str, dict[str, Figures]]:
    """The main figure and its interval in each part of each kind; kinds with one part tell
    nothing.
    """
    kinds = {
        kind: _parts([row.slices.get(kind, UNKNOWN) for row in rows], joined=kind != "era")
        for kind in KINDS
    }
    return {
        kind: {name: _slice(count.part(at)) for name, at in parts.items()}
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
    rare = {name for name, at in parts.items() if joined and len(at) < FEW}
    if len(rare) < 2:
        return dict(sorted(parts.items()))
    kept = {name: at for name, at in sorted(parts.items()) if name not in rare}
    return {**kept, OTHERS: sorted(number for name in rare for number in parts[name])}


def _slice(part: Counted) -> Figures:
    figures = _figures(part)
    return {key: figures[key] for key in ("n", "groups", part.main, "intervals")}
