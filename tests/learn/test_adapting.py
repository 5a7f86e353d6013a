"""Heads built on a base: what of the old texts is learnt again."""

from __future__ import annotations

from dataclasses import replace

from training_set import examples

from eventrisk.learn.adapt import adapt_sentiment

OWN = {"positive": "up", "negative": "down", "neutral": "flat"}


def test_on_a_base_with_own_classes_old_texts_of_other_classes_are_left_out() -> None:
    mine = [replace(e, sentiment=OWN[str(e.sentiment)]) for e in examples()]
    base = adapt_sentiment(mine, [], None).model
    again = adapt_sentiment(mine, examples(), base).model
    assert base.classes == again.classes == ("down", "flat", "up")
    assert again.judge(mine[0].reading, mine[0].event_features).label == "up"
