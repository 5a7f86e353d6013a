"""The classifiers as one object: a reading in, sentiment, tone and risk factors out, with
clean-text offsets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from eventrisk.events.medicine import speaks_of_medicine
from eventrisk.labels import Direction
from eventrisk.learn import store
from eventrisk.learn.lead import LeadModel
from eventrisk.learn.risk import RiskModel
from eventrisk.learn.sentiment import CLASSES, SentimentModel
from eventrisk.learn.tone import ToneModel
from eventrisk.reading import Reading
from eventrisk.results import RiskFactor, Sentiment, Tone
from eventrisk.structure.foreign import is_foreign

FILES = ("sentiment.skops", "tone.skops", "risk.skops")
UNREAD = 0.5  # 0…1, probability of neutral for a text in another language
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

        A text that is not in English is neutral, and abstained; one without a word of medicine is
        neutral.
        """
        sentiment = self.sentiment.predict(reading, event_features)
        tone = self.tone.predict(reading)
        if is_foreign(reading.text):
            sentiment, tone = _unread(sentiment), Tone(str(Direction.NEUTRAL), 0.0)
        elif not speaks_of_medicine(reading):
            sentiment = _without_news(sentiment)
        return HeadPredictions(
            sentiment,
            tone,
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


def _without_news(sentiment: Sentiment) -> Sentiment:
    """What is said of a text without a word of medicine: its greatest probability is neutral's."""
    names = sentiment.probabilities
    if set(names) != set(CLASSES) or sentiment.label == Direction.NEUTRAL:
        return sentiment
    greatest = max(names.values())
    share = round((1.0 - greatest) / (len(names) - 1), 6)
    values = {name: greatest if name == Direction.NEUTRAL else share for name in names}
    return Sentiment(str(Direction.NEUTRAL), 0.0, values, (), abstained=sentiment.abstained)


def _unread(sentiment: Sentiment) -> Sentiment:
    """What is said of a text that nobody here can read: as likely better as worse."""
    names = sentiment.probabilities
    if set(names) != set(CLASSES):  # classes of the user's own: the best that was found
        return replace(sentiment, abstained=True)
    share = round((1.0 - UNREAD) / (len(names) - 1), 6)
    values = {name: UNREAD if name == Direction.NEUTRAL else share for name in names}
    return Sentiment(str(Direction.NEUTRAL), 0.0, values, (), abstained=True)
