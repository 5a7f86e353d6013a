"""Relevance: news about medicines is told from that of other fields, and what is doubtful is
toned down.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eventrisk.errors import ModelError
from eventrisk.learn.adjusted import toned_down
from eventrisk.learn.fit.relevance import MAX_BOUND, train_relevance
from eventrisk.learn.heads import RELEVANCE, Heads
from eventrisk.learn.relevance import RelevanceModel, features
from eventrisk.results import Sentiment
from training_set import NEWS, reading

OTHERS = ("Orlo Mining gets permit for copper pit", "The mine employs many people.")
POSITIVE = Sentiment("positive", 0.8, {"negative": 0.05, "neutral": 0.1, "positive": 0.85})


@pytest.fixture(scope="module")
def model() -> RelevanceModel:
    texts = [NEWS["positive"], NEWS["negative"], OTHERS, OTHERS]
    rows, relevant, groups = [], [], []
    for number in range(48):
        title, quote = texts[number % 4]
        rows.append(features(reading(f"{title} in region {number}", quote)))
        relevant.append(number % 4 < 2)
        groups.append(f"g{number // 4}")
    found, figures = train_relevance(rows, relevant, groups, relevant)
    assert found is not None
    assert (figures["n"], figures["n_relevant"], figures["auc"]) == (48, 24, 1.0)
    assert figures["lost"] == 0.0
    return found


def test_news_of_medicines_is_relevant_and_that_of_mines_is_not(model: RelevanceModel) -> None:
    assert model.predict(reading(*NEWS["negative"])) > model.bound
    assert model.predict(reading(*OTHERS)) < model.bound
    assert 0 < model.bound <= MAX_BOUND


def test_few_texts_of_another_field_teach_nothing() -> None:
    rows = [features(reading(*NEWS["positive"]))] * 30
    assert train_relevance(rows, [True] * 30, ["a"] * 30, [True] * 30) == (None, {"n": 30})


def test_what_is_stored_predicts_the_same(model: RelevanceModel) -> None:
    again = RelevanceModel.from_state(model.to_state())
    assert again.predict(reading(*OTHERS)) == model.predict(reading(*OTHERS))
    with pytest.raises(ModelError, match="bound"):
        RelevanceModel.from_state({k: v for k, v in model.to_state().items() if k != "bound"})


def test_a_doubtful_text_is_neutral_as_far_as_it_is_doubtful() -> None:
    half = toned_down(POSITIVE, 0.5)
    assert half.probabilities == {"negative": 0.025, "neutral": 0.55, "positive": 0.425}
    assert (half.label, half.score) == ("neutral", 0.4)
    assert toned_down(POSITIVE, 1.0) == POSITIVE


def test_own_classes_without_neutral_stay_as_they_are() -> None:
    own = Sentiment("bullish", 0.0, {"bearish": 0.2, "bullish": 0.8})
    assert toned_down(own, 0.1) == own


def test_a_text_of_another_field_has_no_event_and_is_neutral(
    heads: Heads, model: RelevanceModel
) -> None:
    judged = replace(heads, relevance=model).predict(reading(*OTHERS))
    assert judged.relevance == model.predict(reading(*OTHERS))
    assert [(e.type, e.direction) for e in judged.events] == [("business_other", "neutral")]
    assert judged.sentiment.label == "neutral"


def test_heads_are_stored_with_or_without_it(
    heads: Heads, model: RelevanceModel, tmp_path: Path
) -> None:
    heads.save(tmp_path)
    assert Heads.load(tmp_path).relevance is None
    replace(heads, relevance=model).save(tmp_path)
    assert (tmp_path / RELEVANCE).is_file()
    loaded = Heads.load(tmp_path).relevance
    assert loaded is not None
    assert loaded.predict(reading(*OTHERS)) == model.predict(reading(*OTHERS))
