"""What is planned with a time: regulatory and clinical catalysts, each with the days its words allow. Pure.

A time takes the planned thing that stands nearest before it in its clause, else the one after it; financial results,
webcasts, launches and other things that are no catalysts claim times too and so keep them from a wrong partner. Things
and the words of planning are rules of ``catalyst_rules.toml``; times are found and read by ``times``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from eventrisk import lexicon
from eventrisk.dates import When, parse_iso
from eventrisk.labels import EntityLabel, EventType, Precision, SectionKind
from eventrisk.reading import Reading, Sentence
from eventrisk.results import Catalyst
from eventrisk.times import TimeExpression, find_times

FILE = "catalyst_rules.toml"
NEWS = (
    SectionKind.HEADLINE,
    SectionKind.SUBHEADLINE,
    SectionKind.DATELINE,
    SectionKind.BODY,
    SectionKind.QUOTE,
    SectionKind.ABOUT,
    SectionKind.TABLE,
)
TITLES = (SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
BEFORE, AFTER = 300, 160  # characters of the clause that are read on either side of a time
WEAK_BEFORE = 120  # a weak thing must stand nearer
BESIDE = 15  # a sure thing this close behind a time belongs to it
NEAR = timedelta(days=240)  # how far ahead a day or month without its year may lie
SHORT = 120  # a line of at most this length plans without a verb


@dataclass(frozen=True, slots=True)
class _Thing:
    """A planned thing, or one that is no catalyst (``type`` empty)."""

    start: int
    end: int
    type: str
    weak: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class _Clause:
    """A time with the stretch of the sentence that belongs to it, offsets into the sentence."""

    text: str
    time: TimeExpression
    low: int
    high: int
    title: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """A catalyst on the way: where it stands and which products its sentence names."""

    catalyst: Catalyst
    title: bool
    drugs: frozenset[str]


def read_catalysts(reading: Reading) -> tuple[Catalyst, ...]:
    """The planned events of the release's news that carry a time, in order; the same plan told twice is one.

    Without a release date relative times are listed unresolved (``earliest`` and ``latest`` None). Raises DateError
    when ``reading.date`` is no ISO date.
    """
    release = parse_iso(reading.date, "Reading.date") if reading.date else None
    plans = [plan for s in reading.of(*NEWS) for plan in _plans(reading, s, release)]
    return tuple(plan.catalyst for plan in _distinct(plans))


def _plans(reading: Reading, sentence: Sentence, release: date | None) -> Iterator[_Plan]:
    text = reading.text[sentence.start : sentence.end]
    drugs: frozenset[str] | None = None
    for clause in _clauses(text, release, sentence.section in TITLES):
        thing = _thing(clause)
        if thing is None or not thing.type or not _planned(clause, thing, release):
            continue
        if drugs is None:
            drugs = _drugs(reading, sentence)
        yield _Plan(_catalyst(_decided(clause.time, thing), thing.type, sentence.start), clause.title, drugs)


def _drugs(reading: Reading, sentence: Sentence) -> frozenset[str]:
    inside = (m for m in reading.mentions if sentence.start <= m.start < sentence.end)
    return frozenset(m.canonical for m in inside if m.label == EntityLabel.DRUG)


def _decided(time: TimeExpression, thing: _Thing) -> TimeExpression:
    """*To act by June 4* names the goal date itself, not the days up to it."""
    if thing.type != EventType.APPROVAL or time.last_day is None:
        return time
    return replace(time, when=When(time.last_day, time.last_day, Precision.DAY))


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


def _clauses(text: str, release: date | None, title: bool) -> Iterator[_Clause]:
    """Each time that lies ahead, with the words up to the times beside it."""
    times = list(_standing(text, find_times(text, release)))
    for index, time in enumerate(times):
        if not _ahead(time, release):
            continue
        low = times[index - 1].end if index else 0
        high = times[index + 1].start if index + 1 < len(times) else len(text)
        yield _Clause(text, time, max(low, time.start - BEFORE), min(high, time.end + AFTER), title)


def _standing(text: str, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    """Without the old date of *moved from June 4 to September 4*."""
    for index, time in enumerate(times):
        follower = times[index + 1].start if index + 1 < len(times) else -1
        moved = text[: time.start].rstrip().lower().endswith("from")
        if not (moved and text[time.end : follower].strip().lower() == "to"):
            yield time


def _ahead(time: TimeExpression, release: date | None) -> bool:
    """Whether a time lies ahead of the release; an unresolved one counts where there is no release date."""
    first, last = time.when.earliest, time.when.latest
    if release is None or first is None or last is None:
        return release is None or time.when.precision is Precision.YEAR
    return last > release


@lru_cache(maxsize=8)
def _rules(role: str) -> tuple[lexicon.Rule, ...]:
    return tuple(rule for rule in lexicon.rules(FILE) if rule.keys["role"] == role)


def _things(text: str, low: int, high: int) -> list[_Thing]:
    """All things between two offsets."""
    return [
        _Thing(
            m.start(), m.end(), str(rule.keys.get("type", "")), bool(rule.keys.get("weak")), bool(rule.keys.get("sure"))
        )
        for rule in (*_rules("thing"), *_rules("other"))
        for m in rule.regex.finditer(text, low, high)
    ]


def _thing(clause: _Clause) -> _Thing | None:
    """The thing a time belongs to: a sure one right behind it, the nearest before it, else the nearest after it."""
    time = clause.time
    after = sorted(_things(clause.text, time.end, clause.high), key=lambda t: (t.start, -t.end))
    beside = [t for t in after if t.sure and t.start - time.end <= BESIDE]
    if beside:
        return beside[0]
    before = sorted(_things(clause.text, clause.low, time.start), key=lambda t: (-t.end, t.start))
    strong = [*(t for t in before if not t.weak), *(t for t in after if not t.weak)]
    weak = [t for t in before if t.weak and time.start - t.end <= WEAK_BEFORE] + [t for t in after if t.weak]
    return next(iter(strong or weak or _repeated(clause)), None)


def _repeated(clause: _Clause) -> list[_Thing]:
    """*Expected in Q2 and now expected in Q4*: the thing before the time before is meant again."""
    floor = max(0, clause.time.start - BEFORE)
    earlier = [t for t in _things(clause.text, floor, clause.low) if not t.weak] if clause.low > floor else []
    return sorted(earlier, key=lambda t: (-t.end, t.start))


def _planned(clause: _Clause, thing: _Thing, release: date | None) -> bool:
    """Whether the words speak of a plan that stands, not of history."""
    text, time = clause.text, clause.time
    if _last(_rules("past")[:1], text, clause.low, clause.high) is not None or _void(clause):
        return False
    if _certain(time, release):
        return True
    floor = max(0, time.start - BEFORE)
    plan = _last(_rules("plan"), text, floor, time.start)
    later = _last(_rules("plan"), text, time.end, clause.high)
    if time.when.precision is Precision.RANGE:
        return plan is not None or later is not None
    past = _last(_rules("past")[1:], text, floor, time.start)
    if past is not None:
        return (plan is not None and plan >= past) or (thing.sure and past < thing.start < time.start)
    if plan is None and _last(_rules("past")[1:], text, time.end, clause.high) is not None:
        return False
    return thing.sure or ((plan is not None or later is not None or _bare(clause)) and _soon(time, release))


def _void(clause: _Clause) -> bool:
    """Whether the time belongs to a reporting period or to something else right beside it."""
    text, time = clause.text, clause.time
    if any(rule.regex.search(text[time.end : time.end + BESIDE]) for rule in _rules("void")):
        return True
    return any(rule.regex.search(text, max(0, time.start - BEFORE), time.start) for rule in _rules("void_before"))


def _certain(time: TimeExpression, release: date | None) -> bool:
    """A dated window that has not begun can only be planned."""
    first = time.when.earliest
    return time.dated and release is not None and first is not None and first > release


def _soon(time: TimeExpression, release: date | None) -> bool:
    """Whether a day or month without its year lies near enough; a far one more likely means the past."""
    first = time.when.earliest
    return time.dated or release is None or first is None or first - release <= NEAR


def _bare(clause: _Clause) -> bool:
    """Whether a title or a short line, which need no verb, speaks."""
    return clause.title or len(clause.text) <= SHORT


def _last(rules: Iterable[lexicon.Rule], text: str, low: int, high: int) -> int | None:
    """Where the last match of any of the rules between two offsets starts."""
    starts = [m.start() for rule in rules for m in rule.regex.finditer(text, low, high)]
    return max(starts, default=None)


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
    """Same type and window, or a title's window that the text's overlaps, and no different products named."""
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
