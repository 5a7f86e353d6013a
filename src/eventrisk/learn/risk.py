"""Risk factors: each clause of the forward-looking text judged for each of the 20 categories.

Two judges look at a clause: a linear model over its words, and the rules of the lexicon. The model
knows full sentences, the rules know the set phrases and bare nouns; a category's probability is the
higher of the two.
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
from eventrisk.learn.linear import Linear, Parts, sigmoid
from eventrisk.reading import Mention, Reading
from eventrisk.results import Evidence, RiskFactor
from eventrisk.risk.contexts import RiskClause, risk_clauses
from eventrisk.risk.rules import Hit, matcher

CATEGORIES = tuple(str(category) for category in RiskCategory)
TRUSTED = ("firm", "listed", "feared")  # the kinds of clause in which a rule decides by itself
NAMED = (
    EntityLabel.DRUG,
    EntityLabel.AGENCY,
    EntityLabel.COMPANY,
    EntityLabel.APPLICATION,
    EntityLabel.TRIAL,
)
CLAUSES, TERMS = 3, 3  # how much evidence is shown for one category


@dataclass(frozen=True)
class Seen:
    """A clause as the judges see it."""

    clause: RiskClause
    hits: tuple[Hit, ...]
    parts: Mapping[str, Mapping[str, float]]
    specific: bool


def see(reading: Reading) -> list[Seen]:
    """All clauses of a release that may be risk language."""
    return [look(reading.text, clause, reading.mentions) for clause in risk_clauses(reading)]


def look(text: str, clause: RiskClause, mentions: Sequence[Mention]) -> Seen:
    """One clause with its terms, its rules, and whether it speaks of a named product, agency or
    party.
    """
    inside = [m for m in mentions if clause.start <= m.start and m.end <= clause.end]
    hits = tuple(matcher().match(text[clause.start : clause.end]))
    tokens = words(masked(text, clause.start, clause.end, inside))
    cues = {f"rule {hit.category}": 1.0 for hit in hits} | {f"how {clause.how}": 1.0}
    parts: dict[str, Mapping[str, float]] = {
        "word": word_terms(tokens),
        "char": char_terms(tokens),
        "cue": cues,
    }
    return Seen(clause, hits, parts, any(m.label in NAMED for m in inside))


@dataclass(frozen=True)
class RiskModel:
    """``linear`` scores clauses; ``trust`` is how often a rule of a category was right (0…1);
    ``threshold`` decides.

    ``base`` is the model it was built on, if any: its opinion of a clause is read beside the words,
    and the categories that this one does not judge are its.
    """

    linear: Linear
    trust: NDArray[np.float32]
    threshold: float
    base: RiskModel | None = None

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories judged here, in the order of the columns: ours, or the user's own."""
        return self.linear.labels

    def probabilities(self, seen: Sequence[Seen]) -> NDArray[np.float64]:
        """One row a clause, one column a category of this model."""
        if not seen:
            return np.zeros((0, len(self.categories)))
        found = sigmoid(np.array([self.linear.scores(parts) for parts in self.parts(seen)]))
        columns = {category: column for column, category in enumerate(self.categories)}
        for row, clause in enumerate(seen):
            if clause.clause.how in TRUSTED:
                for column in (
                    columns[hit.category] for hit in clause.hits if hit.category in columns
                ):
                    found[row, column] = max(found[row, column], float(self.trust[column]))
        return found

    def parts(self, seen: Sequence[Seen]) -> list[Parts]:
        """The blocks of each clause, with what the base says of it."""
        return stacked_on(self.base, seen)

    def judge(self, reading: Reading) -> tuple[RiskFactor, ...]:
        """The categories that the release names, the most probable first, each with its clauses and
        their terms.
        """
        factors = self._factors(see(reading))
        return tuple(sorted(factors, key=lambda f: (-f.probability, f.category)))

    def _factors(self, seen: Sequence[Seen]) -> list[RiskFactor]:
        found = self.probabilities(seen)
        own = [
            self._factor(category, column, found[:, column], seen)
            for column, category in enumerate(self.categories)
            if len(seen) and found[:, column].max() >= self.threshold
        ]
        below = self.base._factors(seen) if self.base is not None else []
        return [*own, *(factor for factor in below if factor.category not in self.categories)]

    def _factor(
        self, category: str, column: int, found: NDArray[np.float64], seen: Sequence[Seen]
    ) -> RiskFactor:
        above = [
            int(i)
            for i in np.argsort(-found, kind="stable")[:CLAUSES]
            if found[i] >= self.threshold
        ]
        evidence: list[Evidence] = []
        for i in above:
            clause = seen[i].clause
            evidence.append(Evidence(clause.start, clause.end, round(float(found[i]), 4)))
            evidence += self._terms(column, seen[i])
        specific = any(seen[i].specific for i in above)
        return RiskFactor(category, round(float(found[above[0]]), 4), specific, tuple(evidence))

    def _terms(self, column: int, seen: Seen) -> list[Evidence]:
        """The words of rules that fired for the category, as spans inside the clause."""
        own = [hit for hit in seen.hits if hit.category == self.categories[column]][:TERMS]
        weight = round(float(self.trust[column]) / max(1, len(own)), 4)
        start = seen.clause.start
        return [Evidence(start + hit.start, start + hit.end, weight) for hit in own]

    def to_state(self) -> dict[str, Any]:
        """Strings, numbers and arrays only."""
        state = {**self.linear.to_state(), "trust": self.trust, "threshold": self.threshold}
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


def stacked_on(base: RiskModel | None, seen: Sequence[Seen]) -> list[Parts]:
    """The blocks of each clause; with a base its opinion of the clause is one of them."""
    if base is None or not seen:
        return [clause.parts for clause in seen]
    said = base.probabilities(seen)
    return [
        {**clause.parts, stacking.BLOCK: stacking.opinions(base.categories, chances)}
        for clause, chances in zip(seen, said, strict=True)
    ]
