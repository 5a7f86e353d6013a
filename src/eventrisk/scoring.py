"""Spin and risk score: small functions of what the result already shows, so that anyone can check
them by hand.

``risk_score`` = 0.75 · P + 0.15 · E + 0.10 · R, where

* P  is P(negative) + ½ · P(neutral) · (1 − P(positive)) of ``sentiment.probabilities``; where a
  model of one's own has other classes, of its base's probabilities,
* E  is the greatest probability of a negative event of today, less a quarter of the greatest of a
  positive one,
* R  is the share of the 20 risk categories named in *specific* language (each weighed by its
  probability), at most 1.

Sentiment dominates by design: whatever the events and risk language, it moves the score by 0.75. Of
own classes among which ``negative`` is, those that are missing count as 0, further ones nothing.
Where neither the model's classes nor its base's have ``negative``, there is no score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eventrisk.labels import Direction, RiskCategory
from eventrisk.results import Event, RiskFactor

SENTIMENT, EVENTS, RISKS = 0.75, 0.15, 0.10


def spin(tone_score: float, sentiment_score: float, *, speaks: bool) -> float | None:
    """Tone minus sentiment, −2…2: positive where management sounds better than the news is.

    None where the sponsor does not speak (``voice.sponsor_speaks``): then nothing can be compared
    with the news.
    """
    if not speaks:
        return None
    return round(max(-2.0, min(2.0, tone_score - sentiment_score)), 6)


def risk_score(
    direction: Mapping[str, float] | None,
    events: Sequence[Event],
    risk_factors: Sequence[RiskFactor],
) -> float | None:
    """0…1, rising with the probability of negative news and with specific risk language; the
    formula stands above.

    ``direction`` are the probabilities (0…1) of the first model that knows ``negative``: this one,
    or a base (``SentimentModel.direction``). None where there is none.
    """
    if direction is None:
        return None
    parts = (
        SENTIMENT * negative_share(direction),
        EVENTS * negative_event(events),
        RISKS * specific_risk(risk_factors),
    )
    return round(max(0.0, min(1.0, sum(parts))), 4)


def negative_share(direction: Mapping[str, float]) -> float:
    """P(negative), plus half of P(neutral) as far as the news is not positive."""
    p = {name: float(direction.get(name, 0.0)) for name in Direction}
    open_share = 0.5 * p[Direction.NEUTRAL] * (1.0 - p[Direction.POSITIVE])
    return min(1.0, p[Direction.NEGATIVE] + open_share)


def negative_event(events: Sequence[Event]) -> float:
    """The surest negative event of today's news, less a quarter of the surest positive one, 0…1."""
    news = [event for event in events if event.assertion == "occurred"]
    worst = max((e.probability for e in news if e.direction == Direction.NEGATIVE), default=0.0)
    best = max((e.probability for e in news if e.direction == Direction.POSITIVE), default=0.0)
    return max(0.0, worst - 0.25 * best)


def specific_risk(risk_factors: Sequence[RiskFactor]) -> float:
    """Share of the risk categories that are named of a particular product, agency or party, 0…1."""
    return min(1.0, sum(r.probability for r in risk_factors if r.specific) / len(RiskCategory))
