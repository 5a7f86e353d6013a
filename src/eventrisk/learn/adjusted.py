"""What is said of sentiment beyond what its model reads in the words: the lead event, news that is
good and bad in one, texts of other fields, and texts in other languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from eventrisk.labels import Direction, EventType
from eventrisk.results import Sentiment

CLASSES = tuple(str(direction) for direction in Direction)
NEUTRAL = str(Direction.NEUTRAL)
DIRECTIONS = {-1.0: Direction.NEGATIVE, 0.0: Direction.NEUTRAL, 1.0: Direction.POSITIVE}
SUREST = 0.96  # 0…1, a lead event's probability counts as no more than that
UNREAD = 0.5  # 0…1, probability of neutral for a text in another language


def event_log_odds(event_features: Mapping[str, float]) -> NDArray[np.float64]:
    """Log-odds ``(n_classes,)``, in the order of ``CLASSES``, of each class by the direction of the
    lead event and its probability; all 0 where the news is of no event, or good and bad in one.
    """
    business = event_features.get(f"lead={EventType.BUSINESS_OTHER}")
    if business or event_features.get("mixed") or "lead_direction" not in event_features:
        return np.zeros(len(CLASSES))
    chance = min(event_features["lead_probability"], SUREST)
    direction = DIRECTIONS[event_features["lead_direction"]]
    shares = [chance if label == direction else (1.0 - chance) / 2 for label in CLASSES]
    return np.log(shares)


def balanced(proba: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities ``(n_classes,)`` in the order of ``CLASSES`` for news good and bad in one: what
    one sign has over the other goes to neutral (guidelines, section 2: mixed is neutral).
    """
    at = {label: k for k, label in enumerate(CLASSES)}
    signs = [at[Direction.POSITIVE], at[Direction.NEGATIVE]]
    balanced = proba.copy()
    balanced[signs] = proba[signs].min()
    balanced[at[Direction.NEUTRAL]] = 1.0 - balanced[signs].sum()
    return balanced


def toned_down(sentiment: Sentiment, relevance: float) -> Sentiment:
    """A sentiment as far as the text is of the field: probabilities that hold with chance
    ``relevance`` (0…1), and *neutral* for the rest. Own classes without *neutral* stay as they are.
    """
    given = sentiment.probabilities
    if NEUTRAL not in given:
        return sentiment
    values = {label: round(relevance * p, 6) for label, p in given.items() if label != NEUTRAL}
    values = {label: values.get(label, 0.0) for label in given}
    values[NEUTRAL] = round(1.0 - sum(p for label, p in values.items() if label != NEUTRAL), 6)
    best = max(values, key=lambda label: (values[label], label == sentiment.label))
    return replace(
        sentiment,
        label=best,
        score=round(sentiment.score * relevance, 6) + 0.0,
        probabilities=values,
        abstained=sentiment.abstained and best == sentiment.label,
    )


def unread(sentiment: Sentiment) -> Sentiment:
    """What is said of a text that nobody here can read: as likely better as worse."""
    names = sentiment.probabilities
    if set(names) != set(CLASSES):  # classes of the user's own: the best that was found
        return replace(sentiment, abstained=True)
    share = round((1.0 - UNREAD) / (len(names) - 1), 6)
    values = {name: UNREAD if name == Direction.NEUTRAL else share for name in names}
    return Sentiment(str(Direction.NEUTRAL), 0.0, values, (), abstained=True)
