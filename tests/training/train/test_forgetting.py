"""Forgetting is measured on what the base could have found."""

from __future__ import annotations

from eventrisk.learn.evaluate.predictions import Prediction
from eventrisk.training.train.forgetting import without_new


def row(found: dict[str, object]) -> Prediction:
    return Prediction(id="a", group="a", text="words", gold={"risk": {"safety"}}, predicted=found)


def test_a_new_risk_category_is_not_wrong_in_old_texts_where_nobody_labelled_it() -> None:
    log = without_new(
        [row({"risk": {"safety": 0.9, "short_runway": 0.8}, "tone": {"neutral": 1.0}})], {"safety"}
    )
    assert [r.predicted for r in log] == [{"risk": {"safety": 0.9}, "tone": {"neutral": 1.0}}]


def test_what_was_found_without_risk_stays_as_it_is() -> None:
    assert [r.predicted for r in without_new([row({"tone": {"neutral": 1.0}})], {"safety"})] == [
        {"tone": {"neutral": 1.0}}
    ]
