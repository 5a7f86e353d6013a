"""The classifiers as one object: a reading in, sentiment, tone and risk factors out, with
clean-text offsets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eventrisk.learn import store
from eventrisk.learn.lead import LeadModel
from eventrisk.learn.risk import RiskModel
from eventrisk.learn.sentiment import SentimentModel
from eventrisk.learn.tone import ToneModel
from eventrisk.reading import Reading
from eventrisk.results import RiskFactor, Sentiment, Tone

FILES = ("sentiment.skops", "tone.skops", "risk.skops")
LEAD = "lead.skops"  # bundles made before there was one do without


@dataclass(frozen=True)
class HeadPredictions:
    """What the classifiers predict for one release; ``direction`` as
    ``SentimentModel.direction``."""

    sentiment: Sentiment
    tone: Tone
    risk_factors: tuple[RiskFactor, ...]
    direction: Mapping[str, float] | None


@dataclass(frozen=True)
class Heads:
    """Sentiment, tone and risk, loaded once and used for any number of readings."""

    sentiment: SentimentModel
    tone: ToneModel
    risk: RiskModel
    lead: LeadModel | None = None

    def predict(self, reading: Reading, event_features: Mapping[str, float]) -> HeadPredictions:
        """Classifies one reading; ``event_features`` are named numbers of what happened
        (``events.event_features``).
        """
        sentiment = self.sentiment.predict(reading, event_features)
        return HeadPredictions(
            sentiment,
            self.tone.predict(reading),
            self.risk.predict(reading),
            self.sentiment.direction(sentiment.probabilities, reading, event_features),
        )

    def save(self, directory: Path) -> None:
        """Writes one file a classifier into an existing directory."""
        states = (self.sentiment.to_state(), self.tone.to_state(), self.risk.to_state())
        for name, state in zip(FILES, states, strict=True):
            store.dump(state, directory / name)
        if self.lead is not None:
            store.dump(self.lead.to_state(), directory / LEAD)

    @classmethod
    def load(cls, directory: Path) -> Heads:
        """Reads what ``save`` wrote. Raises ModelError for a missing or broken file."""
        sentiment, tone, risk = (store.load(directory / name) for name in FILES)
        lead = (
            LeadModel.from_state(store.load(directory / LEAD))
            if (directory / LEAD).is_file()
            else None
        )
        return cls(
            SentimentModel.from_state(sentiment),
            ToneModel.from_state(tone),
            RiskModel.from_state(risk),
            lead,
        )
