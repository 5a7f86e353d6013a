"""The learning curves of the default's classifiers: how good they are on the same held-out slices
when they learn from fewer of the other slices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from eventrisk.learn.evaluate.held_out import predictions_of
from eventrisk.learn.evaluate.learning_curve import PARTS, Point, curve, main_figure, part_of
from eventrisk.learn.evaluate.predictions import Prediction
from eventrisk.learn.fit.examples import Example
from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.heads import SENTIMENT, fit_linear, sentiment_examples, sentiment_features
from eventrisk.learn.fit.risk import fit_risk, likely
from eventrisk.learn.sentiment import CLASSES

Predict = Callable[[list[int], list[int]], Mapping[int, Any]]  # places learned from, places to read


def learning_curves(
    examples: Sequence[Example], metrics: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """The curve of sentiment and of risk, each with that of every form of text.

    ``metrics`` are those of ``train_heads`` for the same examples: the end of each curve.
    """
    return {
        "sentiment": _sentiment(sentiment_examples(examples, None), metrics["sentiment"]),
        "risk": _risk([e for e in examples if e.risk is not None and e.whole], metrics["risk"]),
    }


def _sentiment(moods: Sequence[Example], figures: Mapping[str, Any]) -> dict[str, Any]:
    """From labels without calibration."""
    rows, groups = [sentiment_features(e) for e in moods], [e.group for e in moods]
    labels, weights = [str(e.sentiment) for e in moods], np.array([e.weight for e in moods])

    def predict(learn: list[int], read: list[int]) -> dict[int, str]:
        texts, names = [rows[i] for i in learn], [groups[i] for i in learn]
        model = fit_linear(texts, [labels[i] for i in learn], names, weights[learn], SENTIMENT)
        return {i: CLASSES[int(np.argmax(model.scores(rows[i])))] for i in read}

    return _curve(moods, labels, predict, figures)


def _risk(texts: Sequence[Example], figures: Mapping[str, Any]) -> dict[str, Any]:
    risks = [e.risk for e in texts if e.risk is not None]
    threshold = figures["threshold"]

    def predict(learn: list[int], read: list[int]) -> dict[int, dict[str, float]]:
        model = fit_risk([risks[i] for i in learn], threshold=threshold)
        return {i: likely(model.predict_proba(risks[i].clauses), threshold) for i in read}

    return _curve(texts, [risk.categories for risk in risks], predict, figures)


def _curve(
    examples: Sequence[Example], gold: Sequence[Any], predict: Predict, figures: Mapping[str, Any]
) -> dict[str, Any]:
    """The curve of a head; shortened copies are learned from, neither counted nor measured."""
    head, main = figures["head"], figures["main"]
    points: list[Point] = []
    forms: dict[str, list[Point]] = {form: [] for form in figures["slices"].get("form", {})}
    for texts, predicted in _at_parts(examples, predict):
        some = _predictions(head, examples, gold, predicted)
        points.append((texts, main_figure(some, head) or 0.0))
        for form, curve_of_form in forms.items():
            of_form = [p for p in some if p.slices["form"] == form]
            curve_of_form.append((texts, main_figure(of_form, head) or 0.0))
    texts = _mean_texts(examples, 1.0)
    for form, curve_of_form in forms.items():
        curve_of_form.append((texts, figures["slices"]["form"][form][main]))
    return {**curve([*points, (texts, figures[main])], figures), "forms": forms}


def _at_parts(
    examples: Sequence[Example], predict: Predict
) -> Iterator[tuple[float, dict[int, Any]]]:
    """For each part the mean number of texts learned from, and what was predicted for each place
    that is measured.
    """
    groups = [e.group for e in examples]
    for share in PARTS:
        predicted: dict[int, Any] = {}
        for train, test in folds(groups):
            learn = [train[k] for k in part_of([groups[i] for i in train], share)]
            predicted |= predict(learn, [i for i in test if examples[i].whole])
        yield _mean_texts(examples, share), predicted


def _mean_texts(examples: Sequence[Example], share: float) -> float:
    """How many whole texts a fold learns from, on average."""
    groups = [e.group for e in examples]
    counts = [
        sum(examples[train[k]].whole for k in part_of([groups[i] for i in train], share))
        for train, _ in folds(groups)
    ]
    return float(np.mean(counts))


def _predictions(
    head: str, examples: Sequence[Example], gold: Sequence[Any], predicted: Mapping[int, Any]
) -> list[Prediction]:
    at = sorted(predicted)
    return predictions_of(
        head,
        [gold[i] for i in at],
        [predicted[i] for i in at],
        [examples[i].group for i in at],
        [examples[i].form for i in at],
    )
