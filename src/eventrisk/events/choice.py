"""Which of the cues that occurred are the news of the release, and their direction and type where
a cue leaves these open.

How the types of events stand to one another is read off ``event_types.tsv`` (``events.types``).
``current`` are the cues with assertion ``occurred`` that are no hints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from eventrisk.events.cues import event_rules
from eventrisk.events.types import event_types
from eventrisk.events.zones import BUSINESS, FRONT, Placed, Zone

Apart = Callable[[Placed, Placed], bool]  # whether two cues of one type state two events
FIRM_WEIGHT = 0.85  # (0…1) a business cue of at least this weight is listed beside other news
# where news can stand, the most prominent first
NEWS_ZONES = (Zone.HEADLINE, Zone.SUBHEADLINE, Zone.LEAD_PARAGRAPH, Zone.OPENING, Zone.BODY)


def reconciled_votes(current: Sequence[Placed], apart: Apart) -> list[Placed]:
    """Cues of votes and the vote reader's records made to agree.

    Where all records of a type have one direction, its cues take it over: a record knows the
    direction, a cue of the headline the zone. Words of a vote that was neither good nor bad stay
    so, and a record that they overlap is left out; so is one that overlaps a cue of another vote,
    or of a type that replaces its own (an opinion on orphan status). Words of one mixed outcome
    that hold two records about different products are left out themselves.
    """
    records = [p for p in current if p.is_vote]
    cues = [p for p in current if not p.is_vote and not _holds_two(p, records, apart)]
    votes = [p for p in current if p.is_vote and not any(_yields(p, cue) for cue in cues)]
    return [*votes, *_as_voted(cues, votes)]


def _holds_two(cue: Placed, votes: Sequence[Placed], apart: Apart) -> bool:
    """Whether the words of a mixed outcome hold two outcomes that are told apart."""
    if not cue.is_settled:
        return False
    held = [v for v in votes if v.type == cue.type and v.start < cue.end and cue.start < v.end]
    return any(apart(one, other) for one, other in pairwise(held))


def _as_voted(cues: Iterable[Placed], votes: Iterable[Placed]) -> list[Placed]:
    """The cues with the direction in which their committee voted, where there is one."""
    directions: dict[str, set[str]] = {}
    for vote in votes:
        directions.setdefault(vote.type, set()).add(vote.direction)
    single = {type_: next(iter(values)) for type_, values in directions.items() if len(values) == 1}
    return [
        cue if cue.is_settled else replace(cue, direction=single.get(cue.type, cue.direction))
        for cue in cues
    ]


def _yields(vote: Placed, cue: Placed) -> bool:
    row = event_types()[cue.type]
    is_other = cue.type != vote.type and (row.is_vote or vote.type in row.over)
    is_told = cue.type == vote.type and cue.is_settled
    return (is_other or is_told) and vote.start < cue.end and cue.start < vote.end


def without_hidden(current: Sequence[Placed], apart: Apart) -> list[Placed]:
    """Without what is only a circumstance of another event of the same sentence (column
    ``hides``), about the same product.
    """
    hiding: dict[tuple[int, str], list[Placed]] = {}
    for p in current:
        for type_ in event_types()[p.type].hides:
            hiding.setdefault((p.sentence, type_), []).append(p)
    return [
        p
        for p in current
        if p.is_companion or all(apart(other, p) for other in hiding.get((p.sentence, p.type), ()))
    ]


def front_news(current: Sequence[Placed], apart: Apart) -> list[Placed]:
    """The news of the most prominent zone that states any, with what the zones below add to it."""
    headline = [p for p in current if p.zone is Zone.HEADLINE]
    business = [p for p in headline if p.type == BUSINESS]
    news = _not_outweighed(headline, max((p.weight for p in business), default=0.0))
    if not news:
        told = _beside_report(business, current)
        return told or business or headline or _below(current, apart)
    listed = [*news, *_added(news, current, apart), *filter(_is_listed, business)]
    return _stated_below(news, current) or listed


def _is_listed(business: Placed) -> bool:
    """Whether business of the headline is listed beside its other news."""
    return business.weight >= FIRM_WEIGHT or business.is_companion


def _beside_report(business: Sequence[Placed], current: Sequence[Placed]) -> list[Placed]:
    """The news set off under the headline of a periodic report, with the report itself; empty where
    the headline is none or nothing is told there.
    """
    if not any(event_rules().by_id[p.rule].says("periodic") for p in business):
        return []
    threshold = _outweighed(FIRM_WEIGHT)
    told = [p for p in current if p.zone is Zone.SUBHEADLINE and p.weight > threshold]
    told = [p for p in told if p.type != BUSINESS and p.direction != "neutral"]
    return [*(replace(p, zone=Zone.HEADLINE) for p in told), *business] if told else []


def _not_outweighed(headline: Sequence[Placed], business: float) -> list[Placed]:
    """The events of a headline that do not yield to its words of business; a vote never does."""
    threshold = _outweighed(business)
    return [p for p in headline if p.type != BUSINESS and (p.weight > threshold or p.is_vote)]


def _outweighed(business: float) -> float:
    """The weight (0…1) up to which events yield to words of business of a given weight."""
    alone_weight = 0.99  # from here on the whole headline is about business
    soft_weight = 0.6  # of event cues that yield to firm ones of business
    if business >= alone_weight:
        return 1.0
    return soft_weight if business >= FIRM_WEIGHT else 0.0


def _stated_below(news: Sequence[Placed], current: Sequence[Placed]) -> list[Placed]:
    """What is stated below a headline that leaves open what happened; empty where it does not."""
    below = [
        p
        for p in current
        if p.zone in FRONT[1:] and p.type != BUSINESS and p.direction != "neutral"
    ]
    return below if below and all(_is_left_open(p, current) for p in news) else []


def _is_left_open(p: Placed, current: Sequence[Placed]) -> bool:
    """Whether a headline leaves open what happened ("provides update on Phase 3 trial"), and so
    does the rest of the text.
    """
    left_open = event_types()[p.type].is_open and p.direction == "neutral" and not p.is_settled
    return left_open and with_direction(p, current).direction == "neutral"


def _added(news: Sequence[Placed], current: Sequence[Placed], apart: Apart) -> list[Placed]:
    """What the zones below a headline add to its news."""
    below = [p for p in current if p.zone in NEWS_ZONES[1:]]
    return [_promoted(p, news) for p in below if _adds(p, news, apart)]


def _adds(p: Placed, news: Sequence[Placed], apart: Apart) -> bool:
    """Whether a cue below adds an event of another type to the news, or, in the front, a further
    one of a type that the news has.
    """
    same = [other for other in news if other.type == p.type != BUSINESS]
    is_further = p.zone in FRONT and bool(same) and all(apart(other, p) for other in same)
    return is_further or _joins(p, news)


def _below(current: Sequence[Placed], apart: Apart) -> list[Placed]:
    """The news of the first zone below the headline that states any, and what joins it further
    down; else the votes, else all cues of the front.
    """
    for zone in NEWS_ZONES[1:4]:
        news = [p for p in current if p.zone is zone and p.type != BUSINESS]
        if news:
            others = (p for p in current if p.zone in NEWS_ZONES and p.zone is not zone)
            return [*news, *(p for p in others if _adds(p, news, apart))]
    return [p for p in current if p.is_vote] or [p for p in current if p.zone in FRONT]


def _joins(added: Placed, headline: Sequence[Placed]) -> bool:
    """Whether a cue below the headline adds an event of another type to the headline's."""
    if any(p.type == added.type for p in headline):
        return False
    if added.type == BUSINESS:
        return added.is_companion and added.weight >= FIRM_WEIGHT and added.zone in FRONT
    row = event_types()[added.type]
    if any(p.type in row.joins for p in headline):
        return True
    bad_news = (p.type for p in headline if p.direction == added.direction == "negative")
    return any(type_ in row.joins_bad_news for type_ in bad_news)


