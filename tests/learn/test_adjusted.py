"""What the lead event adds to sentiment, and how sure it may be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from eventrisk.events import Chance
from eventrisk.learn.adjusted import (
    CHANCE_OF,
    CLASSES,
    EVEN,
    LEAST,
    WHOLE_CHARS,
    Sharpness,
    direction_chances,
    following_events,
)
from eventrisk.learn.heads import Heads
from eventrisk.learn.sentiment import SentimentModel
from training_set import NEWS, reading

UNDECIDED = np.full(3, 1 / 3)


def chances(negative: float, neutral: float, positive: float) -> dict[str, float]:
    given = (negative, neutral, positive)
    return {CHANCE_OF + label: p for label, p in zip(CLASSES, given, strict=True)}


def test_the_chances_of_pairs_add_up_by_direction() -> None:
    found = direction_chances(
        {
            ("approval", "positive"): Chance(0.5, 0.6),
            ("label_expansion", "positive"): Chance(0.2, 0.3),
            ("refusal", "negative"): Chance(0.3, 0.3),
        }
    )
    assert found == {CHANCE_OF + "positive": 0.7, CHANCE_OF + "negative": 0.3}


def test_undecided_words_leave_the_class_to_the_event() -> None:
    after = following_events(UNDECIDED, chances(0.1, 0.1, 0.8), 1.0, 1.0)
    assert after == pytest.approx([0.1, 0.1, 0.8])


def test_words_that_give_cause_stand_against_the_event() -> None:
    words = np.array([0.9, 0.08, 0.02])
    after = following_events(words, chances(0.2, 0.2, 0.6), 0.5, 1.0)
    assert after.argmax() == CLASSES.index("negative")
    assert after[CLASSES.index("positive")] > words[CLASSES.index("positive")]


def test_no_direction_is_ruled_out_by_the_event_alone() -> None:
    after = following_events(UNDECIDED, chances(0.0, 0.0, 1.0), 1.0, 1.0)
    assert after.min() == pytest.approx(LEAST / (1 + 2 * LEAST))


@pytest.mark.parametrize(
    "without", [{}, chances(0.0, 0.1, 0.9) | {"mixed": 1.0}], ids=["no model", "good and bad"]
)
def test_news_of_both_signs_and_events_without_a_model_add_nothing(
    without: dict[str, float],
) -> None:
    words = np.array([0.2, 0.3, 0.5])
    assert following_events(words, without, 1.0, 1.0) == pytest.approx(words)


def test_sharpness_below_one_makes_the_same_answer_less_sure() -> None:
    words = np.array([0.1, 0.2, 0.7])
    after = following_events(words, {}, 1.0, 0.5)
    assert after.argmax() == words.argmax()
    assert 1 / 3 < after.max() < 0.7


def test_headlines_and_whole_releases_have_a_sharpness_of_their_own() -> None:
    sharpness = Sharpness(0.5, 0.9)
    assert sharpness.of(reading("FDA approves Velmora", "")) == 0.5
    assert sharpness.of(reading("FDA approves Velmora", "word " * (WHOLE_CHARS // 5))) == 0.9
    assert Sharpness.from_state(sharpness.to_state()) == sharpness
    assert Sharpness.from_state({}) == EVEN


def test_sentiment_follows_the_event_as_far_as_the_model_says(heads: Heads) -> None:
    read, event = reading(*NEWS["neutral"]), chances(0.9, 0.05, 0.05)
    negative = [
        replace(heads.sentiment, following=much, sharpness=EVEN)
        .predict(read, event)
        .probabilities["negative"]
        for much in (0.0, 1.0, 3.0)
    ]
    assert negative[0] < negative[1] < negative[2]


def test_how_sentiment_follows_is_stored_with_the_model(heads: Heads) -> None:
    model = replace(heads.sentiment, following=0.7, sharpness=Sharpness(0.5, 0.8))
    again = SentimentModel.from_state(model.to_state())
    read, event = reading(*NEWS["positive"]), chances(0.8, 0.1, 0.1)
    assert (again.following, again.sharpness) == (0.7, Sharpness(0.5, 0.8))
    assert again.predict(read, event) == model.predict(read, event)
