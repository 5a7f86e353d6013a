"""From cues and votes to events: today's news first, most important first, and then what is planned, feared or past."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from eventrisk.event_facts import Facts
from eventrisk.event_features import event_features
from eventrisk.labels import Assertion
from eventrisk.news import HINT, Placed, Zone, place, ranks
from eventrisk.reading import Reading
from eventrisk.results import Event, Vote

__all__ = ["event_features", "read_events"]

FRONT = (Zone.HEADLINE, Zone.SUBHEADLINE, Zone.LEAD)
MOST_NEWS, MOST_OTHERS = 4, 6
VOTED = ("advisory_vote", "chmp_opinion", "chmp_trend_vote")
NOTHING = "business_other"

Key = tuple[str, str]


def read_events(reading: Reading, votes: Sequence[Vote]) -> tuple[Event, ...]:
    """The events of a release. Those with assertion ``occurred`` are today's news, in order of importance.

    Offsets are those of the words that speak of the event most prominently, in ``reading.text``. ``probability`` (0…1)
    comes from their place, their rule and how often they are repeated. A release without any cue is ``business_other``.
    """
    placed = place(reading, votes)
    facts = Facts(reading)
    news = _news(placed, reading)
    told = {(p.type, p.direction) for p in news}
    others = _others([p for p in placed if (p.type, p.direction) not in told])
    return tuple(facts.event(p, _support(p, placed)) for p in (*news, *others))


def _news(placed: Sequence[Placed], reading: Reading) -> list[Placed]:
    """What happened today, most important first."""
    now = _refined([p for p in placed if p.assertion is Assertion.OCCURRED], placed)
    front = [p for p in now if p.zone in FRONT]
    chosen = _best_of_each(_in_order(_front_news(front)))
    if not chosen:
        chosen = _best_of_each(sorted((p for p in now if p.zone is Zone.BODY and p.score >= 0.29), key=_order))[:1]
    return chosen[:MOST_NEWS] or [_nothing(reading)]


def _front_news(front: Sequence[Placed]) -> list[Placed]:
    """The news of the most prominent place that tells any, with what the places below add to it."""
    head = [p for p in front if p.zone is Zone.HEADLINE and not p.rule.startswith(HINT)]
    real = [p for p in head if p.type != NOTHING]
    if real:
        added = [p for p in front if p.zone is not Zone.HEADLINE and p.type != NOTHING and _joins(p, real)]
        return [*real, *added, *[p for p in head if p.type == NOTHING and p.weight >= 0.85]]
    if head:
        return head
    below = [p for p in front if p.zone is not Zone.HEADLINE]
    real = [p for p in below if p.type != NOTHING]
    return real or below


def _joins(added: Placed, head: Sequence[Placed]) -> bool:
    """Whether words below the headline add an event of their own to what it tells."""
    return any(p.type == added.type and p.direction == added.direction for p in head) or (
        added.type == "goal_date_set" and any(p.type in ("filing_accepted", "priority_review") for p in head)
    )


def _refined(now: Sequence[Placed], placed: Sequence[Placed]) -> list[Placed]:
    """Without what a more telling event of the same release explains away."""
    types = {p.type for p in now if p.zone in FRONT}
    kept = [p for p in now if not p.rule.startswith(HINT)]
    if "data_presentation" in types and "topline_results" in types:
        kept = [p for p in kept if p.type != "topline_results"]
    return kept


def _order(p: Placed) -> tuple[int, int, int]:
    front = {Zone.HEADLINE: 0, Zone.SUBHEADLINE: 1, Zone.LEAD: 2}
    return (front.get(p.zone, 3), ranks()[p.type], p.start)


def _in_order(placed: Iterable[Placed]) -> list[Placed]:
    return sorted(placed, key=_order)


def _best_of_each(placed: Iterable[Placed]) -> list[Placed]:
    """One for each type; of two directions the one that stands first in order, then the heavier."""
    best: dict[str, Placed] = {}
    for p in placed:
        held = best.get(p.type)
        if held is None or (p.zone is held.zone and p.weight > held.weight):
            best[p.type] = p
    return list(best.values())


def _others(placed: Sequence[Placed]) -> list[Placed]:
    """What is planned, possible, denied or past: one of each kind, in order of the text."""
    seen: dict[tuple[str, str, str], Placed] = {}
    for p in placed:
        if p.assertion is not Assertion.OCCURRED and not p.rule.startswith(HINT) and p.type != NOTHING:
            seen.setdefault((p.type, p.direction, p.assertion.value), p)
    heaviest = sorted(seen.values(), key=lambda p: (-p.score, p.start))[:MOST_OTHERS]
    return sorted(heaviest, key=lambda p: p.start)


def _support(p: Placed, placed: Sequence[Placed]) -> float:
    """How sure the event is, 0…1: its best words, and up to three repetitions elsewhere."""
    again = sum(o.type == p.type and o.assertion is p.assertion and o.start != p.start for o in placed)
    return round(min(0.99, 0.35 + 0.5 * p.score + 0.05 * min(again, 3)), 3)


def _nothing(reading: Reading) -> Placed:
    start, end = reading.title or (0, min(len(reading.text), 80))
    return Placed(NOTHING, "neutral", Assertion.OCCURRED, start, end, Zone.HEADLINE, 0.5, "nothing-found")
