"""From a reading to vote records: committee, direction, tally and assertion.

One record for each outcome: headline, lead paragraph and quote that repeat it are merged; a panel
that answers several questions, or splits by subgroup, gives one record each. Records of past,
planned or possible outcomes are listed with their assertion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from eventrisk.labels import (
    TITLE_SECTIONS,
    Assertion,
    SectionKind,
    VoteBody,
    VoteStage,
)
from eventrisk.links import Linker
from eventrisk.reading import Reading, Sentence
from eventrisk.results import Vote
from eventrisk.rules import fold
from eventrisk.votes.committees import Committee, committee_of, default_body, find_committees
from eventrisk.votes.directions import AFTER_CHARS, Place, asked, proposed, read_outcome
from eventrisk.votes.merging import Ballot, merged
from eventrisk.votes.past import RECENT_DAYS, is_of_the_past
from eventrisk.votes.statements import Statement, find_statements
from eventrisk.votes.tallies import Tally, read_tally
from eventrisk.votes.words import matched, readings

PAST_SECTIONS = (SectionKind.ABOUT, SectionKind.SAFETY_INFORMATION)
HEADLINE_DAYS = 330  # within which the dated vote of a headline is its news
ADVISERS = (VoteBody.FDA_ADVISORY_COMMITTEE, VoteBody.ACIP, VoteBody.CHMP)


def read_votes(reading: Reading) -> tuple[Vote, ...]:
    """The votes of a release in order of the text; offsets are half-open, into ``reading.text``."""
    folded = fold(reading.text)
    statements = find_statements(reading.text, reading.sentences)
    if not statements:
        return ()
    committees = find_committees(reading, folded)
    lead_sentences = _lead_sentences(reading)
    ballots = [
        _ballot(reading, folded, statements, i, committees, lead_sentences)
        for i in range(len(statements))
    ]
    outcomes = merged(_with_history(ballots, _announced_bodies(reading, folded)))
    return tuple(_linked([_record(ballot) for ballot in outcomes], reading))


def _linked(votes: Sequence[Vote], reading: Reading) -> Iterator[Vote]:
    """The votes with the products and diseases that were voted on."""
    linker = Linker(reading)
    rivals = [(v.start, v.end) for v in votes]
    for vote in votes:
        links = linker.of(vote.start, vote.end, rivals)
        yield replace(vote, drugs=links.drugs, indications=links.indications)


def _lead_sentences(reading: Reading) -> set[int]:
    """The numbers of the sentences of the lead paragraph: the first four of the body."""
    lead_sentences, sections = 4, (SectionKind.BODY, SectionKind.DATELINE)
    body = [number for number, s in enumerate(reading.sentences) if s.section in sections]
    return set(body[:lead_sentences])


def _ballot(
    reading: Reading,
    folded: str,
    statements: Sequence[Statement],
    at: int,
    committees: Sequence[Committee],
    lead_sentences: set[int],
) -> Ballot:
    """One statement as a ballot of its own."""
    statement = statements[at]
    sentence = reading.sentences[statement.sentence]
    place = _place(folded, statements, at, reading.sentences)
    words, sentence_words = (
        folded[statement.start : statement.end],
        folded[sentence.start : sentence.end],
    )
    committee = committee_of(statement.start, statement.end, place.sentence, committees)
    outcome = read_outcome(folded, statement, place)
    body = committee.body if committee else default_body(folded)
    stage = _stage(body, words, sentence_words)
    is_lead = place.is_headline or statement.sentence in lead_sentences
    return Ballot(
        start=statement.start,
        end=statement.end,
        body=body,
        committee=committee.name if committee else None,
        is_named=bool(committee and committee.is_named),
        stage=stage,
        direction=outcome.direction,
        tally=outcome.tally,
        margin=_margin(folded, statement, place, outcome.tally),
        assertion=_assertion(reading, folded, statement, place, stage),
        is_news=is_lead or matched("today", sentence_words) is not None,
        is_headline=place.is_headline,
        is_another=matched("another", folded[place.left : statement.end]) is not None,
        question=_question(reading.text, folded, statement, place),
    )


def _question(text: str, folded: str, statement: Statement, place: Place) -> str | None:
    """The words voted on, on one line."""
    span = place.asked or proposed(folded, statement, place)
    return " ".join(text[span[0] : span[1]].split()) if span else None


def _assertion(
    reading: Reading, folded: str, statement: Statement, place: Place, stage: VoteStage
) -> Assertion:
    """The assertion of a statement, by its words, its section and the dates beside it."""
    is_trend_headline = place.is_headline and stage == VoteStage.TREND
    if statement.assertion == Assertion.HISTORICAL and is_trend_headline:
        return Assertion.OCCURRED  # "withdraws its application after negative trend vote"
    if statement.assertion != Assertion.OCCURRED:
        return statement.assertion
    today = date.fromisoformat(reading.date) if reading.date else None
    before, after = folded[place.left : statement.start], folded[statement.end : place.right]
    if matched("renewed", folded[place.left : statement.end]):
        before, after = before.rsplit(" and ", 1)[-1], ""  # other dates are of the first opinion
    for rule in readings("undone"):
        if undone := rule.regex.search(after):
            after = after[: undone.start()]
    in_past_section = reading.sentences[statement.sentence].section in PAST_SECTIONS
    recent_days = HEADLINE_DAYS if place.is_headline else RECENT_DAYS
    is_past = in_past_section or is_of_the_past(before, after, today, recent_days=recent_days)
    return Assertion.HISTORICAL if is_past else Assertion.OCCURRED


def _place(
    folded: str, statements: Sequence[Statement], at: int, sentences: Sequence[Sentence]
) -> Place:
    statement = statements[at]
    sentence = sentences[statement.sentence]
    left = max(sentence.start, statements[at - 1].end if at else 0)
    following = (s.start for s in statements[at + 1 : at + 2])
    right = max(min(sentence.end, statement.end + AFTER_CHARS, *following), statement.end)
    if right < sentence.end and folded[right - 1 : right + 1].isalnum():  # no half of a word
        right = max(folded.rfind(" ", statement.end, right), statement.end)
    verb = ""
    if at and statements[at - 1].sentence == statement.sentence and statement.completes:
        before = folded[statements[at - 1].start : statements[at - 1].end]
        verb = f"{before} " if read_tally(before) is None else ""
    earlier = [
        (s.start, s.end) for s in sentences[max(0, statement.sentence - 1) : statement.sentence]
    ]
    return Place(
        (sentence.start, sentence.end),
        left,
        right,
        sentence.section in TITLE_SECTIONS,
        verb,
        asked(folded, statement, left, right, earlier),
    )


def _stage(body: VoteBody, words: str, sentence: str) -> VoteStage:
    if body == VoteBody.CHMP:
        return (
            VoteStage.TREND
            if matched("trend", words) or matched("trend", sentence)
            else VoteStage.OPINION
        )
    return (
        VoteStage.OPINION
        if body == VoteBody.OTHER_COMMITTEE and matched("opinion", words)
        else VoteStage.RECOMMENDATION
    )


def _margin(folded: str, statement: Statement, place: Place, tally: Tally | None) -> str | None:
    """The words of the margin (*by a wide majority*), where no votes against are counted."""
    before_chars = 40
    if tally is not None and tally.no is not None:
        return None
    return matched("margin", folded[statement.start : statement.end]) or matched(
        "margin", folded[place.left : statement.start][-before_chars:]
    )


def _announced_bodies(reading: Reading, folded: str) -> set[str]:
    """The bodies whose outcome a title announces without stating it; ``*`` for all of them."""
    bodies: set[str] = set()
    for sentence in reading.of(*TITLE_SECTIONS):
        words = folded[sentence.start : sentence.end]
        bodies |= {
            str(rule.keys["body"]) for rule in readings("headline") if rule.regex.search(words)
        }
    return bodies


def _with_history(ballots: Sequence[Ballot], announced: set[str]) -> list[Ballot]:
    """What only stands in the background of another story is history.

    Where one outcome of a body is news, or a title announces it, its other statements are news too.
    """
    with_news = {b.body for b in ballots if b.is_news and b.assertion == Assertion.OCCURRED}

    def is_background(ballot: Ballot) -> bool:
        if ballot.assertion != Assertion.OCCURRED or ballot.body in with_news:
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
        question=ballot.question,
    )
