"""Words of events that are plans with a time: *topline 3Q26, NDA submission YE26* tells of nothing
that has happened. Pure.
"""

from __future__ import annotations

from dataclasses import replace

from eventrisk.catalysts.planning import FILE
from eventrisk.catalysts.plans import Plan
from eventrisk.catalysts.read import read_plans
from eventrisk.labels import Assertion, DatePrecision, EventType
from eventrisk.reading import Cue, Reading
from eventrisk.rules import rules

DECISIONS = (EventType.APPROVAL, EventType.CONDITIONAL_APPROVAL, EventType.LABEL_EXPANSION)


def with_planned(reading: Reading) -> Reading:
    """The reading, each cue that is the event of a plan with a time marked as scheduled."""
    news = [cue.start for cue in reading.cues if cue.assertion is Assertion.OCCURRED]
    if not news:
        return reading
    plans = [p for p in read_plans(reading, news) if p.event and p.anchor[0] <= p.event[0]]
    if not plans:
        return reading
    cues = tuple(
        replace(cue, assertion=Assertion.SCHEDULED)
        if cue.assertion is Assertion.OCCURRED and _is_planned(cue, plans, reading.text)
        else cue
        for cue in reading.cues
    )
    return replace(reading, cues=cues)


def _is_planned(cue: Cue, plans: list[Plan], text: str) -> bool:
    """Whether a plan of the cue's type stands on its words, and these tell of nothing done."""
    words = text[cue.start : cue.end]
    if any(rule.regex.search(words) for rule in rules(FILE, "past")):
        return False
    return any(
        _is_of(cue, plan, plans)
        and plan.event
        and cue.start < plan.event[1]
        and plan.event[0] < cue.end
        for plan in plans
    )


def _is_of(cue: Cue, plan: Plan, plans: list[Plan]) -> bool:
    """Whether cue and plan are of one type. Data to be presented are news, and so is a goal date,
    but for a rough one in a list of plans.
    """
    planned = plan.catalyst.type
    if planned != EventType.APPROVAL:
        return cue.event == planned != EventType.DATA_PRESENTATION
    if cue.event == EventType.GOAL_DATE_SET:
        sentence = plan.catalyst.sentence_start
        is_listed = sum(p.catalyst.sentence_start == sentence for p in plans) > 1
        return is_listed and plan.catalyst.precision != DatePrecision.DAY
    return cue.event in DECISIONS
