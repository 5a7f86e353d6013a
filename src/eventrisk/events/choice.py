"""Which of the cues that speak of today are the news, and what they say where one of them says it
only in part.

How the types of events stand to one another is read off ``event_types.tsv`` (``events.types``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from eventrisk.events.types import event_types
from eventrisk.events.zones import FRONT, NOTHING, Placed, Zone

OUTRIGHT_WEIGHT = 0.9  # of rules that speak of the label itself
SOFT_WEIGHT = 0.6  # an event cue of this weight yields to a firm one of business
FIRM_WEIGHT = 0.85  # a business cue of this weight is listed beside other news
ALONE_WEIGHT = 0.99  # a business cue of this weight makes the whole headline one about business
NEAREST = (Zone.HEADLINE, Zone.SUBHEADLINE, Zone.LEAD, Zone.OPENING, Zone.BODY)


def agreed_votes(now: Sequence[Placed]) -> list[Placed]:
    """Cues of votes and the vote reader's records made to agree.

    The record knows the direction, the cue of a headline the place. A record whose words a cue of
    another event covers (an opinion on orphan status) yields to it.
    """
    cues = [p for p in now if not p.is_vote]
    votes = [p for p in now if p.is_vote and not any(_yields(p, cue) for cue in cues)]
    ways: dict[str, set[str]] = {}
    for vote in votes:
        ways.setdefault(vote.type, set()).add(vote.direction)
    one = {kind: next(iter(way)) for kind, way in ways.items() if len(way) == 1}
    return [*votes, *(replace(cue, direction=one.get(cue.type, cue.direction)) for cue in cues)]


def _yields(vote: Placed, cue: Placed) -> bool:
    row = event_types()[cue.type]
    is_other = cue.type != vote.type and (row.is_vote or vote.type in row.over)
    return is_other and vote.start < cue.end and cue.start < vote.end


def without_hidden(now: Sequence[Placed]) -> list[Placed]:
    """Without what is only a circumstance of another event of the same sentence."""
    hidden: dict[int, set[str]] = {}
    for p in now:
        hidden.setdefault(p.sentence, set()).update(event_types()[p.type].hides)
    return [p for p in now if p.type not in hidden[p.sentence]]


def front_news(now: Sequence[Placed]) -> list[Placed]:
    """The news of the most prominent place that tells any, with what the places below add to it."""
    head = [p for p in now if p.zone is Zone.HEADLINE]
    business = [p for p in head if p.type == NOTHING]
    least = _outweighed(max((p.weight for p in business), default=0.0))
    real = [p for p in head if p.type != NOTHING and p.weight > least]
    if not real:
        return business or head or _below(now)
    firm = [p for p in business if p.weight >= FIRM_WEIGHT]
    return _told_below(real, now) or [*real, *_added(real, now), *firm]


def _outweighed(business: float) -> float:
    """The weight (0…1) up to which events yield to words of business of a given weight."""
    if business >= ALONE_WEIGHT:
        return 1.0
    return SOFT_WEIGHT if business >= FIRM_WEIGHT else 0.0


def _told_below(real: Sequence[Placed], now: Sequence[Placed]) -> list[Placed]:
    """What stands below a headline that leaves open what happened; empty where it does not."""
    below = [
        p for p in now if p.zone in FRONT[1:] and p.type != NOTHING and p.direction != "neutral"
    ]
    return below if below and all(_is_untold(p, now) for p in real) else []


def _is_untold(p: Placed, now: Sequence[Placed]) -> bool:
    """Whether a headline leaves open what happened ("provides update on Phase 3 trial"), and the
    text never says it.
    """
    left_open = event_types()[p.type].is_open and p.direction == "neutral" and not p.is_settled
    return left_open and pointed(p, now).direction == "neutral"


def _added(real: Sequence[Placed], now: Sequence[Placed]) -> list[Placed]:
    """What the places below a headline add to its news."""
    return [_promoted(p, real) for p in now if p.zone in NEAREST[1:] and _joins(p, real)]


def _below(now: Sequence[Placed]) -> list[Placed]:
    """What the first place below the headline tells, and what joins it further down; else the
    votes, else whatever stands in front.
    """
    for zone in NEAREST[1:4]:
        real = [p for p in now if p.zone is zone and p.type != NOTHING]
        if real:
            others = (p for p in now if p.zone in NEAREST and p.zone is not zone)
            return [*real, *(p for p in others if _joins(p, real))]
    return [p for p in now if p.is_vote] or [p for p in now if p.zone in FRONT]


def _joins(added: Placed, head: Sequence[Placed]) -> bool:
    """Whether words below the headline add an event of their own to what it tells."""
    if added.type == NOTHING or any(p.type == added.type for p in head):
        return False
    row = event_types()[added.type]
    return any(
        p.type in row.joins or (p.direction == "negative" and p.type in row.joins_bad_news)
        for p in head
    )


def _promoted(added: Placed, head: Sequence[Placed]) -> Placed:
    """An acceptance told below a headline that gives only its goal date counts as if the headline
    told it.
    """
    return replace(added, zone=head[0].zone) if event_types()[added.type].is_promoted else added


def best_of_each(ordered: Iterable[Placed]) -> list[Placed]:
    """One for each type: the first in order, or the heavier of the same place."""
    best: dict[str, Placed] = {}
    for p in ordered:
        held = best.get(p.type)
        if held is None or (p.zone is held.zone and p.weight > held.weight):
            best[p.type] = p
    return list(best.values())


def pointed(chosen: Placed, now: Sequence[Placed]) -> Placed:
    """An event told without its direction ("topline results") takes that of the nearest words that
    give one. Praise yields to a missed endpoint.
    """
    row = event_types()[chosen.type]
    near = [p for p in now if p.zone in NEAREST]
    if _is_praise(chosen) and any(p.endpoint == "missed" for p in near):
        return replace(chosen, direction="negative")
    if chosen.direction != "neutral" or not row.is_pointed or chosen.is_settled:
        return chosen
    types = {chosen.type, row.direction_of}
    telling = [p for p in near if p.type in types and p.direction != "neutral"]
    if not telling:
        return chosen
    best = min(telling, key=lambda p: (NEAREST.index(p.zone), -p.weight, p.start))
    return replace(chosen, direction=best.direction)


def _is_praise(p: Placed) -> bool:
    """Whether words praise results without saying that the primary endpoint was met."""
    return event_types()[p.type].has_endpoint and p.direction == "positive" and p.endpoint != "met"


def expanded(chosen: Placed, placed: Sequence[Placed]) -> Placed:
    """An approval of what the release says is on the market already is a label expansion."""
    wider = event_types()[chosen.type].widens_to
    if wider is None:
        return chosen
    hints = [p for p in placed if p.is_hint]
    outright = any(
        p.type == wider and p.zone in FRONT and p.weight >= OUTRIGHT_WEIGHT for p in placed
    )
    enough = 2  # hints anywhere in the text stand for one in front
    near = outright or any(p.zone in FRONT for p in hints)
    return replace(chosen, type=wider) if near or len(hints) >= enough else chosen
