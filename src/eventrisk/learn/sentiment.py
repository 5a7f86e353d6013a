"""Sentiment: did the product's position get better or worse with this news? Events first, then the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.labels import TITLE_SECTIONS, Assertion, Direction, SectionKind
from eventrisk.learn import calibrate
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


def passages(reading: Reading) -> Iterator[Passage]:
    """The sentences that carry the news, with the blocks each counts in."""
    body_start: int | None = None
    for number, sentence in enumerate(reading.sentences):
        title = sentence.section in TITLE_SECTIONS
        if not title and sentence.section not in NEWS:
            continue
        if not title and body_start is None:
            body_start = sentence.start
        lead = not title and body_start is not None and sentence.start - body_start < LEAD_CHARACTERS
        inside = [m for m in reading.within(sentence.start, sentence.end) if m.end <= sentence.end]
        tokens = words(masked(reading.text, sentence.start, sentence.end, inside))
        yield Passage(sentence, number, _terms(tokens, title, lead))


def _terms(tokens: list[str], title: bool, lead: bool) -> Terms:
    counted = word_terms(tokens)
    if title:
        return {"head": counted, "top": counted, "char": char_terms(tokens)}
    if lead:
        return {"top": counted, "char": char_terms(tokens)}
    return {"body": counted}


def parts(found: list[Passage], event_features: Mapping[str, float]) -> dict[str, Mapping[str, float]]:
    """The whole release as blocks of terms."""
    blocks: dict[str, Counter[str]] = {name: Counter() for name in ("head", "top", "char", "body")}
    for passage in found:
        for name, counts in passage.terms.items():
            blocks[name].update(counts)
    return {**blocks, "event": event_features}


@dataclass(frozen=True)
class SentimentModel:
    """A linear model over words and events, and the calibration of its scores.

    ``confidence`` is the least probability (0…1) of a label that is relied on; below it the model abstains.
    """

    linear: Linear
    calibrator: calibrate.Calibrator
    confidence: float = 0.0

    def judge(self, reading: Reading, event_features: Mapping[str, float]) -> Sentiment:
        """The calibrated label with the sentences that speak most for it."""
        found = list(passages(reading))
        whole = parts(found, event_features)
        chances = self.calibrator(self.linear.scores(whole))
        best = int(np.argmax(chances))
        values = {label: round(float(p), 6) for label, p in zip(CLASSES, chances, strict=True)}
        values["neutral"] = round(1.0 - values["negative"] - values["positive"], 6)  # what is rounded still adds up
        score = round(values["positive"] - values["negative"], 6)
        evidence = self._evidence(reading, found, whole, _towards(best))
        return Sentiment(CLASSES[best], score, values, evidence, values[CLASSES[best]] < self.confidence)

    def _evidence(
        self,
        reading: Reading,
        found: list[Passage],
        whole: Mapping[str, Mapping[str, float]],
        towards: NDArray[np.float64],
    ) -> tuple[Evidence, ...]:
        """The sentences that pull most towards the label, each followed by the words of its strongest event cue."""
        shares = self.linear.shares(whole, towards)
        pulls = np.array([_pull(passage, whole, shares) for passage in found])
        cue = _lead_cue(reading)
        events = sum(shares["event"].values())
        for k, passage in enumerate(found):
            if cue is not None and passage.number == cue.sentence:
                pulls[k] += events
        total = float(np.abs(pulls).sum()) or 1.0
        evidence: list[Evidence] = []
        for k in np.argsort(-pulls, kind="stable")[:SHOWN] if len(found) else []:
            if pulls[k] <= 0:
                break
            passage = found[int(k)]
            evidence.append(Evidence(passage.sentence.start, passage.sentence.end, round(float(pulls[k]) / total, 4)))
            if cue is not None and cue.sentence == passage.number and events > 0:
                evidence.append(Evidence(cue.start, cue.end, round(min(events, float(pulls[k])) / total, 4)))
        return tuple(evidence)

    def to_state(self) -> dict[str, Any]:
        """Strings, numbers and arrays only."""
        return {**self.linear.to_state(), **calibrate.to_state(self.calibrator), "confidence": self.confidence}

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> SentimentModel:
        """The inverse of ``to_state``; a model made before there was a ``confidence`` never abstains."""
        confidence = float(state.get("confidence", 0.0))
        return cls(Linear.from_state(state), calibrate.from_state(state), confidence)


def _towards(best: int) -> NDArray[np.float64]:
    """What speaks for a class is what lifts it above the mean of the others."""
    weights = np.full(len(CLASSES), -1.0 / (len(CLASSES) - 1))
    weights[best] = 1.0
    return weights


def _pull(
    passage: Passage, whole: Mapping[str, Mapping[str, float]], shares: Mapping[str, Mapping[str, float]]
) -> float:
    """The part of each term's share that this sentence holds."""
    return sum(
        shares[block].get(term, 0.0) * count / whole[block][term]
        for block, counts in passage.terms.items()
        for term, count in counts.items()
    )


def _lead_cue(reading: Reading) -> Any:
    """The strongest cue of something that happened."""
    happened = [c for c in reading.cues if c.assertion in (Assertion.OCCURRED, Assertion.RESOLVED)]
    return max(happened, key=lambda c: (c.weight, -c.start), default=None)
