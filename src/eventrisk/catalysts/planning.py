"""Which planned event a time belongs to, and whether the words speak of a plan at all. Pure.

The events (*topline data*, *goal date*, and *conference call*, which is no catalyst) and the words
of planning and of history are rules of ``catalysts/rules.toml``. Offsets are half-open, into the
sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from eventrisk.dates.times import TimeExpression
from eventrisk.labels import DatePrecision
from eventrisk.rules import Rule, rules

FILE = "catalysts/rules.toml"
BEFORE_CHARS, AFTER_CHARS = 300, 160  # of the clause that are read on either side of a time
BESIDE_CHARS = 15  # on either side of a time: words this close belong to it


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """A planned event, or one that is no catalyst (``type`` empty). ``sure`` words speak of a plan
    by themselves (*goal date*), ``weak`` ones name an event only near a time; a meeting ``of_data``
    is a plan only where data are told of.
    """

    start: int
    end: int
    type: str
    weak: bool
    sure: bool
    of_data: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A time with the stretch of the sentence ``text`` that belongs to it."""

    text: str
    time: TimeExpression
    low: int
    high: int
    is_title: bool


def planned_events(text: str, low: int, high: int) -> list[PlannedEvent]:
    """The planned events between two offsets, in order of the rules."""
    return [
        PlannedEvent(
            m.start(),
            m.end(),
            str(rule.keys.get("type", "")),
            rule.says("weak"),
            rule.says("sure"),
            rule.says("of_data"),
        )
        for rule in (*rules(FILE, "thing"), *rules(FILE, "other"))
        for m in rule.regex.finditer(text, low, high)
    ]


def has_border(between: str) -> bool:
    """Whether punctuation parts two items of a list or two sentences."""
    return any(rule.regex.search(between) for rule in rules(FILE, "border"))


def is_planned(clause: Clause, event: PlannedEvent, release: date | None) -> bool:
    """Whether the words speak of a plan that is in force, not of history."""
    if _has_lapsed(clause) or _is_void(clause, event) or _has_taken(clause):
        return False
    if _is_certain(clause.time, release):
        return True
    return not _is_far(clause.time, release) and _is_worded(clause, event, release)


def _is_worded(clause: Clause, event: PlannedEvent, release: date | None) -> bool:
    """Whether words of planning stand by the time, nearer than words of history."""
    text, time = clause.text, clause.time
    floor = max(0, time.start - BEFORE_CHARS)
    plan = _last(rules(FILE, "plan"), text, floor, time.start)
    later = _last(rules(FILE, "plan"), text, time.end, clause.high)
    past = _last(rules(FILE, "past"), text, floor, time.start)
    is_planned_here = plan is not None or later is not None
    if time.when.precision is DatePrecision.RANGE:
        return is_planned_here or (not time.counted and _is_listed(clause, past))
    if is_moved(clause) and _is_soon(time, release):
        return True
    if past is not None:
        return _outweighs(clause, event, plan, past, release)
    if plan is None and _last(rules(FILE, "past"), text, time.end, clause.high) is not None:
        return False
    is_told = is_planned_here or _needs_no_verb(clause) or _is_beside(clause, event)
    return event.sure or (is_told and _is_soon(time, release))


def _outweighs(
    clause: Clause, event: PlannedEvent, plan: int | None, past: int, release: date | None
) -> bool:
    """Whether the time is a plan's although words of history stand at ``past`` before it."""
    if _is_next_item(clause, event, past):
        return _is_soon(clause.time, release)
    is_nearer = plan is not None and plan >= past
    return is_nearer or (event.sure and past < event.start < clause.time.start)


def is_moved(clause: Clause) -> bool:
    """Whether the time takes the place of an earlier one: *moved its deadline to July 26*."""
    before = clause.text[: clause.time.start]
    return any(rule.regex.search(before) for rule in rules(FILE, "moved"))


def _is_listed(clause: Clause, past: int | None) -> bool:
    """Whether a time stands in a title or short line that tells of nothing done."""
    behind = _last(rules(FILE, "past"), clause.text, clause.time.end, clause.high)
    return past is None and behind is None and _needs_no_verb(clause)


def _is_beside(clause: Clause, event: PlannedEvent) -> bool:
    """Whether nothing parts an event from a time behind it: *sNDA Q1*."""
    text, time = clause.text, clause.time
    return event.end <= time.start and not text[event.end : time.start].strip(" :(")


