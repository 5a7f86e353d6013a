"""What rules propose: the pairs of type and direction that a release may tell as its news, each
with what the rules found of it, as named numbers that a model weighs.

Names are stable: models are trained on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from eventrisk.events.types import event_types
from eventrisk.events.zones import BUSINESS, FRONT, Placed, Zone
from eventrisk.labels import Assertion

NO_CUE = "no-cue"  # the rule of a release in which no rule found any news

Pair = tuple[str, str]  # type and direction of an event
Findings = dict[Pair, dict[str, float]]
MAX_PAIRS = 5  # of the front of a text that are told apart in number
HAPPENED = ("score", "rule_lead", "rule_news")  # findings of which each says that a pair occurred
EACH_CUE = 0.2  # what a cue adds to the number of cues, which is at most 1


class Chance(NamedTuple):
    """How likely a pair is: ``lead`` that it is the lead event, ``listed`` that it is among the
    day's news at all; both 0…1.
    """

    lead: float
    listed: float


def findings(placed: Sequence[Placed], news: Sequence[Placed]) -> Findings:
    """What the rules found, by pair; a name that is absent is 0, every number lies in 0…1.

    ``placed`` are all cues and votes, ``news`` those that the rules alone take for the day's news,
    the lead event first. ``occurred@ZONE`` and ``ASSERTION@front`` or ``@below`` are the greatest
    weight there; ``rule=ID`` and ``rule=ID/ASSERTION`` name the rules of the front; ``rule_lead``
    and ``rule_news`` tell what the rules alone would choose.
    """
    found: Findings = {}
    for p in placed:
        if not p.is_hint:
            _add_cue(found.setdefault((p.type, p.direction), {}), p)
    for number, p in enumerate(news):
        _add_choice(found.setdefault((p.type, p.direction), {}), p, is_lead=number == 0)
    for pair, numbers in found.items():
        numbers.update(_around(pair, placed, news[0]))
    return found


def _add_cue(numbers: dict[str, float], p: Placed) -> None:
    """What one cue says of its pair."""
    if p.assertion is Assertion.OCCURRED:
        _raise(numbers, f"occurred@{p.zone}", p.weight)
        _raise(numbers, "score", p.score)
        numbers["cues"] = min(1.0, numbers.get("cues", 0.0) + EACH_CUE)
        if p.is_vote:
            numbers["vote"] = 1.0
        if p.zone in FRONT:
            numbers[f"rule={p.rule}"] = 1.0
        return
    place = "front" if p.zone in FRONT else "below"
    _raise(numbers, f"{p.assertion.value}@{place}", p.weight)
    if p.zone in FRONT:
        numbers[f"rule={p.rule}/{p.assertion.value}"] = 1.0


def _raise(numbers: dict[str, float], name: str, value: float) -> None:
    numbers[name] = max(numbers.get(name, 0.0), value)


def _add_choice(numbers: dict[str, float], p: Placed, *, is_lead: bool) -> None:
    """That the rules alone would list the event, or lead with it."""
    role = "rule_lead" if is_lead else "rule_news"
    numbers[role] = 1.0
    numbers[f"{role}={p.type}"] = 1.0
    if p.rule == NO_CUE:
        numbers["silent"] = 1.0
    if is_lead:
        numbers[f"lead_zone={p.zone}"] = 1.0
        numbers["lead_weight"] = p.weight


def _around(pair: Pair, placed: Sequence[Placed], lead: Placed) -> dict[str, float]:
    """What stands beside a pair in the release."""
    occurred = [p for p in placed if p.assertion is Assertion.OCCURRED and not p.is_hint]
    front = {(p.type, p.direction) for p in occurred if p.zone in FRONT}
    headline = [p for p in occurred if p.zone is Zone.HEADLINE and p.type == BUSINESS]
    numbers = {
        "pairs_in_front": min(len(front), MAX_PAIRS) / MAX_PAIRS,
        "business_headline": max((p.weight for p in headline), default=0.0),
        "alone": float(front == {pair}),
        "rules_say_business": float(lead.type == BUSINESS and pair[0] != BUSINESS),
        "other_direction": float(lead.type == pair[0] and lead.direction != pair[1]),
    }
    return {name: value for name, value in numbers.items() if value}


def unhappened(found: Findings) -> frozenset[str]:
    """The types of which the front of a text says only that they are planned, possible or denied,
    and their kin: no words make them news. (*Historical* is said too often of news in passing.)
    """
    heard: dict[str, set[str]] = {}
    for (type_, _), numbers in found.items():
        said = heard.setdefault(event_types()[type_].kin or type_, set())
        said.update(a.value for a in Assertion if f"{a.value}@front" in numbers)
        if not numbers.keys().isdisjoint(HAPPENED):
            said.add(Assertion.OCCURRED.value)
    barred = {
        kin
        for kin, said in heard.items()
        if said - {Assertion.HISTORICAL.value} and Assertion.OCCURRED.value not in said
    }
    kin_of = {type_: row.kin or type_ for type_, row in event_types().items()}
    return frozenset(t for t, kin in kin_of.items() if kin in barred and t != BUSINESS)


def strongest(pair: Pair, placed: Sequence[Placed]) -> Placed | None:
    """The cue on which an event of this pair stands best: one that occurred, of the highest
    score.
    """
    own = [p for p in placed if (p.type, p.direction) == pair and not p.is_hint]
    return max(
        own,
        key=lambda p: (p.assertion is Assertion.OCCURRED, p.score, -p.start),
        default=None,
    )


def likeliest(chances: Mapping[Pair, Chance]) -> Pair:
    """The pair that leads; of equal ones the first of the alphabet."""
    return min(chances, key=lambda pair: (-chances[pair].lead, pair))
