"""Trains risk factors on the user's releases: built-in or custom categories, labelled by clause or
for the release as a whole.

Where only the release is labelled, the clauses that name a category have to be found: multiple
instance learning (Andrews et al., NIPS 2002). The clauses that a first model, or the base, finds
likeliest are taken to name it, and the model is fitted again to these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eventrisk.learn.fit.folds import folds
from eventrisk.learn.fit.risk import RiskExample, best_threshold, fit_risk
from eventrisk.learn.risk import CATEGORIES, ClauseFeatures, RiskModel

ROUNDS = 3  # fits, each to the clauses that the one before labelled
NAMING_SHARE = 0.8  # of the likeliest clause's probability; from here on a clause names it too


@dataclass(frozen=True)
class RiskBag:
    """The clauses of a release that is labelled as a whole: which of them names a category is not
    known.
    """

    group: str
    clauses: tuple[ClauseFeatures, ...]
    categories: frozenset[str]


def adapt_risk(
    examples: Sequence[RiskExample | RiskBag],
    rehearsal: Sequence[RiskExample],
    base: RiskModel | None,
) -> RiskModel:
    """A model of the categories that occur among the examples, on ``base`` if there is one.

    ``rehearsal``, texts of the base, is used where all these categories are built in. The threshold
    is chosen on folds of whole groups.
    """
    occurring = {category for example in examples for category in example.categories}
    built_in = [category for category in CATEGORIES if category in occurring]
    categories = (*built_in, *sorted(occurring - set(CATEGORIES)))
    old = list(rehearsal) if base is not None and occurring <= set(CATEGORIES) else []

    def fitted(chosen: Sequence[RiskExample | RiskBag], threshold: float = 0.5) -> RiskModel:
        return _fitted(chosen, old, categories, base, threshold)

    proba: list[NDArray[np.float64]] = [np.zeros((0, len(categories)))] * len(examples)
    for train, test in folds([example.group for example in examples]):
        if not any(examples[i].clauses for i in train):
            continue  # nothing to fit; what is held out stays without probabilities
        model = fitted([examples[i] for i in train])
        for i in test:
            proba[i] = model.predict_proba(examples[i].clauses)
    # a release without clauses cannot be found whatever the threshold, but its labels count
    y_true = [example.categories for example in examples]
    return fitted(examples, best_threshold(y_true, proba, categories))


def _fitted(
    chosen: Sequence[RiskExample | RiskBag],
    old: Sequence[RiskExample],
    categories: tuple[str, ...],
    base: RiskModel | None,
    threshold: float,
) -> RiskModel:
    """The model of the examples; the clauses of bags are labelled anew in each of ``ROUNDS``
    rounds.
    """

    def fit(model: RiskModel | None) -> RiskModel:
        labelled = [e if isinstance(e, RiskExample) else label_clauses(e, model) for e in chosen]
        return fit_risk([*labelled, *old], threshold=threshold, categories=categories, base=base)

    model = fit(base if base is not None and set(categories) <= set(base.categories) else None)
    if any(isinstance(example, RiskBag) for example in chosen):
        for _ in range(ROUNDS - 1):
            model = fit(model)
    return model


def label_clauses(bag: RiskBag, model: RiskModel | None) -> RiskExample:
    """The clauses with the categories they are taken to name; without a model every clause names
    all of them.
    """
    if model is None or not bag.clauses:
        return RiskExample(bag.group, bag.clauses, (bag.categories,) * len(bag.clauses))
    proba = model.predict_proba(bag.clauses)
    named: list[set[str]] = [set() for _ in bag.clauses]
    for category in sorted(bag.categories):
        column = proba[:, model.categories.index(category)]
        for at in np.flatnonzero(column >= NAMING_SHARE * column.max()):
            named[int(at)].add(category)
    return RiskExample(bag.group, bag.clauses, tuple(map(frozenset, named)))
