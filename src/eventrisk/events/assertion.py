"""How a cue is meant: occurred, scheduled, hypothetical, negated, historical or resolved, read from
its clause.

In the spirit of ConText (Harkema et al. 2009), with the triggers of press releases. All text is
folded (``fold``), all offsets are relative to the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from eventrisk.dates.months import is_month_stop
from eventrisk.dates.stated import Given, stated_days
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
    """The words around a cue, up to the next terminator on either side."""

    before: str
    after: str


@lru_cache(maxsize=1)
def triggers() -> tuple[Rule, ...]:
    """The trigger rules, in order of their kind."""
    return tuple(
        sorted(rules(RULES, ""), key=lambda p: ORDER.index(Assertion(p.keys["assertion"])))
    )


@lru_cache(maxsize=1)
def terminator() -> re.Pattern[str]:
    """Where a clause ends."""
    return re.compile(BREAK.sub("", read_tables(RULES)["clause"]["terminated_by"]))


@lru_cache(maxsize=1)
def inside() -> Rule:
    """What denies a cue between its own words: ``FDA has not approved``."""
    return rules(RULES, "inside")[0]


def clause(sentence: str, start: int, end: int) -> Clause:
    """The clause around ``sentence[start:end]``; the cue itself belongs to neither side."""
    low = max(0, start - 240)
    cut = low
    for match in _ends(sentence, low, start):
        cut = match.end()
    stop = next(_ends(sentence, end, end + 160), None)
    return Clause(sentence[cut:start], sentence[end : stop.start() if stop else end + 160])


def _ends(sentence: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Where clauses end between two offsets; the stop of *Jan. 14* ends none."""
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
    """How the cue at ``sentence[start:end]`` of a folded sentence is meant.

    ``plan`` marks decisions that are news when announced (``to withdraw``); ``headline`` that the
    sentence is one, where dates and ``following`` belong to the story and not to its past;
    ``denial`` that the cue's own *not* is what it is about (``did not meet``).
    """
    around = clause(sentence, start, end)
    for trigger in triggers():
        kind = Assertion(trigger.keys["assertion"])
        applies = _in_headline(trigger, kind, event, around) if headline else not _for_some(trigger)
        if applies and not (plan and kind is Assertion.SCHEDULED) and _fires(trigger, around):
            return kind
    if not denial and inside().regex.search(sentence, start, end):
        return Assertion.NEGATED
    if not headline and release and _long_past(around, release):
        return Assertion.HISTORICAL
    return Assertion.OCCURRED


def _for_some(trigger: Rule) -> bool:
    """Whether a trigger is for the headlines of some events alone."""
    return "events" in trigger.keys


def _in_headline(trigger: Rule, kind: Assertion, event: str, around: Clause) -> bool:
    """Whether a trigger counts in a headline, where *following* and dates belong to the story."""
    if _for_some(trigger):
        return event in trigger.keys["events"]
    return kind is not Assertion.HISTORICAL or "previously" in around.before


def _fires(trigger: Rule, around: Clause) -> bool:
    scope = int(trigger.keys["max_scope"])
    forward = trigger.keys["direction"] == "forward"
    window = around.before[-scope:] if forward else around.after[:scope]
    return trigger.can_match(window) and trigger.regex.search(window) is not None


def _long_past(around: Clause, release: date) -> bool:
    """Whether the nearest date beside the cue lies more than ``PAST_DAYS`` before the release."""
    before, after = around.before, around.after
    near = (
        *stated_days(after, 0, DATE_CHARS, given=Given.YEAR),
        *stated_days(before, max(0, len(before) - DATE_CHARS), given=Given.YEAR),
    )
    days = [day for stated in near if (day := stated.latest(release)) is not None]
    return bool(days) and all((release - day).days > PAST_DAYS for day in days)
