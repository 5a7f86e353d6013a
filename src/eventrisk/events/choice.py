"""Which of the cues that speak of today are the news, and what they say where one of them says it
only in part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from eventrisk.events.zones import FRONT, HINT, NOTHING, VOTE, Placed, Zone, hides

VOTED = frozenset({"advisory_vote", "chmp_opinion", "chmp_trend_vote"})
GRANTED = frozenset({"priority_review", "goal_date_set", "filing_accepted"})
# What is told below the headline and belongs to its news: the event, and the headline's events it
# joins.
JOINED = {
    "priority_review": frozenset({"filing_accepted"}),
    "goal_date_set": frozenset({"filing_accepted", "priority_review"}),
    "safety_signal": frozenset({"clinical_hold", "trial_status"}),
    "programme_decision": frozenset({"topline_results"}),
    "filing_accepted": frozenset({"goal_date_set"}),
}
OPEN = VOTED | {"topline_results", "trial_status"}
POINTED = VOTED | {"topline_results", "data_presentation", "regulatory_feedback", "trial_status"}
EXPANSION = "label_expansion"
MANY = 2  # hints anywhere in the text that stand for one in front
MISSED, MET = (
    frozenset({"results.endpoint-missed", "results.endpoint-missed-by-p"}),
    "results.endpoint-met",
)
# Rules whose words say that the outcome is neither good nor bad, so that no other words are asked
# for it.
SETTLED = frozenset(
    {
        "results.mixed",
        "results.mixed-more",
        "results.one-dose",
        "committee.split",
        "committee.split-words",
        "presentation.design",
        "status.goes-on",
    }
)
OUTRIGHT = 0.9  # weight of rules that speak of the label itself
SOFT = 0.6  # an event cue of this weight yields to a firm one of business
ALONE = 0.99  # a business cue of this weight makes the whole headline one about business
FIRM = 0.85  # a business cue of this weight is listed beside other news
NEAREST = (Zone.HEADLINE, Zone.SUBHEADLINE, Zone.LEAD, Zone.OPENING, Zone.BODY)


def agreed_votes(now: Sequence[Placed]) -> list[Placed]:
    """Cues of votes and the vote reader's records made to agree.

    The record knows the direction, the cue of a headline the place. A record whose words a cue of
    another event covers (an opinion on orphan status) yields to it.
    """
    cues = [p for p in now if not p.rule.startswith(VOTE)]
    votes = [p for p in now if p.rule.startswith(VOTE) and not any(_yields(p, cue) for cue in cues)]
    ways: dict[str, set[str]] = {}
    for vote in votes:
        ways.setdefault(vote.type, set()).add(vote.direction)
    one = {kind: next(iter(way)) for kind, way in ways.items() if len(way) == 1}
    return [*votes, *(replace(cue, direction=one.get(cue.type, cue.direction)) for cue in cues)]


def _yields(vote: Placed, cue: Placed) -> bool:
    overlap = vote.start < cue.end and cue.start < vote.end
    return (
        overlap
        and cue.type != vote.type
        and (cue.type in VOTED or cue.type in ("designation", "trial_status"))
    )


def without_hidden(now: Sequence[Placed]) -> list[Placed]:
    """Without what is only a circumstance of another event of the same sentence."""
    by_sentence: dict[int, set[str]] = {}
    for p in now:
        by_sentence.setdefault(p.sentence, set()).add(p.type)
    hidden = {n: {h for t in types for h in hides()[t]} for n, types in by_sentence.items()}
    return [p for p in now if p.type not in hidden[p.sentence]]


def front_news(now: Sequence[Placed]) -> list[Placed]:
    """The news of the most prominent place that tells any, with what the places below add to it."""
    front = [p for p in now if p.zone in FRONT]
    head = [p for p in front if p.zone is Zone.HEADLINE]
    if any(p.type == NOTHING and p.weight >= ALONE for p in head):
        return [p for p in head if p.type == NOTHING]
    firm = any(p.type == NOTHING and p.weight >= FIRM for p in head)
    real = [p for p in head if p.type != NOTHING and not (firm and p.weight <= SOFT)]
    told = [
        p
        for p in front
        if p.zone is not Zone.HEADLINE and p.type != NOTHING and p.direction != "neutral"
    ]
    if real and told and all(_untold(p, now) for p in real):
        return told
    if real:
        added = [_promoted(p, real) for p in now if p.zone in NEAREST[1:] and _joins(p, real)]
        return [*real, *added, *[p for p in head if p.type == NOTHING and p.weight >= FIRM]]
    if head:
        return [p for p in head if p.type == NOTHING] or head
    return _below(now) or [p for p in now if p.rule.startswith(VOTE)] or front


def _below(now: Sequence[Placed]) -> list[Placed]:
    """What the first place below the headline tells, and what joins it further down."""
    for zone in (Zone.SUBHEADLINE, Zone.LEAD, Zone.OPENING):
        real = [p for p in now if p.zone is zone and p.type != NOTHING]
        if real:
            return [
                *real,
                *(p for p in now if p.zone in NEAREST and p.zone is not zone and _joins(p, real)),
            ]
    return []


def _untold(p: Placed, now: Sequence[Placed]) -> bool:
    """Whether a headline leaves open what happened ("provides update on Phase 3 trial"), and the
    text never says it.
    """
    left_open = p.type in OPEN and p.direction == "neutral" and p.rule not in SETTLED
    return left_open and pointed(p, now).direction == "neutral"


def _joins(added: Placed, head: Sequence[Placed]) -> bool:
    """Whether words below the headline add an event of their own to what it tells."""
    if added.type == NOTHING or any(p.type == added.type for p in head):
        return False
    types = {p.type for p in head if p.direction == "negative" or added.type in GRANTED}
    return bool(types & JOINED.get(added.type, frozenset()))


def _promoted(added: Placed, head: Sequence[Placed]) -> Placed:
    """An acceptance told below a headline that gives only its goal date counts as if the headline
    told it.
    """
    return replace(added, zone=head[0].zone) if added.type == "filing_accepted" else added


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
    give one.
    """
    if _praised(chosen) and any(p.rule in MISSED and p.zone in NEAREST for p in now):
        return replace(chosen, direction="negative")
    if chosen.direction != "neutral" or chosen.type not in POINTED or chosen.rule in SETTLED:
        return chosen
    types = {chosen.type} | ({"topline_results"} if chosen.type == "data_presentation" else set())
    telling = [p for p in now if p.type in types and p.direction != "neutral" and p.zone in NEAREST]
    if not telling:
        return chosen
    best = min(telling, key=lambda p: (NEAREST.index(p.zone), -p.weight, p.start))
    return replace(chosen, direction=best.direction)


def _praised(p: Placed) -> bool:
    """Whether words praise results without saying that the primary endpoint was met: a miss in the
    text decides.
    """
    return p.type == "topline_results" and p.direction == "positive" and p.rule != MET


def _widens(p: Placed) -> bool:
    """Whether words in front say outright that a label grows, not only what an approval covers."""
    return p.type == EXPANSION and p.zone in FRONT and p.weight >= OUTRIGHT


def expanded(chosen: Placed, placed: Sequence[Placed]) -> Placed:
    """An approval of what the release says is on the market already is a label expansion."""
    if chosen.type != "approval":
        return chosen
    hints = [p for p in placed if p.rule.startswith(HINT)]
    near = any(p.zone in FRONT for p in hints) or any(_widens(p) for p in placed)
    return replace(chosen, type=EXPANSION) if near or len(hints) >= MANY else chosen
