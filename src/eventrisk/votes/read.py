"""From a reading to vote records: who voted, which way, how many, and whether it is today's news.

One record a committee outcome: headline, lead and quote that repeat it are merged; a panel that
answers several questions, or splits by subgroup, gives one record each. An opinion of the past,
planned or feared keeps its assertion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from eventrisk.labels import (
    TITLE_SECTIONS,
    Assertion,
    SectionKind,
    VoteBody,
    VoteDirection,
    VoteStage,
)
from eventrisk.reading import Reading, Sentence
from eventrisk.results import Vote
from eventrisk.rules import fold
from eventrisk.votes.committees import Committee, committee_of, committees, default_body
from eventrisk.votes.merging import Ballot, merged
from eventrisk.votes.past import is_of_the_past
from eventrisk.votes.statements import Statement, statements
from eventrisk.votes.tallies import Tally, read_tally
from eventrisk.votes.words import readings, says

PAST = (SectionKind.ABOUT, SectionKind.SAFETY_INFORMATION)
LEAD = 4  # sentences of the body that open it and tell the news
CLAUSE = 160  # characters after a statement that may hold the question that was put
ADVISERS = (VoteBody.FDA_ADVISORY_COMMITTEE, VoteBody.ACIP, VoteBody.CHMP)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a statement stands: its sentence's offsets, the neighbours between which its clause
    lies, and the verb that its bare number completes ("*rejected* the drug by a *9-5 vote*").
    """

    sentence: tuple[int, int]
    left: int
    right: int
    is_loud: bool
    verb: str


def read_votes(reading: Reading) -> tuple[Vote, ...]:
    """The votes of a release in order of the text, today's first told first; offsets are those of
    ``reading.text``.
    """
    folded = fold(reading.text)
    stated = statements(reading.text, reading.sentences)
    if not stated:
        return ()
    known = committees(reading, folded)
    leads = _lead_sentences(reading)
    ballots = [_ballot(reading, folded, stated, i, known, leads) for i in range(len(stated))]
    return tuple(
        _record(ballot) for ballot in merged(_in_time(ballots, _announced(reading, folded)))
    )


def _lead_sentences(reading: Reading) -> set[int]:
    """The numbers of the sentences that open the body."""
    body = [
        i
        for i, s in enumerate(reading.sentences)
        if s.section in (SectionKind.BODY, SectionKind.DATELINE)
    ]
    return set(body[:LEAD])


def _ballot(
    reading: Reading,
    folded: str,
    stated: Sequence[Statement],
    at: int,
    known: Sequence[Committee],
    leads: set[int],
) -> Ballot:
    """One statement as a ballot of its own."""
    one = stated[at]
    sentence = reading.sentences[one.sentence]
    place = _place(folded, stated, at, sentence)
    words, whole = folded[one.start : one.end], folded[sentence.start : sentence.end]
    who = committee_of(one.start, one.end, place.sentence, known)
    direction, tally = _outcome(folded, one, place)
    body = who.body if who else default_body(folded)
    stage = _stage(body, words, whole)
    is_lead = place.is_loud or one.sentence in leads
    return Ballot(
        start=one.start,
        end=one.end,
        body=body,
        committee=who.name if who else None,
        is_named=bool(who and who.is_named),
        stage=stage,
        direction=direction,
        tally=tally,
        margin=_margin(folded, one, place, tally),
        assertion=_meant(reading, folded, one, place, stage),
        is_news=is_lead or says("today", whole) is not None,
        is_loud=place.is_loud,
        is_another=says("another", folded[place.left : one.end]) is not None,
    )


def _meant(
    reading: Reading, folded: str, one: Statement, place: _Place, stage: VoteStage
) -> Assertion:
    """How the statement is meant, by its words, its section and the dates beside it."""
    if one.assertion == Assertion.HISTORICAL and place.is_loud and stage == VoteStage.TREND:
        return (
            Assertion.OCCURRED
        )  # "withdraws its application after negative trend vote" tells both
    if one.assertion != Assertion.OCCURRED:
        return one.assertion
    today = date.fromisoformat(reading.date) if reading.date else None
    renews = (
        says("renewed", folded[place.left : one.end]) is not None
    )  # the date is that of the first opinion
    before, after = folded[place.left : one.start], "" if renews else folded[one.end : place.right]
    before = before.rsplit(" and ", 1)[-1] if renews else before
    is_past = reading.sentences[one.sentence].section in PAST or is_of_the_past(
        before, after, today
    )
    return Assertion.HISTORICAL if is_past else Assertion.OCCURRED


