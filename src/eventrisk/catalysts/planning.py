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
    by themselves (*goal date*), ``weak`` ones name an event only near a time.
    """

    start: int
    end: int
    type: str
    weak: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A time with the stretch of the sentence ``text`` that belongs to it."""

    text: str
    time: TimeExpression
    low: int
    high: int
    is_title: bool


def _planned_events(text: str, low: int, high: int) -> list[PlannedEvent]:
    """The planned events between two offsets, in order of the rules."""
    return [
        PlannedEvent(
            m.start(),
            m.end(),
            str(rule.keys.get("type", "")),
            rule.says("weak"),
            rule.says("sure"),
        )
        for rule in (*rules(FILE, "thing"), *rules(FILE, "other"))
        for m in rule.regex.finditer(text, low, high)
    ]


def event_of(clause: Clause) -> PlannedEvent | None:
    """The event a time belongs to: a sure one right behind it, the nearest before it, else the
    nearest after it; weak ones yield to others.
    """
    weak_before_chars = 120
    time = clause.time
    after = sorted(
        _planned_events(clause.text, time.end, clause.high), key=lambda t: (t.start, -t.end)
    )
    adjacent = [t for t in after if t.sure and t.start - time.end <= BESIDE_CHARS]
    if adjacent:
        return adjacent[0]
    before = sorted(
        _planned_events(clause.text, clause.low, time.start), key=lambda t: (-t.end, t.start)
    )
    strong = [*(t for t in before if not t.weak), *(t for t in after if not t.weak)]
    weak = [t for t in before if t.weak and time.start - t.end <= weak_before_chars] + [
        t for t in after if t.weak
    ]
    return next(iter(strong or weak or _repeated(clause)), None)


def _repeated(clause: Clause) -> list[PlannedEvent]:
    """*Expected in Q2 and now expected in Q4*: the event of the time before is repeated."""
    floor = max(0, clause.time.start - BEFORE_CHARS)
    earlier = (
        [t for t in _planned_events(clause.text, floor, clause.low) if not t.weak]
        if clause.low > floor
        else []
    )
    return sorted(earlier, key=lambda t: (-t.end, t.start))


def is_planned(clause: Clause, event: PlannedEvent, release: date | None) -> bool:
    """Whether the words speak of a plan that is in force, not of history."""
    text, time = clause.text, clause.time
    if _has_lapsed(clause) or _is_void(clause):
        return False
    if _is_certain(time, release):
        return True
    floor = max(0, time.start - BEFORE_CHARS)
    plan = _last(rules(FILE, "plan"), text, floor, time.start)
    later = _last(rules(FILE, "plan"), text, time.end, clause.high)
    if time.when.precision is DatePrecision.RANGE:
        return plan is not None or later is not None
    past = _last(rules(FILE, "past"), text, floor, time.start)
    if past is not None:
        return (plan is not None and plan >= past) or (
            event.sure and past < event.start < time.start
        )
    if plan is None and _last(rules(FILE, "past"), text, time.end, clause.high) is not None:
        return False
    return event.sure or (
        (plan is not None or later is not None or _needs_no_verb(clause))
        and _is_soon(time, release)
    )


def _has_lapsed(clause: Clause) -> bool:
    """Whether the plan is no longer in force."""
    before = _last(rules(FILE, "lapsed"), clause.text, clause.low, clause.time.start)
    return (
        before is not None
        or _last(rules(FILE, "cancelled"), clause.text, clause.time.end, clause.high) is not None
    )


def _is_void(clause: Clause) -> bool:
    """Whether the time belongs to a reporting period or to something else right beside it."""
    text, time = clause.text, clause.time
    if any(
        rule.regex.search(text[time.end : time.end + BESIDE_CHARS]) for rule in rules(FILE, "void")
    ):
        return True
    return any(
        rule.regex.search(text, max(0, time.start - BEFORE_CHARS), time.start)
        for rule in rules(FILE, "void_before")
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


def _needs_no_verb(clause: Clause) -> bool:
    """Whether the clause is of a title or a short line, which plan without a verb."""
    short_chars = 120
    return clause.is_title or len(clause.text) <= short_chars


def _last(last_of: Iterable[Rule], text: str, low: int, high: int) -> int | None:
    """Where the last match of any of the rules between two offsets starts."""
    starts = [m.start() for rule in last_of for m in rule.regex.finditer(text, low, high)]
    return max(starts, default=None)
