"""Relevance: is a text regulatory or clinical news about a medicine at all?

Feeds bring mining permits, bank approvals and shipping trials as well. A linear model over the
words and what was found in the text says how likely it is of the field; below ``bound`` the rules
read what they were not made for, and no event of theirs is told.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eventrisk.errors import ModelError
from eventrisk.events.medicine import speaks_of_medicine, words_of_others
from eventrisk.learn import calibrate
from eventrisk.learn.linear import Features, Linear
from eventrisk.learn.passages import Passage, passages
from eventrisk.reading import Reading

BLOCKS = ("head", "top", "char", "sense", "body", "found")
ANSWERS = ("no", "yes")


def features(reading: Reading, found: Iterable[Passage] | None = None) -> Features:
    """The words of title, lead and body with kinds in place of names, and what was found: the
    logarithm of the number of names of each kind, of cues of each type of event, and of words of
    other fields; and whether any word is of medicine.
    """
    blocks: dict[str, Counter[str]] = {name: Counter() for name in BLOCKS[:-1]}
    for passage in passages(reading) if found is None else found:
        for name, counts in passage.terms.items():
            blocks[name].update(counts)
    seen = Counter(f"name={mention.label}" for mention in reading.mentions)
    seen.update(f"cue={cue.event}" for cue in reading.cues)
    seen.update(f"vote={vote.body}" for vote in reading.votes)
    seen["medicine"] = int(speaks_of_medicine(reading))
    seen.update(words_of_others(reading))
    return {**blocks, "found": {name: math.log1p(count) for name, count in seen.items()}}


@dataclass(frozen=True)
class RelevanceModel:
    """A linear model with the answers *no* and *yes*, and the calibration of its scores.

    ``bound`` (0…1) is the probability below which a text is taken for one of another field.
    """

    linear: Linear
    calibrator: calibrate.Calibrator
    bound: float

    def predict(self, reading: Reading, found: Iterable[Passage] | None = None) -> float:
        """The probability (0…1) that the text is regulatory or clinical news about a medicine;
        ``found`` are its passages, where they are known.
        """
        return self.predict_terms(features(reading, found))

    def predict_terms(self, terms: Features) -> float:
        """The same for the terms of a reading (``features``)."""
        return round(float(self.calibrator(self.linear.scores(terms))[1]), 6)

    def to_state(self) -> dict[str, Any]:
        """Strings, numbers and arrays only."""
        return {
            **self.linear.to_state(),
            **calibrate.to_state(self.calibrator),
            "bound": self.bound,
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> RelevanceModel:
        """The inverse of ``to_state``. Raises ModelError where parts are missing."""
        if "bound" not in state:
            raise ModelError("the model lacks its bound; rebuild the bundle with `make models`")
        return cls(Linear.from_state(state), calibrate.from_state(state), float(state["bound"]))