def _promoted(added: Placed, headline: Sequence[Placed]) -> Placed:
    """An acceptance stated below a headline that gives only its goal date counts as if it stood in
    the headline (column ``promoted``).
    """
    return replace(added, zone=headline[0].zone) if event_types()[added.type].is_promoted else added


def best_of_each(ordered: Iterable[Placed], apart: Apart) -> list[Placed]:
    """One for each event: the first in order, or the one of greater weight in the same zone. Cues
    of one type state one event, but those that ``apart`` tells from all before them.
    """
    best: dict[str, list[Placed]] = {}
    for p in ordered:
        same = best.setdefault(p.type, [])
        at = next((i for i, other in enumerate(same) if not apart(other, p)), None)
        if at is None:
            same.append(p)
        elif p.zone is same[at].zone and p.weight > same[at].weight:
            same[at] = p
    return [p for same in best.values() for p in same]


def with_direction(chosen: Placed, current: Sequence[Placed]) -> Placed:
    """An event stated without its direction ("topline results") takes that of the most prominent
    cue of its type that gives one. Praise yields to a missed endpoint.
    """
    row = event_types()[chosen.type]
    near = [p for p in current if p.zone in NEWS_ZONES]
    if _is_praise(chosen) and any(p.endpoint == "missed" for p in near):
        return replace(chosen, direction="negative")
    if chosen.direction != "neutral" or not row.inherits_direction or chosen.is_settled:
        return chosen
    types = {chosen.type, row.direction_of}
    directed = [p for p in near if p.type in types and p.direction != "neutral"]
    if not directed:
        return chosen
    best = min(directed, key=lambda p: (NEWS_ZONES.index(p.zone), -p.weight, p.start))
    return replace(chosen, direction=best.direction)


def as_untold(chosen: Placed) -> Placed:
    """An outcome that is announced and told nowhere is what its rule says instead ("update on the
    advisory committee meeting": a meeting).
    """
    is_open = bool(chosen.untold) and chosen.direction == "neutral"
    return replace(chosen, type=chosen.untold) if is_open else chosen


def _is_praise(p: Placed) -> bool:
    """Whether words praise results without saying that the primary endpoint was met."""
    return event_types()[p.type].has_endpoint and p.direction == "positive" and p.endpoint != "met"


def as_label_expansion(chosen: Placed, placed: Sequence[Placed]) -> Placed:
    """An approval of what the release says is on the market already is a label expansion."""
    wider = event_types()[chosen.type].widens_to
    if wider is None:
        return chosen
    hints = [p for p in placed if p.is_hint and p.type == wider]
    explicit_weight = 0.9  # (0…1) of cues that name the wider label itself
    explicit = any(
        p.type == wider and p.zone in FRONT and p.weight >= explicit_weight for p in placed
    )
    enough = 2  # hints anywhere in the text count as much as one in front
    in_front = explicit or any(p.zone in FRONT for p in hints)
    return replace(chosen, type=wider) if in_front or len(hints) >= enough else chosen


def as_first_approval(chosen: Placed, placed: Sequence[Placed]) -> Placed:
    """A label expansion by its population (children) is an approval where the release says that the
    product is new and nothing in it says that it is on the market already.
    """
    explicit_weight = 0.9  # (0…1) of cues that name the wider label itself
    narrow = next((n for n, row in event_types().items() if row.widens_to == chosen.type), None)
    if narrow is None or chosen.weight >= explicit_weight:
        return chosen
    hints = {p.type for p in placed if p.is_hint}
    return replace(chosen, type=narrow) if hints == {narrow} else chosen
