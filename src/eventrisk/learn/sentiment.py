"""Sentiment: did the product's position get better or worse with this news? Events first, then the
words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.labels import Assertion, Direction
from eventrisk.learn import calibrate, stacking
from eventrisk.learn.adjusted import CHANCE_OF, EVEN, Sharpness, balanced, following_events
from eventrisk.learn.linear import Linear
from eventrisk.learn.passages import BLOCKS, Passage, passages
from eventrisk.reading import Reading
from eventrisk.results import Evidence, Sentiment

CLASSES = tuple(str(direction) for direction in Direction)
SHOWN_SENTENCES = 3  # of evidence


def features(
    found: list[Passage], event_features: Mapping[str, float]
) -> dict[str, Mapping[str, float]]:
    """The whole release as blocks of terms."""
    blocks: dict[str, Counter[str]] = {name: Counter() for name in BLOCKS}
    for passage in found:
        for name, counts in passage.terms.items():
            blocks[name].update(counts)
    events = {n: v for n, v in event_features.items() if not n.startswith(CHANCE_OF)}
    return {**blocks, "event": events}


@dataclass(frozen=True)
class _Source:
    """A reading with its passages and the blocks of terms that a model reads in it."""

    reading: Reading
    event_features: Mapping[str, float]
    passages: list[Passage]
    features: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class SentimentModel:
    """A linear model over words and events, and the calibration of its scores.

    ``confidence`` is the least probability (0…1) of a label that is relied on; below it the model
    abstains. ``base`` is the model it was built on, if any; ``masking`` is False for one that was
    trained without names. ``following`` and ``sharpness`` as in ``adjusted.following_events``.
    """

    linear: Linear
    calibrator: calibrate.Calibrator
    confidence: float = 0.0
    base: SentimentModel | None = None
    masking: bool = True
    following: float = 0.0
    sharpness: Sharpness = EVEN

    @property
    def classes(self) -> tuple[str, ...]:
        """The labels in their order: built-in or custom ones."""
        return self.linear.labels

    def predict(
        self,
        reading: Reading,
        event_features: Mapping[str, float],
        known: list[Passage] | None = None,
    ) -> Sentiment:
        """The calibrated label with the sentences that contribute most to it; ``known`` are the
        passages with names masked.
        """
        source = self._source(reading, event_features, known)
        proba = self._proba(source)
        best = int(np.argmax(proba))
        values = self._values(proba)
        label = self.classes[best]
        return Sentiment(
            label,
            self._score(values, source),
            values,
            self._evidence(source, best),
            values[label] < self.confidence,
        )

    def predict_proba(
        self, reading: Reading, event_features: Mapping[str, float]
    ) -> NDArray[np.float64]:
        """Calibrated probabilities ``(n_classes,)``, in the order of ``classes``."""
        return self._proba(self._source(reading, event_features))

    def direction(
        self,
        probabilities: Mapping[str, float],
        reading: Reading,
        event_features: Mapping[str, float],
    ) -> Mapping[str, float] | None:
        """The probabilities (0…1) from which a risk score is computed: the model's own, which it
        gave, where ``negative`` is among its classes, else those of its base; None where no model
        knows it.
        """
        if Direction.NEGATIVE in probabilities:
            return probabilities
        if self.base is None:
            return None
        below = self.base._values(self.base.predict_proba(reading, event_features))
        return self.base.direction(below, reading, event_features)

    def _source(
        self,
        reading: Reading,
        event_features: Mapping[str, float],
        known: list[Passage] | None = None,
    ) -> _Source:
        found = known if known is not None and self.masking else None
        found = list(passages(reading, masking=self.masking)) if found is None else found
        return _Source(
            reading, event_features, found, self._features(reading, found, event_features)
        )

    def _proba(self, source: _Source) -> NDArray[np.float64]:
        proba = self.calibrator(self.linear.scores(source.features))
        if self.following:
            how = self.following, self.sharpness.of(source.reading)
            proba = following_events(proba, source.event_features, *how)
        if source.event_features.get("mixed") and self.classes == CLASSES:
            return balanced(proba)
        return proba

    def _features(
        self, reading: Reading, found: list[Passage], event_features: Mapping[str, float]
    ) -> dict[str, Mapping[str, float]]:
        own = features(found, event_features)
        if self.base is None:
            return own
        proba = self.base.predict_proba(reading, event_features)
        return {**own, stacking.BLOCK: stacking.class_log_odds(self.base.classes, proba)}

    def _score(self, values: Mapping[str, float], source: _Source) -> float:
        """P(positive) − P(negative), −1…1. Of classes that have neither, the base's; without a base
        0.
        """
        if Direction.POSITIVE in values or Direction.NEGATIVE in values or self.base is None:
            score = values.get(Direction.POSITIVE, 0.0) - values.get(Direction.NEGATIVE, 0.0)
            return round(score, 6) + 0.0
        proba = self.base.predict_proba(source.reading, source.event_features)
        return self.base._score(self.base._rounded(proba), source)

    def _rounded(self, proba: NDArray[np.float64]) -> dict[str, float]:
        return {label: round(float(p), 6) for label, p in zip(self.classes, proba, strict=True)}

    def _values(self, proba: NDArray[np.float64]) -> dict[str, float]:
        """The probabilities ``(n_classes,)`` by label, rounded so that they sum to one."""
        values = self._rounded(proba)
        rest = str(Direction.NEUTRAL) if Direction.NEUTRAL in values else self.classes[-1]
        values[rest] = round(1.0 - sum(p for label, p in values.items() if label != rest), 6)
        return values

    def _evidence(self, source: _Source, best: int) -> tuple[Evidence, ...]:
        """The sentences that contribute most to the label, each followed by the words of its
        strongest event cue. Weights are shares (0…1) of all contributions.
        """
        cue = _strongest_cue(source.reading)
        amounts, events = self._contributions(source, best)
        total = float(np.abs(amounts).sum()) or 1.0
        evidence: list[Evidence] = []
        for k in np.argsort(-amounts, kind="stable")[:SHOWN_SENTENCES] if len(amounts) else []:
            amount, passage = float(amounts[k]), source.passages[int(k)]
            if amount <= 0:
                break
            sentence = passage.sentence
            evidence.append(Evidence(sentence.start, sentence.end, round(amount / total, 4)))
            if cue is not None and cue.sentence == passage.number and events > 0:
                share = round(min(events, amount) / total, 4)
                evidence.append(Evidence(cue.start, cue.end, share))
        return tuple(evidence)

    def _contributions(self, source: _Source, best: int) -> tuple[NDArray[np.float64], float]:
        """What each passage adds to the score of the class, ``(n_passages,)``, and what the events
        add, which is also part of the amount of their strongest cue's sentence.

        What the base's log-odds add is divided as the base's own passages contribute to the label
        that adds most.
        """
        by_term = self.linear.contributions(source.features, _contrast(best, len(self.classes)))
        amounts = np.array([_contribution(p, source.features, by_term) for p in source.passages])
        cue, events = _strongest_cue(source.reading), sum(by_term.get("event", {}).values())
        for k, passage in enumerate(source.passages):
            if cue is not None and passage.number == cue.sentence:
                amounts[k] += events
        from_base = by_term.get(stacking.BLOCK, {})
        if self.base is None or not source.passages or sum(from_base.values()) <= 0:
            return amounts, events
        label = max(from_base, key=lambda name: from_base[name])
        below, base_events = self.base._contributions(
            self._source_of_base(source), self.base.classes.index(label)
        )
        part = sum(from_base.values()) / (float(np.abs(below).sum()) or 1.0)
        return amounts + part * below, events + part * base_events

    def _source_of_base(self, source: _Source) -> _Source:
        """The same passages with the features of the base."""
        assert self.base is not None
        read = self.base._features(source.reading, source.passages, source.event_features)
        return replace(source, features=read)

    def to_state(self) -> dict[str, Any]:
        """Strings, numbers and arrays only."""
        state = {
            **self.linear.to_state(),
            **calibrate.to_state(self.calibrator),
            "confidence": self.confidence,
        }
        state |= {"masking": self.masking}
        state |= {"following": self.following} | self.sharpness.to_state()
        return state | (stacking.to_state(self.base.to_state()) if self.base is not None else {})

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> SentimentModel:
        """The inverse of ``to_state``; a model made before there was a ``confidence`` never
        abstains.
        """
        confidence, below = float(state.get("confidence", 0.0)), stacking.from_state(state)
        return cls(
            Linear.from_state(state),
            calibrate.from_state(state),
            confidence,
            base=cls.from_state(below) if below else None,
            masking=bool(state.get("masking", True)),
            following=float(state.get("following", 0.0)),
            sharpness=Sharpness.from_state(state),
        )


def _contrast(best: int, count: int) -> NDArray[np.float64]:
    """Weights ``(n_classes,)`` of the scores: the class against the mean of the others."""
    weights = np.full(count, -1.0 / max(1, count - 1))
    weights[best] = 1.0
    return weights


def _contribution(
    passage: Passage,
    whole: Mapping[str, Mapping[str, float]],
    by_term: Mapping[str, Mapping[str, float]],
) -> float:
    """The sentence's share of what each of its terms adds; ``whole`` are the counts of the text."""
    return sum(
        by_term[block].get(term, 0.0) * count / whole[block][term]
        for block, counts in passage.terms.items()
        if block in by_term  # a large-scale model reads no body
        for term, count in counts.items()
    )


def _strongest_cue(reading: Reading) -> Any:
    """The strongest cue of something that happened."""
    happened = [c for c in reading.cues if c.assertion in (Assertion.OCCURRED, Assertion.RESOLVED)]
    return max(happened, key=lambda c: (c.weight, -c.start), default=None)
