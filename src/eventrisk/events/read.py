"""From cues and votes to events: today's news first, most important first, and then what is
planned, feared or past.

Rules propose what the news may be; where a model decides, it weighs what they found
(``events.candidates``), otherwise their own order does (``events.choice``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from eventrisk.events.apart import Apart
from eventrisk.events.candidates import NO_CUE, Chance, Findings, Pair, findings
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
from eventrisk.events.decided import decided
from eventrisk.events.facts import Facts
from eventrisk.events.types import event_types
from eventrisk.events.zones import BUSINESS, Placed, Zone, placed_cues
from eventrisk.labels import Assertion
from eventrisk.reading import Reading
from eventrisk.results import Event
from eventrisk.structure.foreign import is_foreign

MAX_TYPES, MAX_NEWS = 4, 8  # of today's news: types, and events, that are listed
MAX_OTHERS = 6  # further events that are listed
MOST = 0.99  # 0…1, no event is surer
Decide = Callable[[Findings], Mapping[Pair, Chance]]


def read_events(
    reading: Reading, decide: Decide | None = None, *, of_field: bool = False
) -> tuple[Event, ...]:
    """The events of a release: at most eight of four types with assertion ``occurred``, which are
    today's news, the lead event first, then at most six others in order of the text. Of one type
    there are several where their words tell them apart.

    Offsets are half-open, into ``reading.text``, those of the event's most prominent cue.
    ``decide`` gives the chances of what rules propose; the ``probability`` (0…1) of today's news is
    then the chance that the release leads with it (lead event), or tells it at all (others).
    Without it, and for events that did not occur, it comes from the cue's zone, its rule and how
    often the event is repeated. A release without any cue is ``business_other`` where no words
    decide otherwise, and one that is not in English always is. ``of_field``: the text is surely
    news of the field (``events.decided.leading_pair``).
    """
    foreign = is_foreign(reading.text)
    placed = [] if foreign else placed_cues(reading)
    facts = Facts(reading, placed)
    apart = Apart(facts)
    news = _news(placed, reading, apart)
    chances: Mapping[Pair, Chance] = {}
    if decide is not None and not foreign:
        chances = decide(findings(placed, news))
        news = _limited(decided(news, placed, chances, of_field=of_field))
    stated = {(p.type, p.direction) for p in news}
    others = _others([p for p in placed if (p.type, p.direction) not in stated], apart)
    today = [facts.event(p, _probability(n, p, placed, chances)) for n, p in enumerate(news)]
    return (*today, *(facts.event(p, _support(p, placed)) for p in others))


def proposed(reading: Reading) -> Findings:
    """What the rules find of the pairs of type and direction that a release may tell as its
    news.
    """
    placed = placed_cues(reading)
    return findings(placed, _news(placed, reading, Apart(Facts(reading, placed))))


def no_news(reading: Reading) -> Event:
    """The event of a text that tells nothing of the field: ``business_other``, on its title."""
    return Facts(reading, ()).event(_no_event(reading), 1.0)


def _news(placed: Sequence[Placed], reading: Reading, apart: Apart) -> list[Placed]:
    """What happened today by the rules alone, the lead event first."""
    current = [p for p in placed if p.assertion is Assertion.OCCURRED and not p.is_hint]
    current = without_hidden(reconciled_votes(current, apart), apart)
    front = front_news(current, apart)
    chosen = best_of_each(sorted(front, key=_order), apart)
    chosen = [as_untold(with_direction(p, current)) for p in chosen]
    chosen = [as_first_approval(as_label_expansion(p, placed), placed) for p in chosen]
    return _limited(chosen) or [_no_event(reading)]


def _limited(news: Sequence[Placed]) -> list[Placed]:
    """The first events of the first types."""
    types = list(dict.fromkeys(p.type for p in news))[:MAX_TYPES]
    return [p for p in news if p.type in types][:MAX_NEWS]


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


def _probability(
    number: int, p: Placed, placed: Sequence[Placed], chances: Mapping[Pair, Chance]
) -> float:
    """The probability (0…1) of one of today's events; ``number`` is its place, from 0."""
    chance = chances.get((p.type, p.direction))
    if chance is None:
        return _support(p, placed)
    return round(min(MOST, chance.lead if number == 0 else chance.listed), 3)


def _support(p: Placed, placed: Sequence[Placed]) -> float:
    """The probability of an event, 0…1: by its score, and up to three repetitions elsewhere."""
    repetitions = sum(
        o.type == p.type and o.assertion is p.assertion and o.start != p.start for o in placed
    )
    return round(min(MOST, 0.35 + 0.5 * p.score + 0.05 * min(repetitions, 3)), 3)


def _no_event(reading: Reading) -> Placed:
    """The event of a release without any cue of news, placed on its title or first words."""
    first_chars = 80
    start, end = reading.title or (0, min(len(reading.text), first_chars))
    return Placed(BUSINESS, "neutral", Assertion.OCCURRED, start, end, Zone.HEADLINE, 0.5, NO_CUE)
