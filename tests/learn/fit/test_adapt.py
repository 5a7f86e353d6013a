"""Heads built on a base: what of the old texts is learnt again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from eventrisk.learn.evaluate import abstention
from eventrisk.learn.fit.adapt import adapt_sentiment, adapt_tone
from eventrisk.learn.fit.adapt_risk import RiskBag, adapt_risk
from eventrisk.learn.fit.heads import train_heads
from eventrisk.learn.risk import RiskModel
from eventrisk.learn.sentiment import SentimentModel
from eventrisk.learn.tone import ToneModel
from training_set import examples

OWN = {"positive": "up", "negative": "down", "neutral": "flat"}


def test_on_a_base_with_custom_classes_old_texts_of_other_classes_are_left_out() -> None:
    mine = [replace(e, sentiment=OWN[str(e.sentiment)]) for e in examples()]
    base = adapt_sentiment(mine, [], None)
    again = adapt_sentiment(mine, examples(), base)
    assert base.classes == again.classes == ("down", "flat", "up")
    assert again.predict(mine[0].reading, mine[0].event_features).label == "up"


def test_a_model_on_a_base_survives_the_way_to_plain_values_and_back() -> None:
    base = train_heads(examples())[0].sentiment
    mine = [replace(e, sentiment=OWN[str(e.sentiment)]) for e in examples()]
    model = adapt_sentiment(mine, examples(), base)
    again = SentimentModel.from_state(model.to_state())
    first = mine[0]
    assert again.predict(first.reading, first.event_features) == model.predict(
        first.reading, first.event_features
    )
    assert again.base is not None
    assert again.base.classes == ("negative", "neutral", "positive")


def test_the_score_of_classes_that_are_neither_good_nor_bad_is_the_bases() -> None:
    base = train_heads(examples())[0].sentiment
    mine = [replace(e, sentiment=OWN[str(e.sentiment)]) for e in examples()]
    first = mine[0]
    on_base = adapt_sentiment(mine, [], base).predict(first.reading, first.event_features)
    alone = adapt_sentiment(mine, [], None).predict(first.reading, first.event_features)
    assert on_base.score == base.predict(first.reading, first.event_features).score
    assert alone.score == 0.0


def test_tone_on_a_base_says_what_the_examples_say() -> None:
    base = train_heads(examples())[0].tone
    adapted = adapt_tone(examples(), examples(), base)
    said = [adapted.predict(e.reading, e.event_features).label for e in examples()]
    assert said == [e.tone for e in examples()]
    first, again = examples()[0], ToneModel.from_state(adapted.to_state())
    assert (
        again.predict_proba(first.reading, first.event_features).tolist()
        == adapted.predict_proba(first.reading, first.event_features).tolist()
    )


def test_a_model_abstains_by_what_was_said_of_whole_texts_held_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[np.ndarray] = []

    def confidence_threshold(proba: np.ndarray, y_true: np.ndarray) -> float:
        asked.append(proba)
        return 0.25

    monkeypatch.setattr(abstention, "confidence_threshold", confidence_threshold)
    short = [replace(e, whole=False) for e in examples()]
    model = adapt_sentiment([*examples(), *short], [], None)
    assert model.confidence == 0.25
    assert asked[0].shape == (len(examples()), 3)
    assert np.allclose(asked[0].sum(axis=1), 1.0)


def test_folds_of_one_class_are_learnt_as_that_class() -> None:
    one = [replace(e, sentiment="neutral") for e in examples()]
    model = adapt_sentiment(one, [], None)
    assert {model.predict(e.reading, e.event_features).label for e in examples()} == {"neutral"}


def test_custom_categories_of_whole_releases_are_found_clause_by_clause() -> None:
    whole = [
        RiskBag(e.group, e.risk.clauses, frozenset({"people"}))
        for e in examples()
        if e.risk is not None
    ]
    other = [
        RiskBag(
            f"other {e.group}",
            tuple(s for s in e.risk.clauses if "employees" not in s.features["word"]),
            frozenset(),
        )
        for e in examples()
        if e.risk is not None
    ]
    model = adapt_risk([*whole, *other], [], None)
    assert model.categories == ("people",)
    reading = examples()[0].reading
    (factor,) = model.predict(reading)
    words = [reading.text[e.start : e.end] for e in factor.evidence]
    assert any("employees" in clause for clause in words)


def test_categories_that_are_not_labelled_stay_the_bases() -> None:
    base = train_heads(examples())[0].risk
    own = [
        RiskBag(e.group, e.risk.clauses, frozenset({"storms"}))
        for e in examples()
        if e.risk is not None
    ]
    bare = [RiskBag(f"bare {w.group}", (), frozenset()) for w in own]
    model = adapt_risk([*own, *bare], [], base)
    reading = examples()[0].reading
    theirs = {f.category for f in base.predict(reading)}
    assert theirs <= {f.category for f in model.predict(reading)} <= theirs | {"storms"}
    assert RiskModel.from_state(model.to_state()).predict(reading) == model.predict(reading)
