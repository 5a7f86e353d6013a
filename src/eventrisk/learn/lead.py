"""The lead event where no rule finds one: predicted from the words of title and lead paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eventrisk.learn.linear import Features, Linear, softmax
from eventrisk.learn.sentiment import passages
from eventrisk.reading import Reading

BLOCKS = ("head", "top", "char")


def features(reading: Reading, *, masking: bool = True) -> dict[str, Mapping[str, float]]:
    """Title and first paragraph as blocks of terms; what stands below tells the past as often as
    the news.

    ``masking`` as in ``sentiment.passages``.
    """
    blocks: dict[str, Counter[str]] = {name: Counter() for name in BLOCKS}
    for passage in passages(reading, masking=masking):
        for name in BLOCKS:
            blocks[name].update(passage.terms.get(name, {}))
    return dict(blocks)


@dataclass(frozen=True)
class LeadModel:
    """A linear model over words whose labels are pairs of type and direction."""

    linear: Linear

    def predict(self, reading: Reading) -> tuple[str, str, float]:
        """The likeliest type, its likeliest direction and the probability of the pair, 0…1."""
        return self.predict_terms(features(reading))

    def predict_terms(self, terms: Features) -> tuple[str, str, float]:
        """The same for the terms of a reading (``features``)."""
        proba = softmax(self.linear.scores(terms))
        by_type: dict[str, float] = {}
        for label, chance in zip(self.linear.labels, proba, strict=True):
            kind = label.split()[0]
            by_type[kind] = by_type.get(kind, 0.0) + float(chance)
        best = max(by_type, key=lambda kind: (by_type[kind], kind))
        pairs = [n for n, label in enumerate(self.linear.labels) if label.split()[0] == best]
        chosen = max(pairs, key=lambda n: float(proba[n]))
        return best, self.linear.labels[chosen].split()[1], round(float(proba[chosen]), 3)

    def to_state(self) -> dict[str, Any]:
        """Strings and arrays only."""
        return self.linear.to_state()

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> LeadModel:
        """The inverse of ``to_state``. Raises ModelError where parts are missing."""
        return cls(Linear.from_state(state))
