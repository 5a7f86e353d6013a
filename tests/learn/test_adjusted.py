"""What the lead event adds to sentiment."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from eventrisk.learn.adjusted import CLASSES, SUREST, event_log_odds
from eventrisk.learn.heads import Heads
from eventrisk.learn.sentiment import SentimentModel
from training_set import NEWS, reading

SIGNS = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}


def lead(direction: str, probability: float = 0.8, type_: str = "approval") -> dict[str, float]:
    return {
        f"lead={type_}": 1.0,
        "lead_direction": SIGNS[direction],
        "lead_probability": probability,
    }


@pytest.mark.parametrize("direction", CLASSES)
def test_the_class_of_the_lead_event_gets_its_probability_the_others_share_the_rest(
    direction: str,
) -> None:
    shares = dict(zip(CLASSES, np.exp(event_log_odds(lead(direction))), strict=True))
    expected = {label: 0.8 if label == direction else 0.1 for label in CLASSES}
    assert shares == pytest.approx(expected)


def test_no_lead_event_counts_as_certain() -> None:
    shares = np.exp(event_log_odds(lead("positive", 1.0)))
    assert shares.max() == pytest.approx(SUREST)
    assert np.isfinite(event_log_odds(lead("positive", 1.0))).all()


@pytest.mark.parametrize(
    "without",
    [{}, lead("positive") | {"mixed": 1.0}, lead("neutral", type_="business_other")],
    ids=["no event", "good and bad in one", "business"],
)
def test_news_of_no_event_or_of_both_signs_adds_nothing(without: dict[str, float]) -> None:
    assert event_log_odds(without).tolist() == [0.0, 0.0, 0.0]


def test_sentiment_follows_the_lead_event_as_far_as_the_model_says(heads: Heads) -> None:
    read, event = reading(*NEWS["neutral"]), lead("negative", 0.95)
    negative = [
        replace(heads.sentiment, following=much).predict(read, event).probabilities["negative"]
        for much in (0.0, 1.0, 3.0)
    ]
    assert negative[0] < negative[1] < negative[2]


def test_how_much_sentiment_follows_is_stored_with_the_model(heads: Heads) -> None:
    model = replace(heads.sentiment, following=0.7)
    again = SentimentModel.from_state(model.to_state())
    read, event = reading(*NEWS["positive"]), lead("negative")
    assert again.following == 0.7
    assert again.predict(read, event) == model.predict(read, event)


def test_a_model_that_does_not_follow_stores_nothing_of_it(heads: Heads) -> None:
    state = replace(heads.sentiment, following=0.0).to_state()
    assert "following" not in state
    assert SentimentModel.from_state(state).following == 0.0
