"""Which planned event a time belongs to: the one that the fewest words and borders part from it.
Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventrisk.catalysts.planning import (
    BEFORE_CHARS,
    BESIDE_CHARS,
    FILE,
    Clause,
    PlannedEvent,
    has_border,
    planned_events,
)
from eventrisk.rules import rules

TOO_FAR = 1000  # a distance that no event of a time has


def event_of(clause: Clause) -> PlannedEvent | None:
    """The event a time belongs to: the one that the fewest words and borders part from it; those
    before it come first, but for a sure one right behind it.
    """
    time = clause.time
    events = [
        *planned_events(clause.text, clause.low, time.start),
        *planned_events(clause.text, time.end, clause.high),
    ]
    near = [
        (distance, event.type != "", event.start - event.end, number)
        for number, event in enumerate(events)
        if (distance := _distance(event, clause, events)) < TOO_FAR
    ]
    return events[min(near)[-1]] if near else next(iter(_repeated(clause)), None)


def _distance(event: PlannedEvent, clause: Clause, events: Sequence[PlannedEvent]) -> int:
    """How far an event stands from the time of its clause: characters, and what else parts them."""
    text, time = clause.text, clause.time
    is_before = event.end <= time.start
    between = text[event.end : time.start] if is_before else text[time.end : event.start]
    borders, commas = _count("border", between), _count("lesser_border", between)
    if not is_before and event.sure and len(between) <= BESIDE_CHARS and not borders + commas:
        return 0
    if not is_before and not between.strip(" -") and not _is_led(clause):
        return 0
    distance = len(between) + 60 * borders + 20 * commas + 150 * (not is_before) - 30 * event.sure
    led_in = text[max(0, event.start - 30) : event.start]
    if any(rule.regex.search(led_in) for rule in rules(FILE, "subordinate")):
        distance += 70
    if event.weak:
        distance += TOO_FAR if is_before and len(between) > 120 else 45
        distance += 150 * any(_is_object(event, other, text) for other in events)
    return distance


def _is_led(clause: Clause) -> bool:
    """Whether words or signs lead to a time: *data in Q4*, and not *data support Q4 filing*."""
    before = clause.text[max(0, clause.time.start - BESIDE_CHARS) : clause.time.start]
    opens = not before.strip() or clause.time.words[:3].lower() in ("by ", "on ")
    return opens or any(rule.regex.search(before) for rule in rules(FILE, "bound"))


def _is_object(event: PlannedEvent, other: PlannedEvent, text: str) -> bool:
    """Whether a weak event is only what another one is about: *the committee discusses the NDA*."""
    between = text[other.end : event.start]
    return (
        not other.weak
        and other.end <= event.start
        and not has_border(between)
        and ", " not in between
    )


def _count(role: str, between: str) -> int:
    return sum(len(rule.regex.findall(between)) for rule in rules(FILE, role))


def _repeated(clause: Clause) -> list[PlannedEvent]:
    """*Expected in Q2 and now expected in Q4*: the event of the time before is repeated."""
    floor = max(0, clause.time.start - BEFORE_CHARS)
    earlier = planned_events(clause.text, floor, clause.low) if clause.low > floor else []
    return sorted(earlier, key=lambda t: (t.weak, -t.end, t.start))