def _place(folded: str, stated: Sequence[Statement], at: int, sentence: Sentence) -> _Place:
    one = stated[at]
    left = max(sentence.start, stated[at - 1].end if at else 0)
    right = min(sentence.end, one.end + CLAUSE, *(s.start for s in stated[at + 1 : at + 2]))
    verb = ""
    if at and stated[at - 1].sentence == one.sentence and one.completes:
        before = folded[stated[at - 1].start : stated[at - 1].end]
        verb = f"{before} " if read_tally(before) is None else ""
    return _Place(
        (sentence.start, sentence.end),
        left,
        max(right, one.end),
        sentence.section in TITLE_SECTIONS,
        verb,
    )


def _outcome(folded: str, one: Statement, place: _Place) -> tuple[VoteDirection, Tally | None]:
    """Direction and tally, read together: "8 to 6 that another trial is needed" is a yes that
    hurts.
    """
    words, around = folded[one.start : one.end], folded[place.left : place.right]
    is_apart = place.is_loud and one.apart
    clause = place.verb + (
        around if is_apart else words + _that_clause(folded[one.end : place.right])
    )
    tally = read_tally(words, folded[place.left : one.start])
    asks_for_more = says("question", around) is not None
    refuses = says("negative", clause) is not None and says("reversal", clause) is None
    refuses = refuses or says("answer", around) is not None
    needs_no_more = says("relief", around) is not None
    if tally is None or tally.yes is None or tally.no is None:
        if says("split", words):
            return VoteDirection.SPLIT, tally
        hurts = (
            refuses or (asks_for_more and says("question", clause) is not None)
        ) and not needs_no_more
        return (VoteDirection.NEGATIVE if hurts else VoteDirection.POSITIVE), tally
    if refuses or needs_no_more:
        tally = tally.turned()
    return _direction(tally, asks_for_more or needs_no_more), tally


def _direction(tally: Tally, asks_for_more: bool) -> VoteDirection:
    """Which way a count goes, where a yes to "is more needed?" hurts."""
    yes, no = tally.yes or 0, tally.no or 0
    if yes == no:
        return VoteDirection.SPLIT
    return VoteDirection.POSITIVE if (yes > no) != asks_for_more else VoteDirection.NEGATIVE


def _that_clause(after: str) -> str:
    """What was voted on, where it follows the vote directly ("… that", "… against"), up to the next
    stop.
    """
    starts = (
        " that ",
        " against ",
        ", that ",
        " on a finding that ",
        " of delaying ",
        " of rejecting ",
        " of waiting ",
    )
    return after.split(".")[0].split(";")[0] if after.startswith(starts) else ""


def _stage(body: VoteBody, words: str, sentence: str) -> VoteStage:
    if body == VoteBody.CHMP:
        return (
            VoteStage.TREND
            if says("trend", words) or says("trend", sentence)
            else VoteStage.OPINION
        )
    return (
        VoteStage.OPINION
        if body == VoteBody.OTHER_COMMITTEE and says("opinion", words)
        else VoteStage.RECOMMENDATION
    )


def _margin(folded: str, one: Statement, place: _Place, tally: Tally | None) -> str | None:
    """The words of the margin, where no numbers are given."""
    if tally is not None and tally.no is not None:
        return None
    return says("margin", folded[one.start : one.end]) or says(
        "margin", folded[place.left : one.start][-40:]
    )


def _announced(reading: Reading, folded: str) -> set[str]:
    """The bodies whose outcome a headline announces without telling it; ``*`` for all of them."""
    bodies: set[str] = set()
    for sentence in reading.of(*TITLE_SECTIONS):
        words = folded[sentence.start : sentence.end]
        bodies |= {
            str(rule.keys["body"]) for rule in readings("headline") if rule.regex.search(words)
        }
    return bodies


def _in_time(ballots: Sequence[Ballot], announced: set[str]) -> list[Ballot]:
    """What only stands in the background of another story is history.

    A body whose outcome is told in headline, lead or as today's makes its other statements news
    too.
    """
    telling = {b.body for b in ballots if b.is_news and b.assertion == Assertion.OCCURRED}

    def is_background(ballot: Ballot) -> bool:
        if ballot.assertion != Assertion.OCCURRED or ballot.body in telling:
            return False
        return not announced & {"*", str(ballot.body)}

    return [replace(b, assertion=Assertion.HISTORICAL) if is_background(b) else b for b in ballots]


def _record(ballot: Ballot) -> Vote:
    tally = ballot.tally or Tally()
    advises = ballot.body in ADVISERS or ballot.stage == VoteStage.OPINION
    return Vote(
        body=ballot.body,
        committee=ballot.committee,
        stage=ballot.stage,
        direction=ballot.direction,
        yes=tally.yes,
        no=tally.no,
        abstain=tally.abstain,
        binding=False if advises else None,
        margin=ballot.margin if tally.no is None else None,
        assertion=ballot.assertion,
        start=ballot.start,
        end=ballot.end,
    )
