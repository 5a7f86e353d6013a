"""What is planned with a time: regulatory and clinical catalysts, each with the days its words
allow. Pure.

A time belongs to the planned event that stands nearest before it in its clause, else to the one
after it. Financial results, webcasts, launches and other events that are no catalysts claim times
too and so keep them from a wrong partner. Events and the words of planning are rules of
``catalysts/rules.toml``; times are found and read by ``dates.times``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from eventrisk.catalysts.lists import catalyst_of, listed_plans
from eventrisk.catalysts.nearest import event_of
from eventrisk.catalysts.planning import (
    AFTER_CHARS,
    BEFORE_CHARS,
    BESIDE_CHARS,
    FILE,
    Clause,
    PlannedEvent,
    is_moved,
    is_planned,
    lies_ahead,
)
from eventrisk.catalysts.plans import Plan, linked, without_repetitions
from eventrisk.dates import When, parse_iso
from eventrisk.dates.times import TimeExpression, find_times
from eventrisk.labels import (
    NEWS_SECTIONS,
    TITLE_SECTIONS,
    DatePrecision,
    EventType,
    SectionKind,
)
from eventrisk.reading import Reading, Sentence
from eventrisk.results import Catalyst
from eventrisk.rules import rules

DASHES = "-–—"
ARROWS = ("→", "⟶", "->", "-->", "=>")
PLAN_SECTIONS = (*NEWS_SECTIONS, SectionKind.TABLE)


def read_catalysts(reading: Reading) -> tuple[Catalyst, ...]:
    """The planned events of the release's news that carry a time, in order; a plan stated twice is
    one. Offsets are half-open, into ``reading.text``.

    Without a release date relative times are listed unresolved (``earliest`` and ``latest`` None).
    Raises DateError when ``reading.date`` is no ISO date.
    """
    return tuple(without_repetitions(linked(read_plans(reading), reading)))


def read_plans(reading: Reading, at: Sequence[int] | None = None) -> list[Plan]:
    """Every statement of a plan with a time, in order; without names and with repetitions. Where
    offsets ``at`` are given, only those of their sentences, and of lists.
    """
    release = parse_iso(reading.date, "Reading.date") if reading.date else None
    sentences = list(_whole(reading, reading.of(*PLAN_SECTIONS)))
    chosen = sentences if at is None else _with_any(sentences, sorted(at))
    plans = [plan for sentence in chosen for plan in _plans(reading, sentence, release)]
    plans += listed_plans(reading, sentences, release)
    return sorted(plans, key=lambda plan: plan.anchor)


def _with_any(sentences: Sequence[Sentence], at: Sequence[int]) -> list[Sentence]:
    """The sentences that hold one of the offsets, which are in order."""
    return [s for s in sentences if bisect_left(at, s.start) < bisect_left(at, s.end)]


def _whole(reading: Reading, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences; a time that a dash cut off a title is put back: *AdCom – Sept. 17, 2026*."""
    last: Sentence | None = None
    for sentence in sentences:
        words = reading.text[sentence.start : sentence.end]
        if last and sentence.section is last.section and words[:1] in DASHES:
            rest = words.lstrip(DASHES + " ")
            times = find_times(rest, None)
            if times and times[0].start == 0 and not rest[times[-1].end :].strip(" .;)*-–—~"):
                last = Sentence(last.start, sentence.end, last.section)
                continue
        if last:
            yield last
        last = sentence
    if last:
        yield last


def _plans(reading: Reading, sentence: Sentence, release: date | None) -> Iterator[Plan]:
    text, start = reading.text[sentence.start : sentence.end], sentence.start
    for clause in _clauses(text, release, sentence.section in TITLE_SECTIONS):
        event = event_of(clause)
        if event is None or not event.type or not is_planned(clause, event, release):
            continue
        if event.of_data and not _tells_data(reading, sentence):
            continue
        yield Plan(
            catalyst_of(_with_goal_date(clause.time, event), event.type, sentence, start),
            _anchor(clause, event, start),
            clause.is_title,
            event=(start + event.start, start + event.end),
            is_moved=is_moved(clause),
        )


def _tells_data(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence about a congress, or the words before it, tell of data that are shown."""
    before_chars = 300
    words = reading.text[sentence.start : sentence.end]
    near = reading.text[max(0, sentence.start - before_chars) : sentence.end]
    return any(r.regex.search(near) for r in rules(FILE, "data_told")) and not any(
        r.regex.search(words) for r in rules(FILE, "no_data")
    )


def _anchor(clause: Clause, event: PlannedEvent, offset: int) -> tuple[int, int]:
    """The words of a plan: its time, and its event where that stands in the clause."""
    start, end = clause.time.start, clause.time.end
    if clause.low <= event.start and event.end <= clause.high:
        start, end = min(start, event.start), max(end, event.end)
    return offset + start, offset + end


def _with_goal_date(time: TimeExpression, event: PlannedEvent) -> TimeExpression:
    """*To act by June 4* names the goal date itself, not the days up to it."""
    if event.type != EventType.APPROVAL or time.last_day is None:
        return time
    return replace(time, when=When(time.last_day, time.last_day, DatePrecision.DAY))


def _clauses(text: str, release: date | None, is_title: bool) -> Iterator[Clause]:
    """Each time that lies ahead, with the words up to the times beside it; none of a line with very
    many times, which is a table of figures.
    """
    max_times = 60
    times = list(_without_moved(text, find_times(text, release)))
    if len(times) > max_times:
        return
    for index, time in enumerate(times):
        if not lies_ahead(time, release):
            continue
        low = times[index - 1].end if index else 0
        high = times[index + 1].start if index + 1 < len(times) else len(text)
        yield Clause(
            text,
            time,
            max(low, time.start - BEFORE_CHARS),
            min(high, time.end + AFTER_CHARS),
            is_title,
        )


def _without_moved(text: str, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    """Without the old date of *moved from June 4 to September 4*, *June 4 → September 4*."""
    for index, time in enumerate(times):
        next_start = times[index + 1].start if index + 1 < len(times) else -1
        between = text[time.end : next_start].strip().lower()
        before = text[max(0, time.start - BESIDE_CHARS) : time.start].rstrip().lower()
        is_old = between in ARROWS or (before.endswith("from") and between == "to")
        if not (next_start > 0 and is_old):
            yield time
