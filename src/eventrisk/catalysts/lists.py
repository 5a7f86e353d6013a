"""Plans of a list under a heading that gives their time: *Anticipated 2026 milestones:* and the
lines below it. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from eventrisk.catalysts.planning import FILE, PlannedEvent, lies_ahead, planned_events
from eventrisk.catalysts.plans import Plan
from eventrisk.dates.times import TimeExpression, find_times
from eventrisk.labels import TITLE_SECTIONS
from eventrisk.reading import Reading, Sentence
from eventrisk.results import Catalyst
from eventrisk.rules import rules

SPLIT = re.compile(r"(?<=;)|(?<=,)(?= )|(?= - | – | • |•)")
HEADING_CHARS, ITEM_CHARS, MAX_ITEMS = 120, 240, 15


def listed_plans(
    reading: Reading, sentences: Sequence[Sentence], release: date | None
) -> Iterator[Plan]:
    """The plans without a time of their own in lists whose headings give one, and in columns where
    each time stands on the line below its event.
    """
    covered = -1  # the last line that a heading's list reached
    for number, sentence in enumerate(sentences):
        text = reading.text[sentence.start : sentence.end]
        time = heading_time(text, release)
        if time is None:
            continue
        if number - 1 > covered and _is_cell(text, time):
            below = list(_above(reading, sentences[number - 1], sentence, time, release))
            yield from below
            if below:
                continue
        if rest := text[time.end :].partition(":")[2]:
            yield from _inside(reading, sentence, time, release, sentence.end - len(rest))
        for index in range(number + 1, min(number + 1 + MAX_ITEMS, len(sentences))):
            item = sentences[index]
            words = reading.text[item.start : item.end]
            if not _is_item(words, item, sentence) or heading_time(words, release) is not None:
                break
            covered = index
            if not find_times(words, release):
                yield from _plan(reading, item, sentence, time, release)


def _is_cell(text: str, time: TimeExpression) -> bool:
    """Whether a line holds a time and nothing else."""
    return not (text[: time.start] + text[time.end :]).strip(" .*()-–—|~")


def _above(
    reading: Reading,
    item: Sentence,
    cell: Sentence,
    time: TimeExpression,
    release: date | None,
) -> Iterator[Plan]:
    """The plan of a line whose time stands below it."""
    words = reading.text[item.start : item.end]
    is_item = len(words) <= HEADING_CHARS and _is_item(words, item, cell)
    if is_item and not find_times(words, release):
        yield from _plan(reading, item, cell, time, release)


def heading_time(text: str, release: date | None) -> TimeExpression | None:
    """The time ahead that a heading gives to the list below it; None for other lines."""
    head = text.partition(":")[0] if ":" in text[:HEADING_CHARS] else text
    if len(head) > HEADING_CHARS or head.endswith("."):
        return None
    times = find_times(head, release)
    if len(times) != 1 or not lies_ahead(times[0], release):
        return None
    without = head[: times[0].start] + head[times[0].end :]
    is_heading = any(rule.regex.search(without) for rule in rules(FILE, "heading"))
    return times[0] if is_heading else None


def _is_item(words: str, item: Sentence, heading: Sentence) -> bool:
    """Whether a line belongs to the list: a bullet, or a short line that is no sentence."""
    is_bullet = not words[:1].isalnum() and words[:1] not in "\"'(“‘"
    is_near = item.section == heading.section or is_bullet
    return is_near and len(words) <= ITEM_CHARS and (is_bullet or not words.endswith((".", ":")))


def _inside(
    reading: Reading,
    sentence: Sentence,
    time: TimeExpression,
    release: date | None,
    start: int,
) -> Iterator[Plan]:
    """The plans of a heading's own line, behind its colon; ``start`` is where that part begins."""
    at = start
    for part in SPLIT.split(reading.text[start : sentence.end]):
        words = reading.text[at : at + len(part)]
        item = Sentence(at, at + len(part), sentence.section)
        at += len(part)
        if not find_times(words, None):
            yield from _plan(reading, item, sentence, time, release)


def _plan(
    reading: Reading,
    item: Sentence,
    heading: Sentence,
    time: TimeExpression,
    release: date | None,
) -> Iterator[Plan]:
    words = reading.text[item.start : item.end]
    event = _first_event(words)
    if event is None:
        return
    has_begun = release is None or time.when.earliest is None or time.when.earliest <= release
    if has_begun and any(r.regex.search(words[: event.end]) for r in rules(FILE, "past")):
        return  # done already in the period
    if any(rule.regex.search(words) for rule in rules(FILE, "done")):
        return
    anchor = (item.start + event.start, item.start + event.end)
    catalyst = catalyst_of(time, event.type, item, heading.start)
    yield Plan(catalyst, anchor, heading.section in TITLE_SECTIONS, event=anchor)


def _first_event(words: str) -> PlannedEvent | None:
    """The first event that an item names, strong ones before weak ones; None where something that
    is no catalyst comes first.
    """
    events = planned_events(words, 0, len(words))
    order = sorted(events, key=lambda e: (e.weak, e.start, -e.end))
    return order[0] if order and order[0].type else None


def catalyst_of(time: TimeExpression, type_: str, sentence: Sentence, at: int) -> Catalyst:
    """The record of a plan; ``at`` is the offset that the time's own offsets count from."""
    first, last = time.when.earliest, time.when.latest
    return Catalyst(
        type=type_,
        when=time.words,
        earliest=first.isoformat() if first else None,
        latest=last.isoformat() if last else None,
        precision=time.when.precision.value,
        start=at + time.start,
        end=at + time.end,
        sentence_start=sentence.start,
        sentence_end=sentence.end,
    )
