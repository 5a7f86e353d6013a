"""Sentiment: did the product's position get better or worse with this news? Events first, then the
words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.labels import TITLE_SECTIONS, Assertion, Direction, SectionKind
from eventrisk.learn import calibrate, stacking
from eventrisk.learn.features import char_terms, masked, word_terms, words
from eventrisk.learn.linear import Linear
from eventrisk.reading import Reading, Sentence
from eventrisk.results import Evidence, Sentiment

CLASSES = tuple(str(direction) for direction in Direction)
NEWS = (SectionKind.BODY, SectionKind.QUOTE)
LEAD_CHARACTERS = 700  # of the body's beginning that count as the lead
SHOWN = 3  # sentences of evidence

Terms = dict[str, Counter[str]]


@dataclass(frozen=True)
class Passage:
    """A sentence of title, lead or body with its terms by block."""

    sentence: Sentence
    number: int
    terms: Terms


def passages(reading: Reading, *, masking: bool = True) -> Iterator[Passage]:
    """The sentences that carry the news, with the blocks each counts in; ``masking`` puts kinds in
    place of names.
    """
    body_start: int | None = None
    for number, sentence in enumerate(reading.sentences):
        title = sentence.section in TITLE_SECTIONS
        if not title and sentence.section not in NEWS:
            continue
        if not title and body_start is None:
            body_start = sentence.start
        lead = (
            not title and body_start is not None and sentence.start - body_start < LEAD_CHARACTERS
        )
        inside = [m for m in reading.within(sentence.start, sentence.end) if m.end <= sentence.end]
        tokens = words(
            masked(reading.text, sentence.start, sentence.end, inside if masking else ())
        )
        yield Passage(sentence, number, _terms(tokens, title, lead))


def _terms(tokens: list[str], title: bool, lead: bool) -> Terms:
    counted = word_terms(tokens)
    if title:
        return {"head": counted, "top": counted, "char": char_terms(tokens)}
    if lead:
        return {"top": counted, "char": char_terms(tokens)}
    return {"body": counted}


def parts(
    found: list[Passage], event_features: Mapping[str, float]
) -> dict[str, Mapping[str, float]]:
    """The whole release as blocks of terms."""
    blocks: dict[str, Counter[str]] = {name: Counter() for name in ("head", "top", "char", "body")}
    for passage in found:
        for name, counts in passage.terms.items():
            blocks[name].update(counts)
    return {**blocks, "event": event_features}


@dataclass(frozen=True)
class SentimentModel:
    """A linear model over words and events, and the calibration of its scores.

    ``confidence`` is the least probability (0…1) of a label that is relied on; below it the model
    abstains. ``base`` is the model it was built on, if any; ``masking`` is False for one that was
    trained without names.
    """

    linear: Linear
    calibrator: calibrate.Calibrator
    confidence: float = 0.0
    base: SentimentModel | None = None
    masking: bool = True

    @property
    def classes(self) -> tuple[str, ...]:
        """The labels in their order: ours, or the user's own."""
        return self.linear.labels

    def judge(self, reading: Reading, event_features: Mapping[str, float]) -> Sentiment:
        """The calibrated label with the sentences that speak most for it."""
        found = list(passages(reading, masking=self.masking))
        whole = self._parts(reading, found, event_features)
        chances = self.calibrator(self.linear.scores(whole))
        best = int(np.argmax(chances))
        values = self._values(chances)
        spare = str(Direction.NEUTRAL) if Direction.NEUTRAL in values else self.classes[-1]
        values[spare] = round(
            1.0 - sum(p for label, p in values.items() if label != spare), 6
        )  # rounded, adds up
        evidence = self._evidence(reading, event_features, found, whole, best)
        label = self.classes[best]
        return Sentiment(
            label,
            self._score(values, reading, event_features),
            values,
            evidence,
            values[label] < self.confidence,
        )

    def chances(self, reading: Reading, event_features: Mapping[str, float]) -> NDArray[np.float64]:
        """Calibrated probabilities in the order of ``classes``."""
        found = list(passages(reading, masking=self.masking))
        return self.calibrator(self.linear.scores(self._parts(reading, found, event_features)))

    def _parts(
        self, reading: Reading, found: list[Passage], event_features: Mapping[str, float]
    ) -> dict[str, Mapping[str, float]]:
        own = parts(found, event_features)
        if self.base is None:
            return own
        return {
            **own,
            stacking.BLOCK: stacking.opinion(
                self.base.classes, self.base.chances(reading, event_features)
            ),
        }

    def _score(
        self, values: Mapping[str, float], reading: Reading, event_features: Mapping[str, float]
    ) -> float:
        """P(positive) − P(negative). Of classes that know neither, the base's; without a base 0."""
        if Direction.POSITIVE in values or Direction.NEGATIVE in values or self.base is None:
            return (
                round(values.get(Direction.POSITIVE, 0.0) - values.get(Direction.NEGATIVE, 0.0), 6)
                + 0.0
            )
        below = self.base._values(self.base.chances(reading, event_features))
        return self.base._score(below, reading, event_features)

    def _values(self, chances: NDArray[np.float64]) -> dict[str, float]:
        return {label: round(float(p), 6) for label, p in zip(self.classes, chances, strict=True)}

    def _evidence(
        self,
        reading: Reading,
        event_features: Mapping[str, float],
        found: list[Passage],
        whole: Mapping[str, Mapping[str, float]],
        best: int,
    ) -> tuple[Evidence, ...]:
        """The sentences that pull most towards the label, each followed by the words of its
        strongest event cue.
        """
        cue = _lead_cue(reading)
        pulls, events = self._pulls(reading, event_features, found, whole, best)
        total = float(np.abs(pulls).sum()) or 1.0
        evidence: list[Evidence] = []
        for k in np.argsort(-pulls, kind="stable")[:SHOWN] if len(found) else []:
            if pulls[k] <= 0:
                break
            passage = found[int(k)]
            evidence.append(
                Evidence(
                    passage.sentence.start, passage.sentence.end, round(float(pulls[k]) / total, 4)
                )
            )
            if cue is not None and cue.sentence == passage.number and events > 0:
                evidence.append(
                    Evidence(cue.start, cue.end, round(min(events, float(pulls[k])) / total, 4))
                )
        return tuple(evidence)

    def _pulls(
        self,
        reading: Reading,
        event_features: Mapping[str, float],
        found: list[Passage],
        whole: Mapping[str, Mapping[str, float]],
        best: int,
    ) -> tuple[NDArray[np.float64], float]:
        """How much each passage pulls towards the class, the events' part (returned too) with their
        cue's sentence.

        What the base's opinion pulls is shared out as the base's own passages pulled towards what
        it said.
        """
        shares = self.linear.shares(whole, _towards(best, len(self.classes)))
        pulls = np.array([_pull(passage, whole, shares) for passage in found])
        cue, events = _lead_cue(reading), sum(shares.get("event", {}).values())
        for k, passage in enumerate(found):
            if cue is not None and passage.number == cue.sentence:
                pulls[k] += events
        said = shares.get(stacking.BLOCK, {})
        if self.base is not None and len(found) and sum(said.values()) > 0:
            top = max(said, key=lambda label: said[label])
            base_whole = self.base._parts(reading, found, event_features)
            below, base_events = self.base._pulls(
                reading, event_features, found, base_whole, self.base.classes.index(top)
            )
            part = sum(said.values()) / (float(np.abs(below).sum()) or 1.0)
            pulls, events = pulls + part * below, events + part * base_events
        return pulls, events

    def to_state(self) -> dict[str, Any]:
        """Strings, numbers and arrays only."""
        state = {
            **self.linear.to_state(),
            **calibrate.to_state(self.calibrator),
            "confidence": self.confidence,
        }
        state |= {} if self.masking else {"masking": False}
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
        )


def _towards(best: int, count: int) -> NDArray[np.float64]:
    """What speaks for a class is what lifts it above the mean of the others."""
    weights = np.full(count, -1.0 / max(1, count - 1))
    weights[best] = 1.0
    return weights


def _pull(
    passage: Passage,
    whole: Mapping[str, Mapping[str, float]],
    shares: Mapping[str, Mapping[str, float]],
) -> float:
    """The part of each term's share that this sentence holds."""
    return sum(
        shares[block].get(term, 0.0) * count / whole[block][term]
        for block, counts in passage.terms.items()
        if block in shares  # a lean model reads no body
        for term, count in counts.items()
    )


def _lead_cue(reading: Reading) -> Any:
    """The strongest cue of something that happened."""
    happened = [c for c in reading.cues if c.assertion in (Assertion.OCCURRED, Assertion.RESOLVED)]
    return max(happened, key=lambda c: (c.weight, -c.start), default=None)
