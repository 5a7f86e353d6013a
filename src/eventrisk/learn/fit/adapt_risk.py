"""Trains risk factors on releases of the user's: categories of ours or of their own, labelled by
clause or as a whole.

Where only the release is labelled, the clauses that name a category have to be found: many
instances, one label (Andrews et al., NIPS 2002). The clauses that a first model, or the base, finds
likeliest are taken to name it, and the model is fitted again on these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.risk import RiskExample, best_threshold, fit_risk
from eventrisk.learn.risk import CATEGORIES, RiskModel, Seen

ROUNDS = 3
NEAR = 0.8  # of the likeliest clause's probability: from here on a clause names the category too


@dataclass(frozen=True)
class Whole:
    """The clauses of a release of which only is known which categories it names somewhere."""

    group: str
    seen: tuple[Seen, ...]
    named: frozenset[str]


@dataclass(frozen=True)
class HeldRisk:
    """For each example the probability of each category, as a model said that had not seen its
    company.
    """

    categories: tuple[str, ...]
    found: tuple[dict[str, float], ...]
    threshold: float


@dataclass(frozen=True)
class AdaptedRisk:
    """A model of all texts, and what was said of them by models that had not seen their company."""

    model: RiskModel
    held: HeldRisk


def adapt_risk(
    examples: Sequence[RiskExample | Whole], old: Sequence[RiskExample], base: RiskModel | None
) -> AdaptedRisk:
    """The categories that occur among the examples; old texts are used where these are all ours."""
    occurring = {c for e in examples for c in e.named}
    categories = (*(c for c in CATEGORIES if c in occurring), *sorted(occurring - set(CATEGORIES)))
    kept = list(old) if base is not None and occurring <= set(CATEGORIES) else []

    def fitted(chosen: Sequence[RiskExample | Whole], threshold: float = 0.5) -> RiskModel:
        return _fitted(chosen, kept, categories, base, threshold)

    found: list[NDArray[np.float64]] = [np.zeros((0, len(categories)))] * len(examples)
    for train, test in folds([e.group for e in examples]):
        if not any(examples[i].seen for i in train):
            continue  # nothing to learn from; what is held out stays without a judgement
        model = fitted([examples[i] for i in train])
        for i in test:
            found[i] = model.probabilities(examples[i].seen)
    truth = [RiskExample(e.group, e.seen, (e.named,)) for e in examples]
    threshold = best_threshold(truth, found, categories)
    return AdaptedRisk(
        fitted(examples, threshold),
        HeldRisk(categories, tuple(_tops(found, categories)), threshold),
    )


def _fitted(
    chosen: Sequence[RiskExample | Whole],
    old: Sequence[RiskExample],
    categories: tuple[str, ...],
    base: RiskModel | None,
    threshold: float,
) -> RiskModel:
    """The model of the examples; what is labelled as a whole is told apart by clause in a few
    rounds.
    """

    def fit(model: RiskModel | None) -> RiskModel:
        told = [e if isinstance(e, RiskExample) else told_apart(e, model) for e in chosen]
        return fit_risk([*told, *old], threshold=threshold, categories=categories, base=base)

    model = fit(base if base is not None and set(categories) <= set(base.categories) else None)
    if any(isinstance(e, Whole) for e in chosen):
        for _ in range(ROUNDS - 1):
            model = fit(model)
    return model


def told_apart(example: Whole, model: RiskModel | None) -> RiskExample:
    """The clauses with the categories they are taken to name; without a model every clause names
    all of them.
    """
    if model is None or not example.seen:
        return RiskExample(example.group, example.seen, (example.named,) * len(example.seen))
    found = model.probabilities(example.seen)
    named: list[set[str]] = [set() for _ in example.seen]
    for category in sorted(example.named):
        column = found[:, model.categories.index(category)]
        for at in np.flatnonzero(column >= NEAR * column.max()):
            named[int(at)].add(category)
    return RiskExample(
        example.group, example.seen, tuple(frozenset(categories) for categories in named)
    )


def _tops(
    found: Sequence[NDArray[np.float64]], categories: Sequence[str]
) -> list[dict[str, float]]:
    """For each release how surely its surest clause names each category; 0 where it has no
    clause.
    """
    return [
        dict(
            zip(
                categories,
                (f.max(axis=0) if len(f) else np.zeros(len(categories))).tolist(),
                strict=True,
            )
        )
        for f in found
    ]
