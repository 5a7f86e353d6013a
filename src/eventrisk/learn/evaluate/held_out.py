"""What a card tells of a classifier, from its judgements of groups it did not see: plain numbers
and lists only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.evaluate import intervals
from eventrisk.learn.evaluate.abstention import risk_coverage
from eventrisk.learn.evaluate.counting import LABEL_FIGURES, Counted, counted
from eventrisk.learn.evaluate.metrics import class_metrics, signed
from eventrisk.learn.evaluate.predictions import UNKNOWN as UNKNOWN
from eventrisk.learn.evaluate.predictions import Row
from eventrisk.learn.sentiment import CLASSES

BINS = 10


@dataclass(frozen=True)
class HeldOut:
    """Calibrated probabilities of texts unseen by model and calibration, with truth, group and form
    of each.

    Columns of ``found`` and numbers of ``truth`` are those of ``classes``.
    """

    found: NDArray[np.float64]
    truth: NDArray[np.int64]
    groups: tuple[str, ...]
    forms: tuple[str, ...]
    classes: tuple[str, ...] = CLASSES

    def of(self, form: str) -> HeldOut:
        """The part of one form."""
        at = [i for i, name in enumerate(self.forms) if name == form]
        return HeldOut(
            self.found[at],
            self.truth[at],
            tuple(self.groups[i] for i in at),
            (form,) * len(at),
            self.classes,
        )


def class_report(held: HeldOut) -> dict[str, Any]:
    """The metrics with their 95 % intervals, and the tables from which the card is drawn."""
    return {
        **_measured(held),
        "groups": len(set(held.groups)),
        "confusion": _confusions(held).sum(axis=0).astype(int).tolist(),
        "calibration": reliability(held.found.max(axis=1), held.found.argmax(axis=1) == held.truth),
        "coverage": [list(kept) for kept in risk_coverage(held.found, held.truth)],
        "by_form": {form: _measured(held.of(form)) for form in sorted(set(held.forms))},
    }


def _measured(held: HeldOut) -> dict[str, Any]:
    sums = intervals.group_sums(_confusions(held), held.groups)
    measured = {
        "accuracy": intervals.accuracy,
        "macro_f1": intervals.macro_f1,
        **signed(held.classes),
    }
    ranges = {
        name: list(intervals.interval(sums, statistic)) for name, statistic in measured.items()
    }
    return {**class_metrics(held.found, held.truth, held.classes), "intervals": ranges}


def _confusions(held: HeldOut) -> NDArray[np.float64]:
    """One confusion matrix a text: rows true, columns given."""
    unit = np.eye(len(held.classes))
    return np.asarray(unit[held.truth][:, :, None] * unit[held.found.argmax(axis=1)][:, None, :])


def reliability(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> list[list[float]]:
    """For each tenth of the judgements, the least sure first: mean confidence and share right, by
    scikit-learn.
    """
    from sklearn.calibration import calibration_curve

    if right.all() or not right.any():
        return [[float(sure.mean()), float(right.mean())]]
    share, mean = calibration_curve(right, sure, n_bins=BINS, strategy="quantile")
    return [[round(float(m), 4), round(float(s), 4)] for m, s in zip(mean, share, strict=True)]


def label_report(
    truth: Sequence[frozenset[str]],
    found: Sequence[frozenset[str]],
    groups: Sequence[str],
    forms: Sequence[str],
) -> dict[str, Any]:
    """Precision, recall and F1 over all texts and labels, with the interval of F1, by form and by
    label.
    """
    rows = [
        Row(str(number), group, "", gold={"risk": there}, found={"risk": dict.fromkeys(named, 1.0)})
        for number, (there, named, group) in enumerate(zip(truth, found, groups, strict=True))
    ]
    count = counted(rows, "risk", sorted(frozenset[str]().union(*truth, *found)))
    places = {
        form: [i for i, name in enumerate(forms) if name == form] for form in sorted(set(forms))
    }
    whole = count.counts.sum(axis=0)
    return {
        **_counted(count),
        "groups": len(set(groups)),
        "by_form": {form: _counted(count.part(at)) for form, at in places.items()},
        "by_label": {
            label: {
                "n": int(of[2]),
                **{name: float(figure(of)) for name, (figure, _) in LABEL_FIGURES.items()},
            }
            for label, of in zip(count.labels, whole, strict=True)
        },
    }


def _counted(count: Counted) -> dict[str, Any]:
    whole, sums = count.counts.sum(axis=0), count.sums
    return {
        "n": len(count.counts),
        **{name: float(figure(whole)) for name, figure in count.statistics.items()},
        "intervals": {"f1": list(intervals.interval(sums, count.statistics["f1"]))},
    }
