"""The assertion of a cue: occurred, scheduled, hypothetical, negated, historical or resolved, read
from its clause.

In the spirit of ConText (Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002), with the triggers of
press releases. All text is folded (``fold``); offsets are half-open, into the folded sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from eventrisk.dates.months import is_month_stop
from eventrisk.dates.stated import Required, stated_days
from eventrisk.labels import Assertion
from eventrisk.lexicon import read_tables
from eventrisk.rules import BREAK, Rule, rules

RULES = "events/assertion.toml"
ORDER = (
    Assertion.HYPOTHETICAL,
    Assertion.NEGATED,
    Assertion.RESOLVED,
    Assertion.HISTORICAL,
    Assertion.SCHEDULED,
)
PAST_DAYS = 45  # an event dated longer ago than this is no news
DATE_CHARS = 70  # before and after a cue, within which its date lies


@dataclass(frozen=True, slots=True)
class Clause:
    """The words around a cue, up to the next terminator on either side; the cue is in neither."""

    before: str
    after: str


@lru_cache(maxsize=1)
def triggers() -> tuple[Rule, ...]:
    """The trigger rules; where several fire, the assertion that comes first in ``ORDER`` counts."""
    return tuple(
        sorted(rules(RULES, ""), key=lambda p: ORDER.index(Assertion(p.keys["assertion"])))
    )


@lru_cache(maxsize=1)
def terminator() -> re.Pattern[str]:
    """The words that end a clause."""
    return re.compile(BREAK.sub("", read_tables(RULES)["clause"]["terminated_by"]))


@lru_cache(maxsize=1)
def inside() -> Rule:
    """What denies a cue between its own words: ``FDA has not approved``."""
    return rules(RULES, "inside")[0]


def clause(sentence: str, start: int, end: int) -> Clause:
    """The clause around ``sentence[start:end]``, at most 240 characters before and 160 after it."""
    before_chars, after_chars = 240, 160
    first = max(0, start - before_chars)
    for match in _ends(sentence, first, start):
        first = match.end()
    last = end + after_chars
    stop = next(_ends(sentence, end, last), None)
    return Clause(sentence[first:start], sentence[end : stop.start() if stop else last])


def _ends(sentence: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The terminators between two offsets; the stop of *Jan. 14* is none."""
    for match in terminator().finditer(sentence, start, end):
        if match[0] != ". " or not is_month_stop(sentence, match.start()):
            yield match


def assert_cue(
    sentence: str,
    start: int,
    end: int,
    release: date | None = None,
    *,
    event: str = "",
    plan: bool = False,
    headline: bool = False,
    denial: bool = False,
) -> Assertion:
    """The assertion of the cue at ``sentence[start:end]`` of a folded sentence.

    Without a ``release`` date no stated day makes a cue historical. ``event`` is the cue's type.
    ``plan`` marks decisions that are news when announced (``to withdraw``); ``headline`` that the
    sentence is one, where dates and ``following`` belong to the story and not to its past;
    ``denial`` that the cue's own *not* is what it is about (``did not meet``).
    """
    around = clause(sentence, start, end)
    for trigger in triggers():
        assertion = Assertion(trigger.keys["assertion"])
        if headline:
            applies = _in_headline(trigger, assertion, event, around)
        else:
            applies = not _of_some_events(trigger)
        if applies and not (plan and assertion is Assertion.SCHEDULED) and _fires(trigger, around):
            return assertion
    if not denial and inside().regex.search(sentence, start, end):
        return Assertion.NEGATED
    if not headline and release and _long_past(around, release):
        return Assertion.HISTORICAL
    return Assertion.OCCURRED


def _of_some_events(trigger: Rule) -> bool:
    """Whether a trigger counts only in headlines, and there only for the types it names."""
    return "events" in trigger.keys


def _in_headline(trigger: Rule, assertion: Assertion, event: str, around: Clause) -> bool:
    """Whether a trigger counts in a headline, where *following* and dates belong to the story."""
    if _of_some_events(trigger):
        return event in trigger.keys["events"]
    return assertion is not Assertion.HISTORICAL or "previously" in around.before


def _fires(trigger: Rule, around: Clause) -> bool:
    """Whether a trigger stands within its scope (characters) on its side of the cue."""
    scope = int(trigger.keys["max_scope"])
    forward = trigger.keys["direction"] == "forward"
    window = around.before[-scope:] if forward else around.after[:scope]
    return trigger.can_match(window) and trigger.regex.search(window) is not None


def _long_past(around: Clause, release: date) -> bool:
    """Whether every day stated near the cue lies more than ``PAST_DAYS`` before the release."""
    before, after = around.before, around.after
    nearby = (
        *stated_days(after, 0, DATE_CHARS, required=Required.YEAR),
        *stated_days(before, max(0, len(before) - DATE_CHARS), required=Required.YEAR),
    )
    days = [day for stated in nearby if (day := stated.latest(release)) is not None]
    return bool(days) and all((release - day).days > PAST_DAYS for day in days)
