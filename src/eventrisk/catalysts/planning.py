"""Which planned thing a time belongs to, and whether the words speak of a plan at all. Pure.

The things (*topline data*, *goal date*, and *conference call*, which is no catalyst) and the words
of planning and of history are rules of ``catalysts/rules.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from eventrisk.dates.times import TimeExpression
from eventrisk.labels import DatePrecision
from eventrisk.rules import Rule, rules

FILE = "catalysts/rules.toml"
BEFORE, AFTER = 300, 160  # characters of the clause that are read on either side of a time
WEAK_BEFORE = 120  # a weak thing must stand nearer
BESIDE = 15  # a sure thing this close behind a time belongs to it
NEAR = timedelta(days=240)  # how far ahead a day or month without its year may lie
SHORT = 120  # a line of at most this length plans without a verb


@dataclass(frozen=True, slots=True)
class Thing:
    """A planned thing, or one that is no catalyst (``type`` empty)."""

    start: int
    end: int
    type: str
    weak: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A time with the stretch of the sentence that belongs to it, offsets into the sentence."""

    text: str
    time: TimeExpression
    low: int
    high: int
    title: bool


def _things(text: str, low: int, high: int) -> list[Thing]:
    """All things between two offsets."""
    return [
        Thing(
            m.start(),
            m.end(),
            str(rule.keys.get("type", "")),
            rule.says("weak"),
            rule.says("sure"),
        )
        for rule in (*rules(FILE, "thing"), *rules(FILE, "other"))
        for m in rule.regex.finditer(text, low, high)
    ]


def thing_of(clause: Clause) -> Thing | None:
    """The thing a time belongs to: a sure one right behind it, the nearest before it, else the
    nearest after it.
    """
    time = clause.time
    after = sorted(_things(clause.text, time.end, clause.high), key=lambda t: (t.start, -t.end))
    beside = [t for t in after if t.sure and t.start - time.end <= BESIDE]
    if beside:
        return beside[0]
    before = sorted(_things(clause.text, clause.low, time.start), key=lambda t: (-t.end, t.start))
    strong = [*(t for t in before if not t.weak), *(t for t in after if not t.weak)]
    weak = [t for t in before if t.weak and time.start - t.end <= WEAK_BEFORE] + [
        t for t in after if t.weak
    ]
    return next(iter(strong or weak or _repeated(clause)), None)


def _repeated(clause: Clause) -> list[Thing]:
    """*Expected in Q2 and now expected in Q4*: the thing before the time before is meant again."""
    floor = max(0, clause.time.start - BEFORE)
    earlier = (
        [t for t in _things(clause.text, floor, clause.low) if not t.weak]
        if clause.low > floor
        else []
    )
    return sorted(earlier, key=lambda t: (-t.end, t.start))


def is_planned(clause: Clause, thing: Thing, release: date | None) -> bool:
    """Whether the words speak of a plan that stands, not of history."""
    text, time = clause.text, clause.time
    if _lapsed(clause) or _void(clause):
        return False
    if _certain(time, release):
        return True
    floor = max(0, time.start - BEFORE)
    plan = _last(rules(FILE, "plan"), text, floor, time.start)
    later = _last(rules(FILE, "plan"), text, time.end, clause.high)
    if time.when.precision is DatePrecision.RANGE:
        return plan is not None or later is not None
    past = _last(rules(FILE, "past"), text, floor, time.start)
    if past is not None:
        return (plan is not None and plan >= past) or (
            thing.sure and past < thing.start < time.start
        )
    if plan is None and _last(rules(FILE, "past"), text, time.end, clause.high) is not None:
        return False
    return thing.sure or (
        (plan is not None or later is not None or _bare(clause)) and _soon(time, release)
    )


def _lapsed(clause: Clause) -> bool:
    """Whether the words tell of a plan that no longer holds."""
    before = _last(rules(FILE, "lapsed"), clause.text, clause.low, clause.time.start)
    return (
        before is not None
        or _last(rules(FILE, "cancelled"), clause.text, clause.time.end, clause.high) is not None
    )


def _void(clause: Clause) -> bool:
    """Whether the time belongs to a reporting period or to something else right beside it."""
    text, time = clause.text, clause.time
    if any(rule.regex.search(text[time.end : time.end + BESIDE]) for rule in rules(FILE, "void")):
        return True
    return any(
        rule.regex.search(text, max(0, time.start - BEFORE), time.start)
        for rule in rules(FILE, "void_before")
    )


def _certain(time: TimeExpression, release: date | None) -> bool:
    """A dated window that has not begun can only be planned."""
    first = time.when.earliest
    return time.dated and release is not None and first is not None and first > release


def _soon(time: TimeExpression, release: date | None) -> bool:
    """Whether a day or month without its year lies near enough; a far one more likely means the
    past.
    """
    first = time.when.earliest
    return time.dated or release is None or first is None or first - release <= NEAR


def _bare(clause: Clause) -> bool:
    """Whether a title or a short line, which need no verb, speaks."""
    return clause.title or len(clause.text) <= SHORT


def _last(given: Iterable[Rule], text: str, low: int, high: int) -> int | None:
    """Where the last match of any of the rules between two offsets starts."""
    starts = [m.start() for rule in given for m in rule.regex.finditer(text, low, high)]
    return max(starts, default=None)
