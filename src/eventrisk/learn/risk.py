"""Risk factors: each clause of the forward-looking text classified by each of the 20 categories.

A clause is classified twice: by a linear model over its words, and by the rules of the lexicon. The
model knows full sentences, the rules know the set phrases and bare nouns; a category's probability
is the higher of the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.labels import EntityLabel, RiskCategory
from eventrisk.learn import stacking
from eventrisk.learn.features import char_terms, masked, word_terms, words
from eventrisk.learn.linear import Features, Linear, sigmoid
from eventrisk.reading import Mention, Reading
from eventrisk.results import Evidence, RiskFactor
from eventrisk.risk.contexts import RiskClause, risk_clauses
from eventrisk.risk.rules import Match, find_matches

CATEGORIES = tuple(str(category) for category in RiskCategory)
RULE_CLAUSES = ("firm", "listed", "feared")  # the kinds of clause in which a rule decides by itself
NAMED = (
    EntityLabel.DRUG,
    EntityLabel.AGENCY,
    EntityLabel.COMPANY,
    EntityLabel.APPLICATION,
    EntityLabel.TRIAL,
)
SHOWN_CLAUSES, SHOWN_TERMS = 3, 3  # of evidence for one category, and for one clause


@dataclass(frozen=True)
class ClauseFeatures:
    """A clause with the rules that match it (``hits``, offsets within the clause), its blocks of
    terms, and whether it names a product, agency or party (``specific``).
    """

    clause: RiskClause
    hits: tuple[Match, ...]
    features: Mapping[str, Mapping[str, float]]
    specific: bool


def read_clauses(reading: Reading) -> list[ClauseFeatures]:
    """All clauses of a release that may be risk language."""
    return [
        clause_features(reading.text, clause, reading.mentions) for clause in risk_clauses(reading)
    ]


def clause_features(text: str, clause: RiskClause, mentions: Sequence[Mention]) -> ClauseFeatures:
    """One clause of ``text``."""
    inside = [m for m in mentions if clause.start <= m.start and m.end <= clause.end]
    hits = tuple(find_matches(text[clause.start : clause.end]))
    tokens = words(masked(text, clause.start, clause.end, inside))
    cues = {f"rule {hit.category}": 1.0 for hit in hits} | {f"how {clause.how}": 1.0}
    features: dict[str, Mapping[str, float]] = {
        "word": word_terms(tokens),
        "char": char_terms(tokens),
        "cue": cues,
    }
    return ClauseFeatures(clause, hits, features, any(m.label in NAMED for m in inside))


@dataclass(frozen=True)
class RiskModel:
    """``linear`` scores clauses; ``rule_precision`` ``(n_categories,)`` is how often the rules of a
    category were right (0…1); categories of at least ``threshold`` (0…1) are given.

    ``base`` is the model it was built on, if any: its log-odds of a clause are read beside the
    words, and it gives the categories that this one does not have.
    """

    linear: Linear
    rule_precision: NDArray[np.float32]
    threshold: float
    base: RiskModel | None = None

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of this model, in the order of the columns: built-in or custom ones."""
        return self.linear.labels

    def predict_proba(self, clauses: Sequence[ClauseFeatures]) -> NDArray[np.float64]:
        """Probabilities (0…1), ``(n_clauses, n_categories)``."""
        if not clauses:
            return np.zeros((0, len(self.categories)))
        proba = sigmoid(
            np.array([self.linear.scores(features) for features in self.features(clauses)])
        )
        columns = {category: column for column, category in enumerate(self.categories)}
        for row, clause in enumerate(clauses):
            if clause.clause.how in RULE_CLAUSES:
                for column in (
                    columns[hit.category] for hit in clause.hits if hit.category in columns
                ):
                    proba[row, column] = max(proba[row, column], float(self.rule_precision[column]))
        return proba

    def features(self, clauses: Sequence[ClauseFeatures]) -> list[Features]:
        """The blocks of each clause ``(n_clauses,)``, the base's log-odds included."""
        return with_base_features(self.base, clauses)

    def predict(self, reading: Reading) -> tuple[RiskFactor, ...]:
        """The categories that the release names, the most probable first, each with its clauses and
        their terms.
        """
        factors = self._factors(read_clauses(reading))
        return tuple(sorted(factors, key=lambda f: (-f.probability, f.category)))

    def _factors(self, clauses: Sequence[ClauseFeatures]) -> list[RiskFactor]:
        proba = self.predict_proba(clauses)
        own = [
            self._factor(category, column, proba[:, column], clauses)
            for column, category in enumerate(self.categories)
            if len(clauses) and proba[:, column].max() >= self.threshold
        ]
        below = self.base._factors(clauses) if self.base is not None else []
        return [*own, *(factor for factor in below if factor.category not in self.categories)]

    def _factor(
        self,
        category: str,
        column: int,
        proba: NDArray[np.float64],
        clauses: Sequence[ClauseFeatures],
    ) -> RiskFactor:
        above = [
            int(i)
            for i in np.argsort(-proba, kind="stable")[:SHOWN_CLAUSES]
            if proba[i] >= self.threshold
        ]
        evidence: list[Evidence] = []
        for i in above:
            clause = clauses[i].clause
            evidence.append(Evidence(clause.start, clause.end, round(float(proba[i]), 4)))
            evidence += self._terms(column, clauses[i])
        specific = any(clauses[i].specific for i in above)
        return RiskFactor(category, round(float(proba[above[0]]), 4), specific, tuple(evidence))

    def _terms(self, column: int, clause: ClauseFeatures) -> list[Evidence]:
        """The words of rules that fired for the category, as spans inside the clause."""
        own = [hit for hit in clause.hits if hit.category == self.categories[column]][:SHOWN_TERMS]
        weight = round(float(self.rule_precision[column]) / max(1, len(own)), 4)
        start = clause.clause.start
        return [Evidence(start + hit.start, start + hit.end, weight) for hit in own]

    def to_state(self) -> dict[str, Any]:
        """Strings, numbers and arrays only."""
        state = {
            **self.linear.to_state(),
            "trust": self.rule_precision,
            "threshold": self.threshold,
        }
        return state | (stacking.to_state(self.base.to_state()) if self.base is not None else {})

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> RiskModel:
        """The inverse of ``to_state``."""
        below = stacking.from_state(state)
        return cls(
            Linear.from_state(state),
            state["trust"],
            float(state["threshold"]),
            base=cls.from_state(below) if below else None,
        )


def with_base_features(base: RiskModel | None, clauses: Sequence[ClauseFeatures]) -> list[Features]:
    """The blocks of each clause ``(n_clauses,)``; with a base its log-odds are one of them."""
    if base is None or not clauses:
        return [clause.features for clause in clauses]
    rows = base.predict_proba(clauses)
    return [
        {**clause.features, stacking.BLOCK: stacking.label_log_odds(base.categories, proba)}
        for clause, proba in zip(clauses, rows, strict=True)
    ]
