"""Numbers about the events of a release, for the sentiment classifier. Names are stable: models are
trained on them.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventrisk.events.types import event_types
from eventrisk.labels import Assertion, Direction, EventType
from eventrisk.reading import Cue
from eventrisk.results import Event

SIGN = {Direction.NEGATIVE.value: -1.0, Direction.NEUTRAL.value: 0.0, Direction.POSITIVE.value: 1.0}


def event_features(events: Sequence[Event], cues: Sequence[Cue]) -> dict[str, float]:
    """Features by name; a name that is absent is 0. Counts are capped so that long releases do not
    outweigh. ``lead`` is the lead event: the first that occurred.

    ``lead=TYPE``, ``lead=TYPE/DIRECTION``, ``lead_direction`` (−1…1), ``lead_probability``;
    ``news=TYPE/DIRECTION`` with the event's probability; ``news_negative`` and so on; ``vote``
    (−1…1); ``mixed`` 1 where good and bad news of one rank meet; ``cues_DIRECTION`` and
    ``cues_DIRECTION/ASSERTION`` (share of 10); ``max_DIRECTION`` the greatest weight of a cue that
    occurred.
    """
    features: dict[str, float] = {}
    news = [e for e in events if e.assertion == Assertion.OCCURRED.value]
    if news:
        features |= _of_lead_event(news[0])
        if is_mixed(news):
            features["mixed"] = 1.0
    for event in news:
        features[f"news={event.type}/{event.direction}"] = event.probability
        features[f"news_{event.direction}"] = features.get(f"news_{event.direction}", 0.0) + 1.0
        if event_types()[event.type].is_vote:
            features["vote"] = SIGN[event.direction]
    for event in events:
        if event.assertion != Assertion.OCCURRED.value:
            features[f"{event.assertion}={event.type}/{event.direction}"] = event.probability
    features |= _of_cues(cues)
    return features


def is_mixed(news: Sequence[Event]) -> bool:
    """Whether the lead event, the first of the news, meets one of the other sign and of its rank:
    of its own type (one trial met, one missed), or a decision of a deciding body as it is (approved
    here, refused there).
    """
    lead_event, *others = news
    return any(
        SIGN[lead_event.direction] * SIGN[other.direction] < 0
        and (other.type == lead_event.type or (_is_decision(lead_event) and _is_decision(other)))
        for other in others
    )


def _is_decision(event: Event) -> bool:
    decision_rank = 10  # of what deciding and advisory bodies say, and of nothing else
    row = event_types()[event.type]
    return row.rank <= decision_rank and not row.is_vote


def _of_lead_event(event: Event) -> dict[str, float]:
    assert event.type in set(EventType), event.type
    return {
        f"lead={event.type}": 1.0,
        f"lead={event.type}/{event.direction}": 1.0,
        "lead_direction": SIGN[event.direction],
        "lead_probability": event.probability,
    }


def _of_cues(cues: Sequence[Cue]) -> dict[str, float]:
    features: dict[str, float] = {}
    for cue in cues:
        for name in (f"cues_{cue.direction}", f"cues_{cue.direction}/{cue.assertion.value}"):
            features[name] = min(1.0, features.get(name, 0.0) + 0.1)
        if cue.assertion is Assertion.OCCURRED:
            name = f"max_{cue.direction}"
            features[name] = max(features.get(name, 0.0), cue.weight)
    return features
