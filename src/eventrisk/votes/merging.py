"""Which statements of votes state one outcome: pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eventrisk.labels import Assertion, VoteBody, VoteDirection, VoteStage
from eventrisk.votes.tallies import Tally


@dataclass(frozen=True, slots=True)
class Ballot:
    """One statement of an outcome, read; half-open offsets into the reading's text.

    ``committee`` and ``is_named`` are those of ``Committee``; ``margin`` are the words of a
    majority without numbers. ``is_news``: it stands in a title or the lead paragraph, or says that
    it is of today; ``is_headline``: in a title; ``is_another``: its words set it apart from the
    outcome before it. ``question`` are the words voted on.
    """

    start: int
    end: int
    body: VoteBody
    committee: str | None
    is_named: bool
    stage: VoteStage
    direction: VoteDirection
    tally: Tally | None
    margin: str | None
    assertion: Assertion
    is_news: bool
    is_headline: bool
    is_another: bool
    question: str | None


def merged(ballots: Sequence[Ballot]) -> list[Ballot]:
    """One ballot for each outcome, in order of the text; only statements of one assertion are
    merged.
    """
    outcomes: list[Ballot] = []
    for ballot in ballots:
        at = _same(outcomes, ballot)
        if at is None:
            outcomes.append(ballot)
        else:
            outcomes[at] = _joined(outcomes[at], ballot)
    return _without_summaries(_without_background(outcomes))


def _same(outcomes: Sequence[Ballot], new: Ballot) -> int | None:
    """The index of the outcome that ``new`` states again, or None."""
    for number, old in enumerate(outcomes):
        if old.assertion != new.assertion or old.body != new.body:
            continue
        if _counted(old) and _counted(new):
            if _agree(old, new):
                return number
        elif _is_a_side(old, new) or (
            old.direction == new.direction and not (new.is_another and not _counted(new))
        ):
            return number
    return None


def _is_a_side(old: Ballot, new: Ballot) -> bool:
    """Whether a count of one side is that of a vote just told: "9 of 13 against; four for"."""
    near_chars = 120
    if not _counted(old) or new.tally is None or new.start - old.end > near_chars:
        return False
    sides = {side for side in (new.tally.yes, new.tally.no) if side is not None}
    told = old.tally or Tally()
    return bool(sides) and sides <= {told.yes, told.no}


def _counted(ballot: Ballot) -> bool:
    return ballot.tally is not None and ballot.tally.yes is not None and ballot.tally.no is not None


def _agree(old: Ballot, new: Ballot) -> bool:
    """Whether two tallies are one; a headline, which has no room for them, may lack abstentions."""
    if _counts(old) == _counts(new):
        return True
    abstentions = [b.tally.abstain for b in (old, new) if b.tally]
    return (
        old.is_headline != new.is_headline
        and None in abstentions
        and _counts(old)[:2] == _counts(new)[:2]
    )


def _counts(ballot: Ballot) -> tuple[int | None, int | None, int]:
    tally = ballot.tally or Tally()
    return tally.yes, tally.no, tally.abstain or 0


def _joined(old: Ballot, new: Ballot) -> Ballot:
    """The earlier statement with what the later one adds: numbers, a name, the stage, words of the
    margin.

    The offsets move to the statement that gives the numbers: it is the better evidence.
    """
    better = new if _counted(new) and not _counted(old) else old
    named = old if old.is_named or not new.is_named else new
    is_trend = VoteStage.TREND in (old.stage, new.stage)
    return replace(
        better,
        committee=named.committee or old.committee or new.committee,
        is_named=named.is_named,
        stage=VoteStage.TREND if is_trend else old.stage,
        tally=_fuller(better.tally, old.tally, new.tally),
        margin=old.margin or new.margin,
        question=better.question or old.question or new.question,
    )


def _fuller(*tallies: Tally | None) -> Tally | None:
    """The first of the tallies, with the abstentions of another that counts the same votes."""
    stated = [tally for tally in tallies if tally is not None]
    if not stated or stated[0].abstain is not None:
        return stated[0] if stated else None
    sides = (stated[0].yes, stated[0].no)
    abstain = next(
        (t.abstain for t in stated if t.abstain is not None and (t.yes, t.no) == sides), None
    )
    return replace(stated[0], abstain=abstain)


def _without_background(ballots: Sequence[Ballot]) -> list[Ballot]:
    """History that only repeats today's outcome is dropped."""
    today = {(b.body, b.direction) for b in ballots if b.assertion == Assertion.OCCURRED}
    counts = {_counts(b) for b in ballots if b.assertion == Assertion.OCCURRED and _counted(b)}
    return [
        b
        for b in ballots
        if b.assertion == Assertion.OCCURRED
        or not (
            _counts(b) in counts
            if _counted(b)
            else (b.body, b.direction) in today and b.is_headline
        )
    ]


def _without_summaries(ballots: Sequence[Ballot]) -> list[Ballot]:
    """A headline's "panel divided" or "panel says no" sums up the questions that follow with their
    numbers.
    """
    counted = [b for b in ballots if b.assertion == Assertion.OCCURRED and _counted(b)]

    def is_summary(ballot: Ballot) -> bool:
        if (
            ballot.assertion != Assertion.OCCURRED
            or _counted(ballot)
            or ballot.direction != VoteDirection.SPLIT
        ):
            return False
        return any(b.body == ballot.body for b in counted)

    return [b for b in ballots if not is_summary(b)]
