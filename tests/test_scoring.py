"""Spin and risk score: bounds, order, and the formula as documented."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.results import Event, RiskFactor
from eventrisk.scoring import negative_event, negative_share, risk_score, specific_risk, spin


def sentiment(negative: float, neutral: float, positive: float) -> dict[str, float]:
    return {"negative": negative, "neutral": neutral, "positive": positive}


def scored(
    direction: dict[str, float], events: Sequence[Event] = (), risks: Sequence[RiskFactor] = ()
) -> float:
    score = risk_score(direction, events, risks)
    assert score is not None
    return score


def event(direction: str, probability: float = 0.9, assertion: str = "occurred") -> Event:
    return Event(
        "complete_response", direction, assertion, None, None, (), (), (), probability, 0, 1
    )


def factor(probability: float = 1.0, *, specific: bool = True) -> RiskFactor:
    return RiskFactor("safety", probability, specific, ())


BAD, GOOD, FLAT = sentiment(0.9, 0.05, 0.05), sentiment(0.05, 0.05, 0.9), sentiment(0.1, 0.8, 0.1)


def test_bad_news_scores_above_no_news_above_good_news() -> None:
    assert scored(BAD) > scored(FLAT) > scored(GOOD)


def test_sentiment_outweighs_events_and_risk_language_together() -> None:
    assert scored(BAD, (event("positive"),)) > scored(GOOD, (event("negative"),), (factor(),) * 20)


def test_the_score_is_the_documented_sum() -> None:
    events, risks = (
        (event("negative", 0.8), event("positive", 0.4)),
        (factor(0.5), factor(1.0, specific=False)),
    )
    expected = (
        0.75 * negative_share(BAD) + 0.15 * negative_event(events) + 0.10 * specific_risk(risks)
    )
    assert risk_score(BAD, events, risks) == pytest.approx(expected, abs=1e-4)
    assert negative_event(events) == pytest.approx(0.7)
    assert specific_risk(risks) == pytest.approx(0.025)


def test_events_that_are_feared_or_past_do_not_count() -> None:
    assert (
        negative_event(
            (event("negative", assertion="hypothetical"), event("negative", assertion="historical"))
        )
        == 0
    )


def test_spin_is_tone_less_sentiment() -> None:
    assert spin(0.5, -0.5, speaks=True) == 1.0
    assert spin(-1.0, 1.0, speaks=True) == -2.0


def test_there_is_no_spin_where_nobody_speaks() -> None:
    assert spin(0.5, -0.5, speaks=False) is None


share = st.floats(0, 1)


@given(share, share, share, st.lists(share, max_size=30), st.lists(share, max_size=30))
def test_the_score_lies_between_0_and_1(
    n: float, z: float, p: float, events: list[float], risks: list[float]
) -> None:
    total = (n + z + p) or 1.0
    feeling = sentiment(n / total, z / total, p / total)
    assert (
        0.0
        <= scored(feeling, [event("negative", e) for e in events], [factor(r) for r in risks])
        <= 1.0
    )


@given(st.floats(0, 0.4), st.floats(0.01, 0.1))
def test_the_score_rises_with_the_probability_of_bad_news(low: float, step: float) -> None:
    below, above = sentiment(low, 0.2, 0.8 - low), sentiment(low + step, 0.2, 0.8 - low - step)
    assert scored(above) >= scored(below)


def test_without_a_model_that_knows_bad_news_there_is_no_score() -> None:
    assert risk_score(None, (event("negative", 1.0),), (factor(),)) is None


def test_of_classes_beside_negative_the_further_ones_count_nothing() -> None:
    assert risk_score({"negative": 0.5, "bad": 0.5}, (), ()) == pytest.approx(0.375)
