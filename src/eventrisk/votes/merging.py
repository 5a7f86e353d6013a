"""Which statements of votes are one outcome told several times: pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eventrisk.labels import Assertion, VoteBody, VoteDirection, VoteStage
from eventrisk.votes.tallies import Tally


@dataclass(frozen=True, slots=True)
class Ballot:
    """One statement of an outcome, read; ``is_news``: it stands where today's news is told,
    ``is_loud``: headline.
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
    is_loud: bool
    is_another: bool


def merged(ballots: Sequence[Ballot]) -> list[Ballot]:
    """One ballot an outcome, in order of the text; only statements of one assertion are merged."""
    out: list[Ballot] = []
    for ballot in ballots:
        at = _same(out, ballot)
        if at is None:
            out.append(ballot)
        else:
            out[at] = _joined(out[at], ballot)
    return _without_summaries(_without_background(out))


def _same(known: Sequence[Ballot], new: Ballot) -> int | None:
    """The number of the outcome that ``new`` tells again, or None."""
    for number, old in enumerate(known):
        if old.assertion != new.assertion or old.body != new.body:
            continue
        if _counted(old) and _counted(new):
            if _agree(old, new):
                return number
        elif old.direction == new.direction and not (new.is_another and not _counted(new)):
            return number
    return None


def _counted(ballot: Ballot) -> bool:
    return ballot.tally is not None and ballot.tally.yes is not None and ballot.tally.no is not None


def _agree(old: Ballot, new: Ballot) -> bool:
    """Whether two tallies are one; a headline, which has no room for abstentions, need not tell
    them.
    """
    if _numbers(old) == _numbers(new):
        return True
    known = [b.tally.abstain for b in (old, new) if b.tally]
    return old.is_loud != new.is_loud and None in known and _numbers(old)[:2] == _numbers(new)[:2]


def _numbers(ballot: Ballot) -> tuple[int | None, int | None, int]:
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
    )


def _fuller(*tallies: Tally | None) -> Tally | None:
    """The first of the tallies, with the abstentions of another that counts the same votes."""
    told = [tally for tally in tallies if tally is not None]
    if not told or told[0].abstain is not None:
        return told[0] if told else None
    sides = (told[0].yes, told[0].no)
    abstain = next(
        (t.abstain for t in told if t.abstain is not None and (t.yes, t.no) == sides), None
    )
    return replace(told[0], abstain=abstain)


def _without_background(ballots: Sequence[Ballot]) -> list[Ballot]:
    """History that only repeats today's outcome is dropped."""
    today = {(b.body, b.direction) for b in ballots if b.assertion == Assertion.OCCURRED}
    numbers = {_numbers(b) for b in ballots if b.assertion == Assertion.OCCURRED and _counted(b)}
    return [
        b
        for b in ballots
        if b.assertion == Assertion.OCCURRED
        or not (
            _numbers(b) in numbers if _counted(b) else (b.body, b.direction) in today and b.is_loud
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
