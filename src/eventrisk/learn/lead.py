"""How likely the words of title and lead paragraph make each lead event: the type and direction of
it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eventrisk.events import Pair
from eventrisk.learn.linear import Features, Linear, softmax
from eventrisk.learn.passages import Passage, passages
from eventrisk.reading import Reading

BLOCKS = ("head", "top", "char", "sense")


def features(reading: Reading, *, masking: bool = True) -> dict[str, Mapping[str, float]]:
    """Title and first paragraph as blocks of terms; ``masking`` as in ``passages.passages``."""
    return features_of(passages(reading, masking=masking))


def features_of(found: Iterable[Passage]) -> dict[str, Mapping[str, float]]:
    """The same of passages that are known; what stands below title and first paragraph tells the
    past as often as the news.
    """
    blocks: dict[str, Counter[str]] = {name: Counter() for name in BLOCKS}
    for passage in found:
        for name in BLOCKS:
            blocks[name].update(passage.terms.get(name, {}))
    return dict(blocks)


@dataclass(frozen=True)
class LeadModel:
    """A linear model over words whose labels are pairs of type and direction, with a blank between
    them."""

    linear: Linear

    def chances(self, terms: Features) -> dict[Pair, float]:
        """The probability (0…1) of each pair, for the terms of a reading (``features``)."""
        proba = softmax(self.linear.scores(terms))
        pairs = (label.split() for label in self.linear.labels)
        return {(type_, way): float(p) for (type_, way), p in zip(pairs, proba, strict=True)}

    def to_state(self) -> dict[str, Any]:
        """Strings and arrays only."""
        return self.linear.to_state()

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> LeadModel:
        """The inverse of ``to_state``. Raises ModelError where parts are missing."""
        return cls(Linear.from_state(state))
