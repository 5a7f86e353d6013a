"""Direction, tally and question of a statement, read together: pure functions over folded text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eventrisk.labels import Assertion, VoteDirection
from eventrisk.votes.stances import Stance, clause_end, find_object, read_stance, refuses, restrains
from eventrisk.votes.statements import Statement
from eventrisk.votes.tallies import Tally, read_tally
from eventrisk.votes.words import matched, objects

AFTER_CHARS = 240  # behind a statement, within which what was voted on may stand


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: the half-open offsets of its sentence, the ends ``left`` and
    ``right`` of its clause, and the verb that its bare number completes ("*rejected* the drug by a
    *9-5 vote*"). ``asked`` are the offsets of the words voted on, where a question tells them.
    """

    sentence: tuple[int, int]
    left: int
    right: int
    is_headline: bool
    verb: str
    asked: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a statement says: its direction, and its numbers where it gives some."""

    direction: VoteDirection
    tally: Tally | None


def read_outcome(folded: str, statement: Statement, place: Place) -> Outcome:
    """Direction and tally of a statement; numbers alone count the votes for the product first."""
    words = folded[statement.start : statement.end]
    tally = read_tally(words, folded[place.left : statement.start])
    stance = _stance(folded, statement, place)
    if tally is None or tally.yes is None or tally.no is None:
        if matched("split", words):
            return Outcome(VoteDirection.SPLIT, tally)
        return Outcome(_sign(not stance.is_negative), tally)
    if tally.yes == tally.no:
        return Outcome(VoteDirection.SPLIT, tally)
    if not tally.is_pair:
        return Outcome(
            _sign((tally.yes > tally.no) != _asks_in_the_negative(folded, place, stance)), tally
        )
    tally = tally.swapped() if stance.is_negative else tally
    return Outcome(_sign((tally.yes or 0) > (tally.no or 0)), tally)


def _sign(is_positive: bool) -> VoteDirection:
    return VoteDirection.POSITIVE if is_positive else VoteDirection.NEGATIVE


def _asks_in_the_negative(folded: str, place: Place, stance: Stance) -> bool:
    """Whether a yes to what was asked hurts the product."""
    if place.asked is None:
        return stance.restrains
    question = folded[place.asked[0] : place.asked[1]]
    return restrains(question) != (matched("doubt", question) is not None)


def _stance(folded: str, statement: Statement, place: Place) -> Stance:
    words, around = folded[statement.start : statement.end], folded[place.left : place.right]
    after = folded[statement.end : place.right]
    if matched("signed", words):
        return Stance(refuses(words), restrains=False)
    if place.is_headline and statement.apart and statement.assertion == Assertion.OCCURRED:
        verb = clause = place.verb + around
    else:
        verb = place.verb + words + _that_clause(after)
        clause = place.verb + words + after
    stance = read_stance(verb, clause)
    if matched("answer", around):
        stance = Stance(refuses=True, restrains=stance.restrains)
    is_asked = place.asked is not None and place.asked[1] <= statement.start
    if place.asked is not None and is_asked and find_object(clause) is None:
        question = folded[place.asked[0] : place.asked[1]]
        stance = Stance(stance.refuses, restrains(question))
    return stance


def _that_clause(after: str) -> str:
    """What was voted on, where it follows the vote directly ("… that", "… against"), up to the next
    semicolon; else an empty text.
    """
    starts = (
        " that ",
        " against ",
        ", that ",
        " on a finding that ",
        " of delaying ",
        " of rejecting ",
        " of waiting ",
        " data ",
        " evidence ",
        " benefits ",
        " risks ",
    )
    return after.split(";")[0] if after.startswith(starts) else ""


def asked(
    folded: str, statement: Statement, left: int, right: int, earlier: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """The offsets of the words voted on: behind the statement, before it in its clause, inside it,
    or a question that ends one of the ``earlier`` stretches; None where none are told.
    """
    places = (
        ("asked-after", statement.end, min(right, statement.end + AFTER_CHARS)),
        ("asked", left, statement.start),
        ("asked-after", *_inside(folded, statement)),
        *(("asked", start, end) for start, end in earlier),
    )
    for role, start, end in places:
        for rule in objects(role):
            if match := rule.regex.search(folded[start:end]):
                low, high = match.span("question")
                words = match["question"]
                return start + low, start + high - (len(words) - len(words.rstrip(" ,.")))
    return None


def proposed(folded: str, statement: Statement, place: Place) -> tuple[int, int] | None:
    """The offsets of what a committee was for or against ("*removal of the drug from the market*"),
    up to the end of its clause; None where only the product is named.
    """
    words = folded[statement.start : place.right]
    found = (
        None if matched("signed", words[: statement.end - statement.start]) else find_object(words)
    )
    if found is None:
        return None
    end = clause_end(words, found.end)
    return statement.start + found.start, statement.start + len(words[:end].rstrip(" ,."))


def _inside(folded: str, statement: Statement) -> tuple[int, int]:
    at = folded.find(" that ", statement.start, statement.end)
    return (at, statement.end) if at >= 0 else (statement.end, statement.end)
