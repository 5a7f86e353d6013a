"""Plans as they are read, the products they belong to, and which of them state one plan. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from eventrisk.events.types import event_types
from eventrisk.labels import Assertion, DatePrecision, EventType
from eventrisk.links import Linker, Links, agency_of, countries
from eventrisk.reading import Reading
from eventrisk.results import Catalyst

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """A catalyst, its words ``anchor`` (event and time, half-open offsets into the text), whether
    it stands in a title, what it belongs to as far as its own words say so, where the ``event``
    alone stands, and whether its day takes the place of an earlier one.
    """

    catalyst: Catalyst
    anchor: Span
    is_title: bool
    links: Links | None = None
    trials: frozenset[str] = frozenset()
    event: Span | None = None
    is_moved: bool = False


def linked(plans: Sequence[Plan], reading: Reading) -> list[Plan]:
    """The plans with their products, diseases and agencies."""
    if not plans:
        return []
    linker = Linker(reading)
    by_sentence: dict[int, list[Span]] = {}
    plans = _with_own_words(plans)
    for plan in plans:
        by_sentence.setdefault(plan.catalyst.sentence_start, []).append(plan.anchor)
    for cue in reading.cues:
        sentence = reading.sentences[cue.sentence].start
        if sentence in by_sentence and cue.assertion is Assertion.OCCURRED:
            by_sentence[sentence].append((cue.start, cue.end))
    return [_linked(plan, linker, by_sentence[plan.catalyst.sentence_start]) for plan in plans]


def _with_own_words(plans: Sequence[Plan]) -> list[Plan]:
    """The plans; one whose event stands in the words of the plan before has its time alone."""
    told: list[Plan] = []
    for plan in plans:
        if told and plan.anchor[0] < told[-1].anchor[1]:
            plan = replace(plan, anchor=(plan.catalyst.start, plan.catalyst.end))
        told.append(plan)
    return told


def _linked(plan: Plan, linker: Linker, anchors: Iterable[Span]) -> Plan:
    start, end = plan.anchor
    rivals = [span for span in anchors if span[1] <= start or end <= span[0]]
    links = linker.of(start, end, rivals, (plan.catalyst.start, plan.catalyst.end))
    row = event_types()[plan.catalyst.type]
    agency = None
    if row.has_agency:
        stretch = (links.start, links.end)
        agency = agency_of(linker.index, plan.catalyst.type, plan.anchor, stretch, row.agency)
    catalyst = replace(
        plan.catalyst, drugs=links.drugs, indications=links.indications, agency=agency
    )
    trials = frozenset(linker.index.trials(links.start, links.end))
    return replace(plan, catalyst=catalyst, links=links, trials=trials)


def without_repetitions(plans: Sequence[Plan]) -> list[Catalyst]:
    """Each plan once: of two statements the more precise one, of a day that was moved the new
    one.
    """
    distinct: list[Plan] = []
    for plan in plans:
        if plan.is_moved:
            distinct = [other for other in distinct if not _replaces(plan, other)]
        same = next((i for i, other in enumerate(distinct) if _same(plan, other)), None)
        if same is None:
            distinct.append(plan)
        elif _days(plan.catalyst) < _days(distinct[same].catalyst):
            distinct[same] = _with_names(plan, distinct[same])
        else:
            distinct[same] = _with_names(distinct[same], plan)
    return sorted((plan.catalyst for plan in distinct), key=lambda c: c.start)


def _replaces(plan: Plan, other: Plan) -> bool:
    """Whether a decision's moved day takes the place of one given before."""
    a, b = plan.catalyst, other.catalyst
    is_day = a.type == b.type == EventType.APPROVAL and a.precision == b.precision
    return is_day and a.earliest != b.earliest and not _told_apart(plan, other)


def _with_names(plan: Plan, other: Plan) -> Plan:
    """A plan with the names that only its other statement tells."""
    if plan.links is None or other.links is None:
        return plan
    catalyst = plan.catalyst
    if other.links.told_drugs and not plan.links.told_drugs:
        catalyst = replace(catalyst, drugs=other.catalyst.drugs)
    if other.links.told_indications and not plan.links.told_indications:
        catalyst = replace(catalyst, indications=other.catalyst.indications)
    return replace(
        plan, catalyst=replace(catalyst, agency=catalyst.agency or other.catalyst.agency)
    )


def _same(one: Plan, other: Plan) -> bool:
    """Same type and window, or a title's window that the text's overlaps, and nothing told that
    sets them apart: product, disease, trial or agency.
    """
    a, b = one.catalyst, other.catalyst
    if a.type != b.type or _told_apart(one, other):
        return False
    if a.sentence_start == b.sentence_start and a.start != b.start:
        return False  # two times of one sentence
    if a.earliest is None or b.earliest is None or a.latest is None or b.latest is None:
        return a.when.lower() == b.when.lower()
    if (a.earliest, a.latest) == (b.earliest, b.latest):
        return True
    if one.is_title != other.is_title:
        return a.earliest <= b.latest and b.earliest <= a.latest
    return _is_vague(one, other) or _is_vague(other, one)


def _is_vague(vague: Plan, plan: Plan) -> bool:
    """Whether a plan of a year only says less exactly what another says of the same product."""
    a, b = vague.catalyst, plan.catalyst
    if a.precision != DatePrecision.YEAR or vague.links is None or plan.links is None:
        return False
    is_told = set(vague.links.told_drugs) == set(plan.links.told_drugs) != set()
    inside = str(a.earliest) <= str(b.earliest) and str(b.latest) <= str(a.latest)
    return is_told and inside


def _told_apart(one: Plan, other: Plan) -> bool:
    if one.links is None or other.links is None:
        return False
    a, b = one.catalyst, other.catalyst
    lands = {countries()[c.agency] for c in (a, b) if c.agency}
    if len(lands - {""}) > 1:
        return True
    if one.trials and other.trials and not one.trials & other.trials:
        return True
    if _differ(one.links.told_drugs, other.links.told_drugs):
        return True
    return _differ(one.links.told_indications, other.links.told_indications)


def _differ(names: Sequence[str], others: Sequence[str]) -> bool:
    """Whether both name something, and no two of them are one thing said at more or less length."""
    return bool(names and others) and not any(_fits(a, b) for a in names for b in others)


def _fits(one: str, other: str) -> bool:
    a, b = set(one.lower().split()), set(other.lower().split())
    return a <= b or b <= a


def _days(catalyst: Catalyst) -> timedelta:
    if catalyst.earliest is None or catalyst.latest is None:
        return timedelta.max
    return date.fromisoformat(catalyst.latest) - date.fromisoformat(catalyst.earliest)
