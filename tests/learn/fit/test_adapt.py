"""Heads built on a base: what of the old texts is learnt again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from eventrisk.learn.fit.adapt import adapt_sentiment, adapt_tone
from eventrisk.learn.fit.adapt_risk import Whole, adapt_risk
from eventrisk.learn.fit.heads import train_heads
from eventrisk.learn.risk import RiskModel
from eventrisk.learn.sentiment import SentimentModel
from eventrisk.learn.tone import ToneModel
from training_set import examples

OWN = {"positive": "up", "negative": "down", "neutral": "flat"}


def test_on_a_base_with_own_classes_old_texts_of_other_classes_are_left_out() -> None:
    mine = [replace(e, sentiment=OWN[str(e.sentiment)]) for e in examples()]
    base = adapt_sentiment(mine, [], None).model
    again = adapt_sentiment(mine, examples(), base).model
    assert base.classes == again.classes == ("down", "flat", "up")
    assert again.judge(mine[0].reading, mine[0].event_features).label == "up"


def test_a_model_on_a_base_survives_the_way_to_plain_values_and_back() -> None:
    base = train_heads(examples())[0].sentiment
    mine = [replace(e, sentiment=OWN[str(e.sentiment)]) for e in examples()]
    model = adapt_sentiment(mine, examples(), base).model
    again = SentimentModel.from_state(model.to_state())
    first = mine[0]
    assert again.judge(first.reading, first.event_features) == model.judge(
        first.reading, first.event_features
    )
    assert again.base is not None
    assert again.base.classes == ("negative", "neutral", "positive")


def test_the_score_of_classes_that_are_neither_good_nor_bad_is_the_bases() -> None:
    base = train_heads(examples())[0].sentiment
    mine = [replace(e, sentiment=OWN[str(e.sentiment)]) for e in examples()]
    first = mine[0]
    stacked = adapt_sentiment(mine, [], base).model.judge(first.reading, first.event_features)
    alone = adapt_sentiment(mine, [], None).model.judge(first.reading, first.event_features)
    assert stacked.score == base.judge(first.reading, first.event_features).score
    assert alone.score == 0.0


def test_tone_on_a_base_says_what_the_examples_say() -> None:
    base = train_heads(examples())[0].tone
    adapted = adapt_tone(examples(), examples(), base)
    assert [adapted.model.judge(e.reading).label for e in examples()] == [
        e.tone for e in examples()
    ]
    assert ToneModel.from_state(adapted.model.to_state()).chances(
        examples()[0].reading
    ).tolist() == (adapted.model.chances(examples()[0].reading).tolist())


def test_held_out_probabilities_are_of_whole_texts_and_add_up() -> None:
    short = [replace(e, whole=False) for e in examples()]
    held = adapt_sentiment([*examples(), *short], [], None).held
    assert held.probabilities.shape == (len(examples()), 3)
    assert np.allclose(held.probabilities.sum(axis=1), 1.0)


def test_own_categories_of_whole_releases_are_found_clause_by_clause() -> None:
    whole = [
        Whole(e.group, e.risk.seen, frozenset({"people"})) for e in examples() if e.risk is not None
    ]
    other = [
        Whole(
            f"other {e.group}",
            tuple(s for s in e.risk.seen if "employees" not in s.parts["word"]),
            frozenset(),
        )
        for e in examples()
        if e.risk is not None
    ]
    model = adapt_risk([*whole, *other], [], None).model
    assert model.categories == ("people",)
    reading = examples()[0].reading
    (factor,) = model.judge(reading)
    words = [reading.text[e.start : e.end] for e in factor.evidence]
    assert any("employees" in clause for clause in words)


def test_categories_that_are_not_labelled_stay_the_bases() -> None:
    base = train_heads(examples())[0].risk
    own = [
        Whole(e.group, e.risk.seen, frozenset({"storms"})) for e in examples() if e.risk is not None
    ]
    bare = [Whole(f"bare {w.group}", (), frozenset()) for w in own]
    model = adapt_risk([*own, *bare], [], base).model
    reading = examples()[0].reading
    theirs = {f.category for f in base.judge(reading)}
    assert theirs <= {f.category for f in model.judge(reading)} <= theirs | {"storms"}
    assert RiskModel.from_state(model.to_state()).judge(reading) == model.judge(reading)
