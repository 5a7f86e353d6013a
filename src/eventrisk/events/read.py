"""From cues and votes to events: today's news first, most important first, and then what is
planned, feared or past.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventrisk.events.apart import Apart
from eventrisk.events.choice import (
    as_first_approval,
    as_label_expansion,
    as_untold,
    best_of_each,
    front_news,
    reconciled_votes,
    with_direction,
    without_hidden,
)
from eventrisk.events.facts import Facts
from eventrisk.events.types import event_types
from eventrisk.events.zones import BUSINESS, Placed, Zone, placed_cues
from eventrisk.labels import Assertion
from eventrisk.reading import Reading
from eventrisk.results import Event
from eventrisk.structure.foreign import is_foreign

MAX_TYPES, MAX_NEWS = 4, 8  # of today's news: types, and events, that are listed
MAX_OTHERS = 6  # further events that are listed


def read_events(reading: Reading) -> tuple[Event, ...]:
    """The events of a release: at most eight of four types with assertion ``occurred``, which are
    today's news, the lead event first, then at most six others in order of the text. Of one type
    there are several where their words tell them apart.

    Offsets are half-open, into ``reading.text``, those of the event's most prominent cue.
    ``probability`` (0…1) comes from the cue's zone, its rule and how often the event is repeated. A
    release without any cue is ``business_other``, and so is one that is not in English.
    """
    placed = [] if is_foreign(reading.text) else placed_cues(reading)
    facts = Facts(reading, placed)
    apart = Apart(facts)
    news = _news(placed, reading, apart)
    stated = {(p.type, p.direction) for p in news}
    others = _others([p for p in placed if (p.type, p.direction) not in stated], apart)
    return tuple(facts.event(p, _support(p, placed)) for p in (*news, *others))


def _news(placed: Sequence[Placed], reading: Reading, apart: Apart) -> list[Placed]:
    """What happened today, the lead event first."""
    current = [p for p in placed if p.assertion is Assertion.OCCURRED and not p.is_hint]
    current = without_hidden(reconciled_votes(current, apart), apart)
    front = front_news(current, apart)
    chosen = best_of_each(sorted(front, key=_order), apart)
    chosen = [as_untold(with_direction(p, current)) for p in chosen]
    chosen = [as_first_approval(as_label_expansion(p, placed), placed) for p in chosen]
    types = list(dict.fromkeys(p.type for p in chosen))[:MAX_TYPES]
    return [p for p in chosen if p.type in types][:MAX_NEWS] or [_no_event(reading)]


def _order(p: Placed) -> tuple[int, int, int]:
    return (list(Zone).index(p.zone), event_types()[p.type].rank, p.start)


def _others(placed: Sequence[Placed], apart: Apart) -> list[Placed]:
    """What is planned, possible, denied or past: one for each type, direction and assertion, more
    where their words tell them apart, those of the highest score, in order of the text.
    """
    distinct: dict[tuple[str, str, str], list[Placed]] = {}
    for p in placed:
        if p.assertion is not Assertion.OCCURRED and not p.is_hint and p.type != BUSINESS:
            same = distinct.setdefault((p.type, p.direction, p.assertion.value), [])
            if len(same) < MAX_OTHERS and all(apart(other, p) for other in same):
                same.append(p)
    every = (p for same in distinct.values() for p in same)
    heaviest = sorted(every, key=lambda p: (-p.score, p.start))[:MAX_OTHERS]
    return sorted(heaviest, key=lambda p: p.start)


def _support(p: Placed, placed: Sequence[Placed]) -> float:
    """The probability of an event, 0…1: by its score, and up to three repetitions elsewhere."""
    repetitions = sum(
        o.type == p.type and o.assertion is p.assertion and o.start != p.start for o in placed
    )
    return round(min(0.99, 0.35 + 0.5 * p.score + 0.05 * min(repetitions, 3)), 3)


def _no_event(reading: Reading) -> Placed:
    """The event of a release without any cue of news, placed on its title or first words."""
    first_chars = 80
    start, end = reading.title or (0, min(len(reading.text), first_chars))
    return Placed(BUSINESS, "neutral", Assertion.OCCURRED, start, end, Zone.HEADLINE, 0.5, "no-cue")
