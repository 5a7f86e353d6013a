"""The learning curve: how well the classifiers read unseen groups when they had fewer groups to
learn from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from eventrisk.learn.evaluate.metrics import macro_f1
from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.heads import SENTIMENT, Example, fit_linear, moods_of, sentiment_parts
from eventrisk.learn.fit.risk import fit_risk, named_by
from eventrisk.learn.fit.risk import scores as label_scores
from eventrisk.learn.sentiment import CLASSES

SHARES = (
    0.25,
    0.5,
)  # of the groups that may be learned from; what all of them give is measured in training
ALL = "all"

Curve = dict[str, dict[str, float]]  # form → share → figure


def learning_curve(examples: Sequence[Example], metrics: Mapping[str, Any]) -> dict[str, Any]:
    """Macro-F1 of sentiment and F1 of risk factors by form and share of training groups.

    ``metrics`` are those of ``train_heads`` for the same examples: the end of each curve.
    """
    return {
        "sentiment": _ended(sentiment_curve(examples), metrics["sentiment"], "macro_f1"),
        "risk": _ended(risk_curve(examples, metrics["risk"]["threshold"]), metrics["risk"], "f1"),
    }


def _ended(curve: Curve, report: Mapping[str, Any], key: str) -> Curve:
    ends = {ALL: report, **report["by_form"]}
    return {form: {**shares, "1.0": float(ends[form][key])} for form, shares in curve.items()}


def sentiment_curve(examples: Sequence[Example]) -> Curve:
    """Macro-F1 of uncalibrated labels; shortened copies are learned from, not measured."""
    moods = moods_of(examples)
    rows, groups = [sentiment_parts(e) for e in moods], [e.group for e in moods]
    labels, weights = [str(e.sentiment) for e in moods], np.array([e.weight for e in moods])
    given: dict[float, dict[int, str]] = {share: {} for share in SHARES}
    for train, test in folds(groups):
        for share in SHARES:
            some = thinned(train, groups, share)
            texts, names = [rows[i] for i in some], [groups[i] for i in some]
            model = fit_linear(texts, [labels[i] for i in some], names, weights[some], SENTIMENT)
            whole = [i for i in test if moods[i].whole]
            given[share] |= {i: CLASSES[int(np.argmax(model.scores(rows[i])))] for i in whole}

    def figure(at: list[int], share: float) -> float:
        found, truth = (
            [CLASSES.index(name) for name in names]
            for names in ([given[share][i] for i in at], [labels[i] for i in at])
        )
        return macro_f1(np.array(found), np.array(truth))

    measured = sorted(given[SHARES[0]])
    return {
        form: {str(share): figure(at, share) for share in SHARES}
        for form, at in _by_form(moods, measured)
    }


def risk_curve(examples: Sequence[Example], threshold: float) -> Curve:
    """F1 over releases and categories."""
    texts = [e for e in examples if e.risk is not None and e.whole]
    risks = [e.risk for e in texts if e.risk is not None]
    groups = [risk.group for risk in risks]
    found: dict[float, dict[int, frozenset[str]]] = {share: {} for share in SHARES}
    for train, test in folds(groups):
        for share in SHARES:
            model = fit_risk([risks[i] for i in thinned(train, groups, share)], threshold=threshold)
            found[share] |= {
                i: named_by(model.probabilities(risks[i].seen), threshold) for i in test
            }

    def figure(at: list[int], share: float) -> float:
        return label_scores([risks[i].named for i in at], [found[share][i] for i in at])[2]

    measured = sorted(found[SHARES[0]])
    return {
        form: {str(share): figure(at, share) for share in SHARES}
        for form, at in _by_form(texts, measured)
    }


def thinned(chosen: Sequence[int], groups: Sequence[str], share: float) -> list[int]:
    """The positions of ``chosen`` that belong to a share of its groups, at least one, drawn with a
    fixed seed.
    """
    names = sorted({groups[i] for i in chosen})
    order = np.random.default_rng(0).permutation(len(names))
    kept = {names[k] for k in order[: max(1, round(share * len(names)))]}
    return [i for i in chosen if groups[i] in kept]


def _by_form(examples: Sequence[Example], at: Sequence[int]) -> list[tuple[str, list[int]]]:
    forms = sorted({examples[i].form for i in at})
    return [
        (ALL, list(at)),
        *((form, [i for i in at if examples[i].form == form]) for form in forms),
    ]
