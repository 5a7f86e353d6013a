"""What is planned with a time: regulatory and clinical catalysts, each with the days its words
allow. Pure.

A time takes the planned thing that stands nearest before it in its clause, else the one after it;
financial results, webcasts, launches and other things that are no catalysts claim times too and so
keep them from a wrong partner. Things and the words of planning are rules of
``catalysts/rules.toml``; times are found and read by ``times``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from eventrisk.catalysts.planning import AFTER, BEFORE, BESIDE, Clause, Thing, is_planned, thing_of
from eventrisk.dates import When, parse_iso
from eventrisk.dates.times import TimeExpression, find_times
from eventrisk.labels import (
    NEWS_SECTIONS,
    TITLE_SECTIONS,
    DatePrecision,
    EntityLabel,
    EventType,
    SectionKind,
)
from eventrisk.reading import Reading, Sentence
from eventrisk.results import Catalyst

PLANS = (*NEWS_SECTIONS, SectionKind.TABLE)
MANY = 60  # a line with more times than this is a table of figures, not a sentence
FAR = timedelta(days=4 * 366)  # what lies further ahead is a forecast of a market, not a plan


@dataclass(frozen=True, slots=True)
class _Plan:
    """A catalyst on the way: where it stands and which products its sentence names."""

    catalyst: Catalyst
    title: bool
    drugs: frozenset[str]


def read_catalysts(reading: Reading) -> tuple[Catalyst, ...]:
    """The planned events of the release's news that carry a time, in order; the same plan told
    twice is one.

    Without a release date relative times are listed unresolved (``earliest`` and ``latest`` None).
    Raises DateError when ``reading.date`` is no ISO date.
    """
    release = parse_iso(reading.date, "Reading.date") if reading.date else None
    plans = [plan for s in reading.of(*PLANS) for plan in _plans(reading, s, release)]
    return tuple(plan.catalyst for plan in _distinct(plans))


def _plans(reading: Reading, sentence: Sentence, release: date | None) -> Iterator[_Plan]:
    text = reading.text[sentence.start : sentence.end]
    drugs: frozenset[str] | None = None
    for clause in _clauses(text, release, sentence.section in TITLE_SECTIONS):
        thing = thing_of(clause)
        if thing is None or not thing.type or not is_planned(clause, thing, release):
            continue
        if drugs is None:
            drugs = _drugs(reading, sentence)
        yield _Plan(
            _catalyst(_decided(clause.time, thing), thing.type, sentence.start), clause.title, drugs
        )


def _drugs(reading: Reading, sentence: Sentence) -> frozenset[str]:
    inside = (m for m in reading.mentions if sentence.start <= m.start < sentence.end)
    return frozenset(m.canonical for m in inside if m.label == EntityLabel.DRUG)


def _decided(time: TimeExpression, thing: Thing) -> TimeExpression:
    """*To act by June 4* names the goal date itself, not the days up to it."""
    if thing.type != EventType.APPROVAL or time.last_day is None:
        return time
    return replace(time, when=When(time.last_day, time.last_day, DatePrecision.DAY))


def _catalyst(time: TimeExpression, type_: str, offset: int) -> Catalyst:
    first, last = time.when.earliest, time.when.latest
    return Catalyst(
        type=type_,
        when=time.words,
        earliest=first.isoformat() if first else None,
        latest=last.isoformat() if last else None,
        precision=time.when.precision.value,
        start=offset + time.start,
        end=offset + time.end,
    )


def _clauses(text: str, release: date | None, title: bool) -> Iterator[Clause]:
    """Each time that lies ahead, with the words up to the times beside it; none of a line that is
    all times.
    """
    times = list(_standing(text, find_times(text, release)))
    if len(times) > MANY:
        return
    for index, time in enumerate(times):
        if not _ahead(time, release):
            continue
        low = times[index - 1].end if index else 0
        high = times[index + 1].start if index + 1 < len(times) else len(text)
        yield Clause(text, time, max(low, time.start - BEFORE), min(high, time.end + AFTER), title)


def _standing(text: str, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    """Without the old date of *moved from June 4 to September 4*."""
    for index, time in enumerate(times):
        follower = times[index + 1].start if index + 1 < len(times) else -1
        moved = text[max(0, time.start - BESIDE) : time.start].rstrip().lower().endswith("from")
        if not (moved and text[time.end : follower].strip().lower() == "to"):
            yield time


def _ahead(time: TimeExpression, release: date | None) -> bool:
    """Whether a time lies ahead of the release; an unresolved one counts where there is no release
    date.
    """
    first, last = time.when.earliest, time.when.latest
    if release is None or first is None or last is None:
        return release is None or time.when.precision is DatePrecision.YEAR
    return timedelta(0) < last - release <= FAR


def _distinct(plans: Sequence[_Plan]) -> list[_Plan]:
    """Each plan once: of two tellings the more precise one stands."""
    kept: list[_Plan] = []
    for plan in plans:
        twin = next((i for i, other in enumerate(kept) if _same(plan, other)), None)
        if twin is None:
            kept.append(plan)
        elif _days(plan.catalyst) < _days(kept[twin].catalyst):
            kept[twin] = plan
    return sorted(kept, key=lambda plan: plan.catalyst.start)


def _same(one: _Plan, other: _Plan) -> bool:
    """Same type and window, or a title's window that the text's overlaps, and no different products
    named.
    """
    a, b = one.catalyst, other.catalyst
    if a.type != b.type or (one.drugs and other.drugs and not one.drugs & other.drugs):
        return False
    if a.earliest is None or b.earliest is None or a.latest is None or b.latest is None:
        return a.when.lower() == b.when.lower()
    if (a.earliest, a.latest) == (b.earliest, b.latest):
        return True
    return one.title != other.title and a.earliest <= b.latest and b.earliest <= a.latest


def _days(catalyst: Catalyst) -> timedelta:
    if catalyst.earliest is None or catalyst.latest is None:
        return timedelta.max
    return date.fromisoformat(catalyst.latest) - date.fromisoformat(catalyst.earliest)
