"""From cues and votes to events: today's news first, most important first, and then what is
planned, feared or past.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventrisk.events.choice import (
    agreed_votes,
    best_of_each,
    expanded,
    front_news,
    pointed,
    without_hidden,
)
from eventrisk.events.facts import Facts
from eventrisk.events.types import event_types
from eventrisk.events.zones import NOTHING, Placed, Zone, place
from eventrisk.labels import Assertion
from eventrisk.reading import Reading
from eventrisk.results import Event

MOST_NEWS, MOST_OTHERS = 4, 6


def read_events(reading: Reading) -> tuple[Event, ...]:
    """The events of a release. Those with assertion ``occurred`` are today's news, in order of
    importance.

    Offsets are those of the words that speak of the event most prominently, in ``reading.text``.
    ``probability`` (0…1) comes from their place, their rule and how often they are repeated. A
    release without any cue is ``business_other``.
    """
    placed = place(reading)
    facts = Facts(reading)
    news = _news(placed, reading)
    told = {(p.type, p.direction) for p in news}
    others = _others([p for p in placed if (p.type, p.direction) not in told])
    return tuple(facts.event(p, _support(p, placed)) for p in (*news, *others))


def _news(placed: Sequence[Placed], reading: Reading) -> list[Placed]:
    """What happened today, most important first."""
    now = [p for p in placed if p.assertion is Assertion.OCCURRED and not p.is_hint]
    now = without_hidden(agreed_votes(now))
    front = front_news(now)
    chosen = best_of_each(sorted(front, key=_order))
    chosen = [expanded(pointed(p, now), placed) for p in chosen]
    return chosen[:MOST_NEWS] or [_nothing(reading)]


def _order(p: Placed) -> tuple[int, int, int]:
    return (list(Zone).index(p.zone), event_types()[p.type].rank, p.start)


def _others(placed: Sequence[Placed]) -> list[Placed]:
    """What is planned, possible, denied or past: one of each kind, in order of the text."""
    seen: dict[tuple[str, str, str], Placed] = {}
    for p in placed:
        if p.assertion is not Assertion.OCCURRED and not p.is_hint and p.type != NOTHING:
            seen.setdefault((p.type, p.direction, p.assertion.value), p)
    heaviest = sorted(seen.values(), key=lambda p: (-p.score, p.start))[:MOST_OTHERS]
    return sorted(heaviest, key=lambda p: p.start)


def _support(p: Placed, placed: Sequence[Placed]) -> float:
    """How sure the event is, 0…1: its best words, and up to three repetitions elsewhere."""
    again = sum(
        o.type == p.type and o.assertion is p.assertion and o.start != p.start for o in placed
    )
    return round(min(0.99, 0.35 + 0.5 * p.score + 0.05 * min(again, 3)), 3)


def _nothing(reading: Reading) -> Placed:
    start, end = reading.title or (0, min(len(reading.text), 80))
    return Placed(
        NOTHING, "neutral", Assertion.OCCURRED, start, end, Zone.HEADLINE, 0.5, "nothing-found"
    )
