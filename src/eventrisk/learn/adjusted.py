"""What is said of sentiment beyond what its model reads in the words: the lead event, news that is
good and bad in one, texts of other fields, and texts in other languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.events import Chance, Pair
from eventrisk.labels import Direction
from eventrisk.reading import Reading
from eventrisk.results import Sentiment

CLASSES = tuple(str(direction) for direction in Direction)
NEUTRAL = str(Direction.NEUTRAL)
CHANCE_OF = "chance_of="  # features of the news that say how likely a direction is
LEAST = 0.03  # 0…1, a direction's chance counts as no less than that
WHOLE_CHARS = 1500  # from here on a text is a whole release, below a headline or lead
UNREAD = 0.5  # 0…1, probability of neutral for a text in another language


@dataclass(frozen=True)
class Sharpness:
    """Factors (above 0) of log-odds under which chances hold as often as they say (Guo et al., ICML
    2017): a whole release says more of its news than a headline, so each has its own.
    """

    short: float = 1.0
    whole: float = 1.0

    def of(self, reading: Reading) -> float:
        """The factor of a reading."""
        return self.whole if is_whole(reading) else self.short

    def to_state(self) -> dict[str, float]:
        """By name."""
        return {"sharpness": self.short, "sharpness_whole": self.whole}

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Sharpness:
        """The inverse of ``to_state``; where there is none, chances stay as they are."""
        short = float(state.get("sharpness", 1.0))
        return cls(short, float(state.get("sharpness_whole", short)))


EVEN = Sharpness()


def is_whole(reading: Reading) -> bool:
    """Whether a text is long enough to be a whole release."""
    return len(reading.text) >= WHOLE_CHARS


def direction_chances(chances: Mapping[Pair, Chance]) -> dict[str, float]:
    """How likely it is that the lead event has each direction (0…1), as features of the news; none
    where no model judged the events.
    """
    sums: dict[str, float] = {}
    for (_, direction), chance in chances.items():
        name = CHANCE_OF + direction
        sums[name] = sums.get(name, 0.0) + chance.lead
    return sums


def following_events(
    proba: NDArray[np.float64],
    event_features: Mapping[str, float],
    following: float,
    sharpness: float,
) -> NDArray[np.float64]:
    """Probabilities ``(n_classes,)`` in the order of ``CLASSES``, of the words and of the lead
    event in one: sentiment follows the event unless the words give cause. ``following`` (0 or more)
    is the weight of the event's log chances, ``sharpness`` (above 0) the factor of all log-odds by
    which they hold as often as they say. News good and bad in one is left to its words.
    """
    by_event = np.ones(len(CLASSES))
    if not event_features.get("mixed"):
        given = [event_features.get(CHANCE_OF + label) for label in CLASSES]
        if any(chance is not None for chance in given):
            by_event = np.array([max(chance or 0.0, LEAST) for chance in given])
    weighed = (proba * by_event**following) ** sharpness
    return weighed / weighed.sum()  # type: ignore[no-any-return]


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
