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
    outweigh.

    ``lead=TYPE``, ``lead=TYPE/DIRECTION``, ``lead_direction`` (−1…1), ``lead_probability``;
    ``news=TYPE/DIRECTION`` with the event's probability; ``news_negative`` and so on; ``vote``
    (−1…1); ``cues_DIRECTION`` and ``cues_DIRECTION/ASSERTION`` (share of 10); ``max_DIRECTION`` the
    greatest weight of a cue that occurred.
    """
    made: dict[str, float] = {}
    news = [e for e in events if e.assertion == Assertion.OCCURRED.value]
    if news:
        made |= _of_lead(news[0])
    for event in news:
        made[f"news={event.type}/{event.direction}"] = event.probability
        made[f"news_{event.direction}"] = made.get(f"news_{event.direction}", 0.0) + 1.0
        if event_types()[event.type].is_vote:
            made["vote"] = SIGN[event.direction]
    for event in events:
        if event.assertion != Assertion.OCCURRED.value:
            made[f"{event.assertion}={event.type}/{event.direction}"] = event.probability
    made |= _of_cues(cues)
    return made


def _of_lead(lead: Event) -> dict[str, float]:
    assert lead.type in set(EventType), lead.type
    return {
        f"lead={lead.type}": 1.0,
        f"lead={lead.type}/{lead.direction}": 1.0,
        "lead_direction": SIGN[lead.direction],
        "lead_probability": lead.probability,
    }


def _of_cues(cues: Sequence[Cue]) -> dict[str, float]:
    made: dict[str, float] = {}
    for cue in cues:
        for name in (f"cues_{cue.direction}", f"cues_{cue.direction}/{cue.assertion.value}"):
            made[name] = min(1.0, made.get(name, 0.0) + 0.1)
        if cue.assertion is Assertion.OCCURRED:
            name = f"max_{cue.direction}"
            made[name] = max(made.get(name, 0.0), cue.weight)
    return made