def _is_next_item(clause: Clause, event: PlannedEvent, past: int) -> bool:
    """Whether event and time stand alone behind what is done: *IND cleared, first dosing Q1*."""
    between = clause.text[past : event.start] if past < event.start else ""
    is_apart = any(sign in between for sign in (", ", "; ", " - ", " – "))
    return is_apart and _is_beside(clause, event)


def _has_lapsed(clause: Clause) -> bool:
    """Whether the plan is no longer in force."""
    before = _last(rules(FILE, "lapsed"), clause.text, clause.low, clause.time.start)
    return (
        before is not None
        or _last(rules(FILE, "cancelled"), clause.text, clause.time.end, clause.high) is not None
    )


def _has_taken(clause: Clause) -> bool:
    """Whether a length of time is what something took: *enrolment was completed in nine months*."""
    text, time = clause.text, clause.time
    if not time.counted:
        return False
    took = _last(rules(FILE, "took"), text, clause.low, time.start)
    if took is not None:
        return _last(rules(FILE, "plan"), text, clause.low, took) is None
    after = text[time.end : clause.high]
    opens = not text[max(0, time.start - 3) : time.start].strip(" (–-")
    return (
        opens
        and any(rule.regex.search(after) for rule in rules(FILE, "past"))
        and (_last(rules(FILE, "plan"), text, time.end, clause.high) is None)
    )


def _is_void(clause: Clause, event: PlannedEvent) -> bool:
    """Whether the time belongs to a reporting period or to something else right beside it."""
    text, time = clause.text, clause.time
    behind = text[time.end : time.end + BESIDE_CHARS]
    if not _is_bound(clause, event) and any(r.regex.search(behind) for r in rules(FILE, "void")):
        return True
    if time.words.lower().startswith("not "):  # not before May
        return True
    return any(
        rule.regex.search(text, max(0, time.start - BEFORE_CHARS), time.start)
        for rule in rules(FILE, "void_before")
    )


def _is_bound(clause: Clause, event: PlannedEvent) -> bool:
    """Whether an event holds its time so closely that what begins with a capital behind it is the
    next item of a list that ran together: *data due in Q1 2027 Cash of $40 million*.
    """
    max_chars = 40
    text, time = clause.text, clause.time
    between = text[event.end : time.start]
    return (
        0 <= time.start - event.end <= max_chars
        and text[time.end : time.end + 2].strip()[:1].isupper()
        and not has_border(between.rstrip(" :-–"))
        and any(rule.regex.search(text[event.start : time.start]) for rule in rules(FILE, "bound"))
    )


def _is_certain(time: TimeExpression, release: date | None) -> bool:
    """A dated window that has not begun can only be planned."""
    first = time.when.earliest
    return time.dated and release is not None and first is not None and first > release


def _is_soon(time: TimeExpression, release: date | None) -> bool:
    """Whether a day or month without its year lies near enough; a far one more likely means the
    past.
    """
    near = timedelta(days=240)
    first = time.when.earliest
    return time.dated or release is None or first is None or first - release <= near


def _is_far(time: TimeExpression, release: date | None) -> bool:
    """Whether a single day without its year lies so far ahead that the last one is meant."""
    far = timedelta(days=300)
    first = time.when.earliest
    is_day = time.when.precision is DatePrecision.DAY and not time.dated
    return is_day and release is not None and first is not None and first - release > far


def _needs_no_verb(clause: Clause) -> bool:
    """Whether the clause is of a title or a short line, which plan without a verb."""
    short_chars = 120
    return clause.is_title or len(clause.text) <= short_chars


def _last(last_of: Iterable[Rule], text: str, low: int, high: int) -> int | None:
    """Where the last match of any of the rules between two offsets starts."""
    starts = [m.start() for rule in last_of for m in rule.regex.finditer(text, low, high)]
    return max(starts, default=None)


def lies_ahead(time: TimeExpression, release: date | None) -> bool:
    """Whether a time lies ahead of the release; an unresolved one counts where there is no release
    date. What lies more than four years ahead is a forecast of a market, not a plan.
    """
    horizon = timedelta(days=4 * 366)
    first, last = time.when.earliest, time.when.latest
    if release is None or first is None or last is None:
        return release is None or time.when.precision is DatePrecision.YEAR
    return timedelta(0) < last - release <= horizon
