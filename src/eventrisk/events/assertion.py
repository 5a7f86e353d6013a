"""The assertion of a cue: occurred, scheduled, hypothetical, negated, historical or resolved, read
from its clause.

In the spirit of ConText (Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002), with the triggers of
press releases. All text is folded (``fold``); offsets are half-open, into the folded sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from eventrisk.dates.stated import Required, stated_days
from eventrisk.events.clauses import RULES, Clause, clause
from eventrisk.labels import Assertion
from eventrisk.lexicon import read_tables
from eventrisk.rules import BREAK, Rule, rules

ORDER = (
    Assertion.HYPOTHETICAL,
    Assertion.NEGATED,
    Assertion.RESOLVED,
    Assertion.HISTORICAL,
    Assertion.SCHEDULED,
)
PAST_DAYS = 45  # an event dated longer ago than this is no news
DATE_CHARS = 70  # before and after a cue, within which its date lies


@lru_cache(maxsize=1)
def triggers() -> tuple[Rule, ...]:
    """The trigger rules; where several fire, the assertion that comes first in ``ORDER`` counts."""
    return tuple(
        sorted(rules(RULES, ""), key=lambda p: ORDER.index(Assertion(p.keys["assertion"])))
    )


@lru_cache(maxsize=1)
def inside() -> tuple[Rule, ...]:
    """What a cue's own words say of it: ``FDA has not approved``, ``plans for submission of``."""
    return rules(RULES, "inside")


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
    own = _of_own_words(sentence[start:end], event, plan=plan, denial=denial)
    return own or _by_time(around, release, event, headline=headline)


def _of_own_words(cue: str, event: str, *, plan: bool, denial: bool) -> Assertion | None:
    """What the words of a cue say of it, if they say anything."""
    settled = {Assertion.SCHEDULED: plan, Assertion.NEGATED: denial}
    for rule in inside():
        assertion = Assertion(rule.keys["assertion"])
        if settled.get(assertion) or event not in rule.keys.get("events", (event,)):
            continue
        if rule.can_match(cue) and rule.regex.search(cue):
            return assertion
    return None


def _by_time(around: Clause, release: date | None, event: str, *, headline: bool) -> Assertion:
    """What the days and years beside a cue say of it."""
    if _is_ahead(around, release, event):
        return Assertion.SCHEDULED
    if headline:
        return Assertion.OCCURRED
    past = _long_past(around, release) if release else _is_of_a_year(around)
    recalled = around.is_aside and event in timing()["recalled"]
    return Assertion.HISTORICAL if past or recalled else Assertion.OCCURRED


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


def _is_ahead(around: Clause, release: date | None, event: str) -> bool:
    """Whether a noun (``topline data in the second half of 2027``) is followed by a year after that
    of the release.
    """
    if release is None or around.is_predicate or event not in timing()["ahead"]:
        return False
    year = re.compile(timing()["year_after_noun"]).match(around.after)
    return year is not None and int(year["year"]) > release.year


def _is_of_a_year(around: Clause) -> bool:
    """Whether what is said to have happened bears only its year, as news of the day never does."""
    return around.is_predicate and re.match(timing()["bare_year"], around.after) is not None


@lru_cache(maxsize=1)
def timing() -> Mapping[str, Any]:
    """How the time beside a cue is read: which events it tells ahead, and the words of years."""
    table = read_tables(RULES)["timing"]
    return {key: BREAK.sub("", v) if isinstance(v, str) else v for key, v in table.items()}
