"""The classifiers as one object: a reading in, events, sentiment, tone and risk factors out, with
clean-text offsets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eventrisk.events import event_features, no_news
from eventrisk.labels import Direction
from eventrisk.learn import store
from eventrisk.learn.adjusted import toned_down, unread
from eventrisk.learn.decision import DecisionModel, told
from eventrisk.learn.passages import Passage, passages
from eventrisk.learn.relevance import RelevanceModel
from eventrisk.learn.risk import RiskModel
from eventrisk.learn.sentiment import SentimentModel
from eventrisk.learn.tone import ToneModel
from eventrisk.reading import Reading
from eventrisk.results import Event, RiskFactor, Sentiment, Tone
from eventrisk.structure.foreign import is_foreign

FILES = ("sentiment.skops", "tone.skops", "risk.skops")
SURELY = 0.5  # 0…1, relevance from which a text is taken for news of the field
# bundles that learnt no events, or met no texts of other fields, do without
DECISION, RELEVANCE = "decision.skops", "relevance.skops"


@dataclass(frozen=True)
class HeadPredictions:
    """What is decided and predicted for one release; ``direction`` as
    ``SentimentModel.direction``, ``relevance`` in 0…1, None without a model of it.
    """

    events: tuple[Event, ...]
    sentiment: Sentiment
    tone: Tone
    risk_factors: tuple[RiskFactor, ...]
    direction: Mapping[str, float] | None
    relevance: float | None = None


@dataclass(frozen=True)
class Heads:
    """Events, sentiment, tone and risk, loaded once and used for any number of readings."""

    sentiment: SentimentModel
    tone: ToneModel
    risk: RiskModel
    decision: DecisionModel | None = None
    relevance: RelevanceModel | None = None

    def events(self, reading: Reading) -> tuple[Event, ...]:
        """The events of a reading: what rules propose and, where there is a model for it, the
        model decides; of another field none but ``business_other``.
        """
        return self._told(reading, self._relevance(reading))[0]

    def featured(self, reading: Reading) -> dict[str, float]:
        """The numbers of the events that the classifiers read (``events.event_features``)."""
        return self._told(reading, self._relevance(reading))[1]

    def _told(
        self, reading: Reading, relevance: float | None, known: list[Passage] | None = None
    ) -> tuple[tuple[Event, ...], dict[str, float]]:
        """The events with their numbers."""
        if self._is_of_another(relevance):
            events = (no_news(reading),)
            return events, event_features(events, reading.cues)
        surely = relevance is not None and relevance >= SURELY
        return told(reading, self.decision, known, of_field=surely)

    def _relevance(self, reading: Reading, known: list[Passage] | None = None) -> float | None:
        """The relevance (0…1), None without a model of it."""
        return None if self.relevance is None else self.relevance.predict(reading, known)

    def _is_of_another(self, relevance: float | None) -> bool:
        """Whether a text is taken for one of another field."""
        return (
            self.relevance is not None
            and relevance is not None
            and relevance < self.relevance.bound
        )

    def predict(self, reading: Reading) -> HeadPredictions:
        """Decides and classifies one reading. A text that is not in English is neutral, and
        abstained.
        """
        known = list(passages(reading))
        relevance = self._relevance(reading, known)
        events, numbers = self._told(reading, relevance, known)
        sentiment = self.sentiment.predict(reading, numbers, known)
        tone = self.tone.predict(reading, numbers)
        if is_foreign(reading.text):
            sentiment, tone = unread(sentiment), Tone(str(Direction.NEUTRAL), 0.0)
        direction = self.sentiment.direction(sentiment.probabilities, reading, numbers)
        if relevance is not None and self._is_of_another(relevance):
            same = direction is sentiment.probabilities
            sentiment = toned_down(sentiment, relevance)
            direction = sentiment.probabilities if same else direction
        return HeadPredictions(
            events,
            sentiment,
            tone,
            self.risk.predict(reading),
            direction,
            relevance,
        )

    def save(self, directory: Path) -> None:
        """Writes one file a classifier into an existing directory."""
        states = (self.sentiment.to_state(), self.tone.to_state(), self.risk.to_state())
        for name, state in zip(FILES, states, strict=True):
            store.dump(state, directory / name)
        if self.decision is not None:
            store.dump(self.decision.to_state(), directory / DECISION)
        if self.relevance is not None:
            store.dump(self.relevance.to_state(), directory / RELEVANCE)

    @classmethod
    def load(cls, directory: Path) -> Heads:
        """Reads what ``save`` wrote. Raises ModelError for a missing or broken file."""
        sentiment, tone, risk = (store.load(directory / name) for name in FILES)
        decision, relevance = _stored(directory / DECISION), _stored(directory / RELEVANCE)
        return cls(
            SentimentModel.from_state(sentiment),
            ToneModel.from_state(tone),
            RiskModel.from_state(risk),
            DecisionModel.from_state(decision) if decision else None,
            RelevanceModel.from_state(relevance) if relevance else None,
        )


def _stored(path: Path) -> Mapping[str, Any] | None:
    """The state in a file, None where there is no such file."""
    return store.load(path) if path.is_file() else None
